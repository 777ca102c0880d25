"""A payment with its own address: whom, why, what it pays, and what documents it. For the staff of the dossier and its
own people who see the accounts.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from comptoir.core.errors import Invalid, NotAllowed, NotFound
from comptoir.files.actions import store_attachment
from comptoir.files.queries import limits
from comptoir.files.serving import file_response, preview_response
from comptoir.ledger.actions.documents import tie_document, untie_document
from comptoir.ledger.models import Payment, PaymentDocument
from comptoir.ledger.queries import known_matches
from comptoir.people.profiles import may_hand_in
from comptoir.web.asked_about import asked_about
from comptoir.web.desk.matches import payment_row
from comptoir.web.members import for_members
from comptoir.web.pages import page

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest
    from django.http.response import HttpResponseBase

    from comptoir.people.models import Membership


def _seen(member: Membership, payment_id: UUID) -> Payment:
    rows = Payment.objects.visible_to(member).select_related("company", "account", "statement")
    found: Payment | None = rows.prefetch_related(known_matches("invoice")).filter(pk=payment_id).first()
    if found is None:
        raise NotFound
    return found


@for_members
@require_GET
def payment(request: HttpRequest, member: Membership, payment_id: UUID) -> HttpResponseBase:
    found = _seen(member, payment_id)
    documents = PaymentDocument.objects.visible_to(member).filter(payment=found, untied_at=None)
    row = payment_row(found)
    return page(
        request,
        member,
        "payment.html",
        frame="desk/base.html" if member.is_office else "portal/base.html",
        active="companies" if member.is_office else "invoices",
        payment=found,
        row=row,
        # What is only proposed is the office's to judge.
        matches=[one for one in row.matches if one.stands or member.is_office],
        rest=found.amount - found.matched,
        documents=documents.select_related("file", "tied_by__person").order_by("tied_at"),
        may_add=may_hand_in(member.profile) and found.company.archived_at is None,
        limits=limits(),
        asked=asked_about(member, payment=found),
    )


@for_members
@require_POST
def add_document(request: HttpRequest, member: Membership, payment_id: UUID) -> HttpResponseBase:
    found = _seen(member, payment_id)
    if not may_hand_in(member.profile):
        raise NotAllowed
    file = request.FILES.get("file")
    if file is None:
        raise Invalid(_("No file came in."), field="file")
    now = timezone.now()
    stored = store_attachment(file, name=file.name or "", by=member, at=now)
    tie_document(found.pk, file_id=stored.pk, by=member, at=now)
    messages.success(request, _("The document now stands with the payment."))
    return redirect("payment", found.pk)


def _document(member: Membership, document_id: UUID) -> PaymentDocument:
    rows = PaymentDocument.objects.visible_to(member).select_related("file")
    found: PaymentDocument | None = rows.filter(pk=document_id, untied_at=None).first()
    if found is None:
        raise NotFound
    return found


@for_members
@require_GET
def document(request: HttpRequest, member: Membership, document_id: UUID) -> HttpResponseBase:
    """`?show=1` asks to see it in the browser, which is granted to a PDF."""
    return file_response(request, _document(member, document_id).file, inline="show" in request.GET)


@for_members
@require_GET
def preview(request: HttpRequest, member: Membership, document_id: UUID) -> HttpResponseBase:
    return preview_response(request, _document(member, document_id).file)


@for_members
@require_POST
def take_off(request: HttpRequest, member: Membership, document_id: UUID) -> HttpResponseBase:
    payment_id = _document(member, document_id).payment_id
    untie_document(document_id, by=member, at=timezone.now())
    messages.success(request, _("The document no longer stands with the payment."))
    return redirect("payment", payment_id)
