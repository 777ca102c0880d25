"""*Nouvelle conversation*: who reads along, the subject, the message; what was typed survives a refusal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from comptoir.conversations.actions.conversation import start_conversation
from comptoir.core.errors import NotAllowed, Refused
from comptoir.core.ids import new_id
from comptoir.files.queries import limits
from comptoir.people.profiles import may_start_conversations, sees_shared
from comptoir.people.queries import addressees
from comptoir.web.members import for_clients
from comptoir.web.pages import page, wants_json
from comptoir.web.portal.communication import list_context
from comptoir.web.thread.forms import addressee_from, files_from, key_from

if TYPE_CHECKING:
    from django.http import HttpRequest
    from django.http.response import HttpResponseBase

    from comptoir.people.models import Membership


@for_clients
def new(request: HttpRequest, member: Membership) -> HttpResponseBase:
    if not may_start_conversations(member.profile):
        raise NotAllowed
    if request.method != "POST":
        return _form(request, member, refusal=None)
    try:
        return _start(request, member)
    except Refused as refusal:
        if wants_json(request):
            raise
        return _form(request, member, refusal=refusal)


def _start(request: HttpRequest, member: Membership) -> HttpResponseBase:
    assert member.company_id is not None
    started = start_conversation(
        member.company_id,
        by=member,
        at=timezone.now(),
        key=key_from(request),
        message_key=key_from(request, "message_key"),
        subject=request.POST.get("subject", ""),
        body=request.POST.get("body", ""),
        addressee_id=addressee_from(request),
        files=files_from(request, by=member),
    )
    if wants_json(request):
        where = reverse("portal_thread", args=[started.conversation.pk])
        return JsonResponse(
            {"id": str(started.conversation.pk), "url": where}, status=201 if started.is_new else 200
        )
    return redirect("portal_thread", started.conversation.pk)


def _form(request: HttpRequest, member: Membership, *, refusal: Refused | None) -> HttpResponseBase:
    assert member.company is not None
    people = addressees(member, member.company)
    return page(
        request,
        member,
        "portal/new.html",
        status=refusal.status if refusal else 200,
        people=people,
        shared_with=_shared_with(people),
        key=request.POST.get("key") or new_id(),
        message_key=request.POST.get("message_key") or new_id(),
        typed=request.POST,
        is_first=request.method != "POST",
        refusal=refusal,
        limits=limits(),
        **list_context(request, member),
    )


def _shared_with(people: list[Membership]) -> str:
    colleagues = [p.person.name for p in people if not p.is_office and sees_shared(p.profile)]
    if not colleagues:
        return _("You and your accountant. A future colleague will be able to read it too.")
    return _("You, %(names)s and your accountant. A future colleague will be able to read it too.") % {
        "names": ", ".join(colleagues)
    }
