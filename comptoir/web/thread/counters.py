"""The counters alone, and the choice of what Enter does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from comptoir.conversations.queries import counters
from comptoir.people.actions.people import change_preferences
from comptoir.people.queries import own_memberships
from comptoir.questions.to_send import waiting_for
from comptoir.web.members import for_members
from comptoir.web.thread.forms import is_on

if TYPE_CHECKING:
    from django.http import HttpRequest

    from comptoir.people.models import Membership


@for_members
@require_GET
def counters_now(request: HttpRequest, member: Membership) -> JsonResponse:  # noqa: ARG001 -- a view
    """`elsewhere` is what waits for the same person as somebody else: the sign of an installed app shows the sum."""
    now = counters(member)
    others = [one for one in own_memberships(person_id=member.person_id) if one.pk != member.pk]
    elsewhere = sum(counters(other).to_handle for other in others)
    found = {"to_handle": now.to_handle, "unread": now.unread, "elsewhere": elsewhere}
    return JsonResponse(found | (waiting_for(member)._asdict() if member.is_office else {}))


@for_members
@require_POST
def enter_sends(request: HttpRequest, member: Membership) -> HttpResponse:
    change_preferences(member.person, by=member, at=timezone.now(), enter_sends=is_on(request, "enter_sends"))
    return HttpResponse(status=204)
