"""An invoice as people read one, with its picture beside it: for the staff of the dossier and for its own people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.views.decorators.http import require_GET

from comptoir.core.errors import NotFound
from comptoir.files.kinds import PDF
from comptoir.files.serving import file_response
from comptoir.ledger.figures import reference_shown
from comptoir.ledger.models import Invoice, InvoiceFile, MatchState
from comptoir.ledger.queries import known_matches
from comptoir.ledger.words import sentence
from comptoir.web.asked_about import asked_about
from comptoir.web.invoice_shown import invoice_shown
from comptoir.web.members import for_members
from comptoir.web.pages import page

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest
    from django.http.response import HttpResponseBase

    from comptoir.people.models import Membership


@for_members
@require_GET
def invoice(request: HttpRequest, member: Membership, invoice_id: UUID) -> HttpResponseBase:
    rows = Invoice.objects.visible_to(member).select_related("company")
    found = rows.prefetch_related(known_matches("payment")).filter(pk=invoice_id).first()
    if found is None:
        raise NotFound
    files = list(
        InvoiceFile.objects.visible_to(member).filter(invoice=found).select_related("file").order_by("place")
    )
    # What is doubtful is the office's to judge; the client sees the invoice.
    doubts = [(one["line"], sentence(one["code"], one["params"])) for one in found.findings]
    return page(
        request,
        member,
        "invoice.html",
        frame="desk/base.html" if member.is_office else "portal/base.html",
        active="companies" if member.is_office else "invoices",
        invoice=found,
        shown=invoice_shown(found.content),
        reference=reference_shown(found.reference),
        files=files,
        paid_by=[one for one in found.known_matches if one.state == MatchState.STANDS],
        picture=next((one for one in files if one.file.media_type == PDF), None),
        doubts=doubts if member.is_office else [],
        asked=asked_about(member, invoice=found),
    )


@for_members
@require_GET
def invoice_file(request: HttpRequest, member: Membership, file_id: UUID) -> HttpResponseBase:
    """`?show=1` asks to see it in the browser, which is granted to a PDF."""
    one = InvoiceFile.objects.visible_to(member).select_related("file").filter(pk=file_id).first()
    if one is None:
        raise NotFound
    return file_response(request, one.file, inline="show" in request.GET)
