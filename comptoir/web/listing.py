"""Rows of conversations as one member sees them in a list; no query per row."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from comptoir.conversations.people import put_people
from comptoir.conversations.queries import is_unread, listed, waits_for

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import QuerySet

    from comptoir.conversations.models import Conversation
    from comptoir.people.models import Membership


@dataclass(frozen=True)
class ListRow:
    conversation: Conversation
    is_unread: bool
    waits: bool
    last_line: str
    private_with: str


def private_with(conversation: Conversation, member: Membership) -> str:
    """The other one of a private conversation, as its reader would say it."""
    if conversation.addressee is None:
        return ""
    if conversation.addressee_id == member.pk:
        return conversation.started_by.person.name
    if conversation.started_by_id == member.pk or not member.is_office:
        return conversation.addressee.person.name
    # Staff who only look on: the client is who matters, whoever began.
    named = conversation.started_by if conversation.addressee.is_office else conversation.addressee
    return named.person.name


def list_rows(conversations: Iterable[Conversation], *, member: Membership) -> list[ListRow]:
    """For conversations that came from `listed`."""
    return [
        ListRow(
            conversation=conversation,
            is_unread=is_unread(conversation, member=member),
            waits=waits_for(conversation, member=member),
            last_line=conversation.last_line
            or (_("attachment") if conversation.last_has_files else _("Message deleted")),
            private_with=private_with(conversation, member),
        )
        for conversation in conversations
    ]


LISTED_PEOPLE = ("started_by", "addressee", "last_author", "assignee")


@dataclass(frozen=True)
class ListPage:
    rows: list[ListRow]
    next_page: int | None


def list_page(
    conversations: QuerySet[Conversation], *, member: Membership, number: int, size: int
) -> ListPage:
    """One page of an ordered list; asks for one row more than it shows instead of counting them all."""
    start = (number - 1) * size
    found = list(
        listed(conversations, member=member)
        .select_related(None)
        .select_related("company")[start : start + size + 1]
    )
    put_people(found, *LISTED_PEOPLE)
    return ListPage(
        rows=list_rows(found[:size], member=member), next_page=number + 1 if len(found) > size else None
    )


LONGEST_NUMBER = 5  # digits; no list has a hundred thousand pages


def page_number(text: str | None) -> int:
    """The page a reader asks for; anything odd is the first."""
    if text and text.isascii() and text.isdigit() and len(text) <= LONGEST_NUMBER:
        return max(1, int(text))
    return 1
