"""What every page of a signed-in member carries: who they are, what waits for them, where else they may be."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.shortcuts import render
from django.utils import timezone

from comptoir.campaigns.board import late_count
from comptoir.conversations.queries import counters
from comptoir.correspondence.queries import to_check_count
from comptoir.notifications.reply_addresses import mail_in_place
from comptoir.people.queries import own_memberships
from comptoir.questions.to_send import waiting_for
from comptoir.web.words import words

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from comptoir.people.models import Membership

FRAGMENT = "X-Fragment"


def page(
    request: HttpRequest, member: Membership, template: str, *, status: int = 200, **context: Any
) -> HttpResponse:
    """A whole page of the portal or the desk."""
    frame = {
        "member": member,
        "counters": context.get("counters") or counters(member),
        "memberships": own_memberships(person_id=member.person_id),
        "words": words(),
        "mails_to_check": _mails_to_check(member),
        "rail": waiting_for(member),
        "late_dossiers": late_count(member, today=timezone.localdate()),
    }
    return render(request, template, {**frame, **context}, status=status)


def _mails_to_check(member: Membership) -> int | None:
    """None where no mails come in: then the desk does not speak of them."""
    return to_check_count(member) if member.is_office and mail_in_place() is not None else None


def wants_fragment(request: HttpRequest, name: str) -> bool:
    """Whether our own script asks for one part of the page only, to put it in place of the old one."""
    return request.headers.get(FRAGMENT) == name


def wants_json(request: HttpRequest) -> bool:
    """Whether our own script asks, rather than a form without a script."""
    return "application/json" in request.headers.get("Accept", "")
