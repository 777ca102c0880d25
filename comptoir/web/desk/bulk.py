"""The verbs of the inbox's bulk bar: the same for every selected conversation, each by itself."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from django.http import JsonResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from comptoir.conversations.actions.conversation import assign_conversation, close_conversation, mark_handled
from comptoir.conversations.refusals import NothingSelected
from comptoir.core.errors import Invalid, Refused
from comptoir.web.members import for_office
from comptoir.web.pages import wants_json
from comptoir.web.thread.forms import uuid_from

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest
    from django.http.response import HttpResponseBase

    from comptoir.conversations.models import Conversation
    from comptoir.people.models import Membership

AT_ONCE = 200


def _each(request: HttpRequest, member: Membership, do: Callable[..., Conversation]) -> HttpResponseBase:
    """Do it to each; one that refuses does not stop the others, and is named in the answer."""
    chosen = [uuid_from(text, field="conversation") for text in request.POST.getlist("conversation")]
    if not chosen:
        raise NothingSelected(field="conversation")
    if len(chosen) > AT_ONCE:
        raise Invalid(_("Please choose at most 200 at once."), field="conversation")
    refused = []
    for conversation_id in chosen:
        try:
            do(conversation_id, by=member, at=timezone.now())
        except Refused as refusal:
            refused.append({"id": str(conversation_id), "error": refusal.code, "message": str(refusal.text)})
    if wants_json(request):
        return JsonResponse({"done": len(chosen) - len(refused), "refused": refused})
    return redirect("desk_inbox")


@for_office
@require_POST
def bulk_handled(request: HttpRequest, member: Membership) -> HttpResponseBase:
    return _each(request, member, mark_handled)


@for_office
@require_POST
def bulk_assign(request: HttpRequest, member: Membership) -> HttpResponseBase:
    """To one of the staff, or to nobody; a dossier that they have no access to refuses them."""
    asked = request.POST.get("assignee", "")
    to = uuid_from(asked, field="assignee") if asked else None
    return _each(request, member, partial(assign_conversation, assignee_id=to))


@for_office
@require_POST
def bulk_close(request: HttpRequest, member: Membership) -> HttpResponseBase:
    return _each(request, member, close_conversation)
