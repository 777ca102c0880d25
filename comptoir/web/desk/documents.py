"""Documents that came by e-mail: the dossier's address for them, who is trusted to send some, and what came."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.contrib import messages
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from comptoir.core.errors import NotFound
from comptoir.correspondence.actions.addresses import change_dossier_address
from comptoir.correspondence.actions.senders import distrust_sender, trust_sender
from comptoir.correspondence.dossiers import dossier_address
from comptoir.correspondence.models import ADDRESS, Document
from comptoir.correspondence.queries import documents, trusted_senders
from comptoir.files.serving import file_response
from comptoir.notifications.reply_addresses import mail_in_place
from comptoir.people.gate import require_may_manage_people
from comptoir.people.profiles import may_write_to_clients
from comptoir.web.desk.companies import seen_company
from comptoir.web.form_page import form_page
from comptoir.web.forms import tried
from comptoir.web.listing import page_number
from comptoir.web.members import for_office

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest
    from django.http.response import HttpResponseBase

    from comptoir.people.models import Company, Membership

ROWS_A_PAGE = 50


class SenderForm(forms.Form):
    address = forms.EmailField(label=gettext_lazy("E-mail address of the sender"), max_length=ADDRESS)


@for_office
@require_safe
def company_documents(request: HttpRequest, member: Membership, company_id: UUID) -> HttpResponseBase:
    return _page(request, member, seen_company(member, company_id))


def _page(
    request: HttpRequest, member: Membership, dossier: Company, *, form: SenderForm | None = None
) -> HttpResponseBase:
    may_change = may_write_to_clients(member.profile)
    number = page_number(request.GET.get("page"))
    start = (number - 1) * ROWS_A_PAGE
    rows = list(documents(member, dossier)[start : start + ROWS_A_PAGE + 1])
    return form_page(
        request,
        member,
        "desk/company_documents.html",
        active="companies",
        company=dossier,
        is_on=mail_in_place() is not None,
        address=dossier_address(dossier, seen_by=member),
        senders=trusted_senders(member, dossier),
        may_change=may_change,
        form=form or (SenderForm() if may_change and dossier.archived_at is None else None),
        rows=rows[:ROWS_A_PAGE],
        number=number,
        next_page=number + 1 if len(rows) > ROWS_A_PAGE else None,
    )


@for_office
@require_POST
def company_address(request: HttpRequest, member: Membership, company_id: UUID) -> HttpResponseBase:
    dossier = change_dossier_address(company_id, by=member, at=timezone.now())
    messages.success(request, _("The dossier has a new address for documents."))
    return redirect("company_documents", dossier.pk)


@for_office
@require_POST
def sender_trust(request: HttpRequest, member: Membership, company_id: UUID) -> HttpResponseBase:
    dossier = seen_company(member, company_id)
    require_may_manage_people(member, dossier)
    form = SenderForm(request.POST)
    if tried(form, lambda values: trust_sender(dossier.pk, by=member, at=timezone.now(), **values)) is None:
        return _page(request, member, dossier, form=form)
    messages.success(request, _("Documents of this sender are taken from now on."))
    return redirect("company_documents", dossier.pk)


@for_office
@require_POST
def sender_distrust(request: HttpRequest, member: Membership, sender_id: UUID) -> HttpResponseBase:
    sender = distrust_sender(sender_id, by=member, at=timezone.now())
    messages.success(request, _("%(address)s is trusted no more.") % {"address": sender.address})
    return redirect("company_documents", sender.company_id)


@for_office
@require_safe
def document(request: HttpRequest, member: Membership, document_id: UUID) -> HttpResponseBase:
    """`?show=1` as for any file."""
    found = Document.objects.visible_to(member).select_related("attachment").filter(pk=document_id).first()
    if found is None:
        raise NotFound
    return file_response(request, found.attachment, inline="show" in request.GET)
