"""A message's HTML, kept for the next time that the same reader, or one like them, opens the thread.

Rendering a row costs far more than finding it. What it shows follows from the message at one revision and from what
`Shown` names; where one of those changes, the row is another and is rendered anew. Rows with files are not kept: a
preview appears without a change of the message; nor are rows with questions, which not everybody sees.
"""

from __future__ import annotations

from secrets import token_urlsafe
from typing import TYPE_CHECKING, Any, NamedTuple

from django.middleware.csrf import get_token
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID

    from django.http import HttpRequest

    from comptoir.conversations.models import Conversation
    from comptoir.people.models import Membership
    from comptoir.web.thread.rows import Row

# About two and a half KB each. Who rereads old threads all day renders them all day.
KEPT = 4000
# Stands where a form's own token goes, which is the session's and changes with every page; nobody can type it.
TOKEN = token_urlsafe()


class Shown(NamedTuple):
    """All that a row's HTML depends on."""

    message: UUID
    revision: int
    is_mine: bool
    is_next: bool
    has_menu: bool
    for_office: bool
    people: tuple[str, ...]
    company: str
    language: str | None
    zone: str
    today: date  # "Today, Monday 12 November", and how the moment of an edit is said


_kept: dict[Shown, str] = {}


def row_html(request: HttpRequest, row: Row, *, conversation: Conversation, member: Membership) -> SafeString:
    """The row as `thread/_row.html` makes it, with the forms' token of this page."""
    shown = shown_in(row, conversation=conversation, member=member)
    html = None if row.cards else _kept.get(shown)
    if html is None:
        context: dict[str, Any] = {"row": row, "conversation": conversation, "member": member}
        html = render_to_string("thread/_row.html", {**context, "csrf_token": TOKEN})
        if not row.files and not row.cards:
            _keep(shown, html)
    return mark_safe(html.replace(TOKEN, get_token(request)) if row.has_menu else html)  # noqa: S308 -- a template's


def shown_in(row: Row, *, conversation: Conversation, member: Membership) -> Shown:
    message = row.message
    people = (message.author, message.delivered_to, message.seen_by)
    return Shown(
        message=message.pk,
        revision=message.revision,
        is_mine=row.is_mine,
        is_next=row.is_next,
        has_menu=row.has_menu,
        for_office=member.is_office,
        people=tuple(one.person.name if one else "" for one in people),
        company=conversation.company.name,
        language=get_language(),
        zone=timezone.get_current_timezone_name(),
        today=timezone.localdate(),
    )


def _keep(shown: Shown, html: str) -> None:
    if len(_kept) >= KEPT:
        _kept.pop(next(iter(_kept)), None)  # the one that was rendered longest ago
    _kept[shown] = html
