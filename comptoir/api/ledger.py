"""The accounts of a dossier: files brought in, and what they say."""

from typing import TypeVar
from uuid import UUID

from django.db.models import Model, QuerySet
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from ninja import File, Query, Router, UploadedFile

from comptoir.api import schemas_ledger as schemas
from comptoir.api.answers import answer
from comptoir.api.attachments import THE_FILE
from comptoir.api.auth import READ, UPLOAD, ApiRequest
from comptoir.api.errors import refusals
from comptoir.api.ledger_rows import (
    finding_items,
    import_item,
    invoice_file_item,
    invoice_item,
    payment_item,
    refused_item,
)
from comptoir.api.rows import Item
from comptoir.core.errors import NotAllowed, NotFound, Refused
from comptoir.files.serving import file_response
from comptoir.ledger.actions.imports import import_file
from comptoir.ledger.gate import may_import
from comptoir.ledger.models import ImportedFile, Invoice, InvoiceFile, Source
from comptoir.ledger.queries import invoices, payments
from comptoir.people.models import Company, Membership
from comptoir.people.profiles import sees_accounts

Row = TypeVar("Row", bound=Model)
router = Router(tags=["accounts"], auth=READ)


def seen(member: Membership, company_id: UUID) -> Company:
    company = Company.objects.visible_to(member).filter(pk=company_id).first()
    if company is None:
        raise NotFound
    if not sees_accounts(member.profile):
        raise NotAllowed
    return company


def page_of(rows: "QuerySet[Row]", asked: schemas.PagesAsked) -> tuple[list[Row], bool]:
    """The page that is asked for, and whether there is another."""
    first = (asked.page - 1) * asked.limit
    found = list(rows[first : first + asked.limit + 1])
    return found[: asked.limit], len(found) > asked.limit


@router.post(
    "/companies/{company_id}/imports",
    auth=UPLOAD,
    response={201: schemas.Imported, **refusals(404, 409, 507)},
    summary="Bring files into the accounts",
)
def bring_files(request: ApiRequest, company_id: UUID, files: File[list[UploadedFile]]) -> HttpResponse:
    """Invoices (UBL, CII, Factur-X) and statements (CODA, CAMT, MT940, CSV), by the staff of the dossier.

    Each is kept and taken once, by its content; one that cannot be read stops no other. A large one is read later:
    its state is `waiting` meanwhile.
    """
    member = request.auth.member
    may_import(company_id, by=member)
    return answer({"items": [_brought(company_id, file, member) for file in files]}, status=201)


def _brought(company_id: UUID, file: UploadedFile, member: Membership) -> Item:
    name = file.name or ""
    try:
        brought = import_file(
            company_id, by=member, at=timezone.now(), name=name, data=file.read(), source=Source.API
        )
    except Refused as refusal:
        return refused_item(name, refusal)
    return import_item(brought.file, is_new=brought.is_new)


@router.get(
    "/companies/{company_id}/imports",
    response={200: schemas.Imports, **refusals(404)},
    summary="The files that were brought",
)
def list_imports(request: ApiRequest, company_id: UUID, asked: Query[schemas.PagesAsked]) -> HttpResponse:
    """Newest first; for the staff."""
    member = request.auth.member
    seen(member, company_id)
    if not member.is_office:
        raise NotAllowed
    rows = ImportedFile.objects.visible_to(member).filter(company=company_id).select_related("file")
    items, has_more = page_of(rows.order_by("-created_at", "-id"), asked)
    answered = [import_item(one, is_new=False) for one in items]
    return answer({"items": answered, "page": asked.page, "has_more": has_more})


@router.get(
    "/companies/{company_id}/invoices",
    response={200: schemas.Invoices, **refusals(404)},
    summary="Purchases and sales",
)
def list_invoices(request: ApiRequest, company_id: UUID, asked: Query[schemas.InvoicesAsked]) -> HttpResponse:
    """Newest first. `q` finds by number, party, amount or reference."""
    seen(request.auth.member, company_id)
    rows = invoices(request.auth.member, company_id, which=asked.which, wanted=asked.q)
    items, has_more = page_of(rows, asked)
    return answer({"items": [invoice_item(one) for one in items], "page": asked.page, "has_more": has_more})


@router.get(
    "/companies/{company_id}/payments",
    response={200: schemas.Payments, **refusals(404)},
    summary="Movements of the bank accounts",
)
def list_payments(request: ApiRequest, company_id: UUID, asked: Query[schemas.PaymentsAsked]) -> HttpResponse:
    """By statement, newest first."""
    seen(request.auth.member, company_id)
    items, has_more = page_of(payments(request.auth.member, company_id, wanted=asked.q), asked)
    return answer({"items": [payment_item(one) for one in items], "page": asked.page, "has_more": has_more})


@router.get("/invoices/{invoice_id}", response={200: schemas.Invoice, **refusals(404)}, summary="An invoice")
def show_invoice(request: ApiRequest, invoice_id: UUID) -> HttpResponse:
    invoice = Invoice.objects.visible_to(request.auth.member).filter(pk=invoice_id).first()
    if invoice is None:
        raise NotFound
    files = InvoiceFile.objects.visible_to(request.auth.member).filter(invoice=invoice).order_by("place")
    return answer(
        {
            **invoice_item(invoice),
            "content": invoice.content,
            "findings": finding_items(invoice.findings),
            "files": [invoice_file_item(one) for one in files.select_related("file")],
        }
    )


@router.get(
    "/invoice-files/{file_id}",
    response=refusals(404),
    summary="A file inside an invoice",
    openapi_extra=THE_FILE,
)
def download_invoice_file(request: ApiRequest, file_id: UUID) -> HttpResponseBase:
    found = InvoiceFile.objects.visible_to(request.auth.member).select_related("file").filter(pk=file_id)
    one = found.first()
    if one is None:
        raise NotFound
    return file_response(request, one.file)
