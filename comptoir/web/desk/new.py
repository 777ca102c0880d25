"""Starting a conversation at the desk: for one dossier, shared or private, or for a selection of dossiers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import ngettext

from comptoir.conversations.actions.bulk import FIELDS, field_values, filled, start_conversations
from comptoir.conversations.actions.conversation import start_conversation
from comptoir.conversations.refusals import FilesForOneOnly, NothingSelected, PersonOfOneOnly
from comptoir.core.errors import NotAllowed, NotFound, Refused
from comptoir.core.ids import new_id
from comptoir.files.queries import limits
from comptoir.people.models import Company
from comptoir.people.profiles import may_write_to_clients
from comptoir.people.queries import addressees
from comptoir.web.desk.dossiers_offered import dossiers_in_order, offer
from comptoir.web.members import for_office
from comptoir.web.pages import page, wants_json
from comptoir.web.thread.forms import addressee_from, files_from, is_on, key_from, uuid_from

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest
    from django.http.response import HttpResponseBase

    from comptoir.people.models import Membership


@for_office
def new(request: HttpRequest, member: Membership) -> HttpResponseBase:
    """`?company=` once or often preselects the dossiers; one = files and a private audience are possible too."""
    if not may_write_to_clients(member.profile):
        raise NotAllowed
    if request.method != "POST":
        return _form(request, member, refusal=None)
    try:
        if "preview" in request.POST or "filter" in request.POST:
            return _form(request, member, refusal=None)
        return _start(request, member)
    except Refused as refusal:
        if wants_json(request):
            raise
        return _form(request, member, refusal=refusal)


def _chosen(request: HttpRequest) -> list[UUID]:
    data = request.POST if request.method == "POST" else request.GET
    return [uuid_from(text, field="company") for text in data.getlist("company") if text]


def _start(request: HttpRequest, member: Membership) -> HttpResponseBase:
    chosen = _chosen(request)
    if not chosen:
        raise NothingSelected(field="company")
    if len(chosen) > 1:
        return _start_many(request, member, chosen)
    values = _values(request, member, chosen[0])
    started = start_conversation(
        chosen[0],
        by=member,
        at=timezone.now(),
        key=key_from(request),
        message_key=key_from(request, "message_key"),
        subject=filled(_typed(request, "subject"), values, field="subject"),
        body=filled(_typed(request, "body"), values, field="body"),
        addressee_id=addressee_from(request),
        files=files_from(request, by=member),
        expects_answer=is_on(request, "expects_answer"),
    )
    where = reverse("desk_thread", args=[started.conversation.pk])
    if wants_json(request):
        return JsonResponse(
            {"id": str(started.conversation.pk), "url": where}, status=201 if started.is_new else 200
        )
    return redirect(where)


def _values(request: HttpRequest, member: Membership, company_id: UUID) -> dict[str, str]:
    dossiers = Company.objects.visible_to(member).active().select_related("manager__person")
    company = dossiers.filter(pk=company_id).first()
    if company is None:
        raise NotFound
    return field_values(
        company, by=member, period=_typed(request, "period"), deadline=_typed(request, "deadline")
    )


def _typed(request: HttpRequest, field: str) -> str:
    return request.POST.get(field, "")


def _start_many(request: HttpRequest, member: Membership, chosen: list[UUID]) -> HttpResponseBase:
    if files_from(request, by=member):
        raise FilesForOneOnly(field="attachments")
    if addressee_from(request):
        raise PersonOfOneOnly(field="audience")
    started = start_conversations(
        chosen,
        by=member,
        at=timezone.now(),
        key=key_from(request),
        subject=_typed(request, "subject"),
        body=_typed(request, "body"),
        period=_typed(request, "period"),
        deadline=_typed(request, "deadline"),
        expects_answer=is_on(request, "expects_answer"),
    )
    text = ngettext("%(n)d conversation started", "%(n)d conversations started", len(started)) % {
        "n": len(started)
    }
    messages.success(request, text)
    where = reverse("desk_inbox") + "?view=waiting"
    if wants_json(request):
        return JsonResponse({"id": str(started[0].conversation.pk), "url": where}, status=201)
    return redirect(where)


def _form(request: HttpRequest, member: Membership, *, refusal: Refused | None) -> HttpResponseBase:
    chosen = set(_chosen(request))
    dossiers = dossiers_in_order(member)
    selected = [company for company in dossiers if company.pk in chosen]
    offered, more = offer(dossiers, request, chosen=chosen)
    return page(
        request,
        member,
        "desk/new.html",
        status=refusal.status if refusal else 200,
        active="new",
        dossiers=offered,
        more=more,
        chosen=chosen,
        selected=selected,
        people=addressees(member, selected[0]) if len(selected) == 1 else [],
        fields=FIELDS,
        preview=_preview(request, member, selected) if refusal is None else [],
        key=request.POST.get("key") or new_id(),
        message_key=request.POST.get("message_key") or new_id(),
        typed=request.POST,
        is_first=request.method != "POST",
        refusal=refusal,
        limits=limits(),
    )


def _preview(request: HttpRequest, member: Membership, selected: list[Company]) -> list[dict[str, Any]]:
    """What each of the first dossiers would receive, with its fields filled."""
    if "preview" not in request.POST:
        return []
    shown = []
    for company in selected[:5]:
        values = field_values(
            company, by=member, period=_typed(request, "period"), deadline=_typed(request, "deadline")
        )
        texts = {name: filled(_typed(request, name), values, field=name) for name in ("subject", "body")}
        shown.append({"company": company, **texts})
    return shown
