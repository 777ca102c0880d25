"""Where a mail or a push leads to."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from django.conf import settings
from django.urls import reverse

from comptoir.notifications.actions.item_links import make_item_link
from comptoir.notifications.item_members import is_on_a_staff

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime
    from uuid import UUID

    from comptoir.conversations.models import Conversation
    from comptoir.notifications.models import Delivery
    from comptoir.people.models import Membership

LINKS_AT_MOST = 20  # in one mail, for one membership: no more conversations are shown in it


class Way(NamedTuple):
    """To one conversation. Without a code one signs in first."""

    address: str
    code: str = ""

    @property
    def code_shown(self) -> str:
        return f"{self.code[:4]} {self.code[4:]}"


Ways = dict[tuple["UUID", "UUID"], Way]  # by membership and conversation


def ways_to(rows: Iterable[Delivery], *, at: datetime) -> Ways:
    """Links of their own for one mail, about rows of one person: whoever gets it opens each with one tap.

    The staff sign in first, and then see what the address names: their office asks for a second factor.
    """
    ways: Ways = {}
    for row in rows:
        key = (row.member_id, row.conversation_id)
        if key not in ways:
            mine = sum(1 for member_id, _ in ways if member_id == row.member_id)
            ways[key] = way_to(row.conversation, row.member, at=at, by_link=mine < LINKS_AT_MOST)
    return ways


def way_to(
    conversation: Conversation,
    member: Membership,
    *,
    at: datetime,
    by_link: bool = True,
    is_asked: bool = False,
) -> Way:
    if not by_link or member.is_office or is_on_a_staff(member.person_id):
        return Way(link_to(member, conversation))
    made = make_item_link(conversation, to=member, at=at, is_asked=is_asked)
    # Behind the #: no server, proxy, log or Referer sees it, and no scanner of mails presses the button.
    return Way(f"{open_address()}#{made.secret}", made.code)


def open_address() -> str:
    return f"{settings.BASE_URL}{reverse('open')}"


def link_to(member: Membership, conversation: Conversation) -> str:
    """The conversation's own page, on this member's side, for whoever is signed in."""
    name = "desk_thread" if member.is_office else "portal_thread"
    return f"{settings.BASE_URL}{reverse(name, args=[conversation.pk])}"
