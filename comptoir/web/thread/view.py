"""A thread as a page shows it: its newest rows, what may be done in it, and who reads along."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from comptoir.conversations.actions.gate import facts_of
from comptoir.conversations.audience import readers_of
from comptoir.conversations.models import Conversation, Message
from comptoir.conversations.queries import listed, messages_before, notes_of
from comptoir.conversations.rules import Do, may
from comptoir.core.errors import NotFound
from comptoir.core.prepared import prepared
from comptoir.web.thread.forms import revision_from
from comptoir.web.thread.rows import note_rows, rows_of, woven

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from django.db.models import QuerySet
    from django.http import HttpRequest

    from comptoir.people.models import Membership
    from comptoir.web.thread.rows import NoteRow, Row

PAGE = 50


@dataclass(frozen=True)
class Thread:
    conversation: Conversation
    items: Sequence[Row | NoteRow]
    oldest: int | None  # a position before which there is more; None when all is shown
    later_than: int | None  # the last position of an earlier page; None on the newest one
    allowed: frozenset[str]
    readers: Sequence[Membership]

    @property
    def may_post(self) -> bool:
        return Do.POST in self.allowed

    @property
    def may_attach(self) -> bool:
        return Do.ATTACH in self.allowed

    @property
    def may_close(self) -> bool:
        return Do.CLOSE in self.allowed

    @property
    def may_reopen(self) -> bool:
        return Do.REOPEN in self.allowed

    @property
    def may_handle(self) -> bool:
        return Do.HANDLE in self.allowed

    @property
    def may_assign(self) -> bool:
        return Do.ASSIGN in self.allowed

    @property
    def may_note(self) -> bool:
        return Do.NOTE in self.allowed


@prepared
def _conversation(*, member: Membership, conversation_id: UUID) -> QuerySet[Conversation]:
    seen = listed(Conversation.objects.visible_to(member), member=member)
    return seen.select_related("company__manager__person", "office", "closed_by__person").filter(
        pk=conversation_id
    )


def conversation_for(member: Membership, conversation_id: UUID) -> Conversation:
    """The conversation with all that a page shows of it; `NotFound` if it is missing or not visible."""
    conversation = _conversation.first(member=member, conversation_id=conversation_id)
    if conversation is None:
        raise NotFound
    return conversation


def allowed_in(conversation: Conversation, member: Membership) -> frozenset[str]:
    facts = facts_of(conversation, member=member)
    return frozenset(do for do in Do if may(member.profile, do, facts))


def page_asked(request: HttpRequest, conversation_id: UUID) -> int | None:
    """The position before which an earlier page of the thread ends; None for the newest page."""
    if "before" not in request.GET:
        return None
    before = revision_from(request.GET["before"], field="before")
    return before if Message.objects.of(conversation_id).filter(position__gte=before).exists() else None


def thread_of(conversation: Conversation, member: Membership, *, before: int | None = None) -> Thread:
    """The newest page of a conversation, or the one before a position; oldest row first."""
    messages = messages_before(conversation, before=before, limit=PAGE + 1)
    has_more = len(messages) > PAGE
    rows = rows_of(messages[-PAGE:], member=member)
    notes = note_rows(notes_of(conversation, member=member), member=member) if member.is_office else []
    return Thread(
        conversation=conversation,
        items=woven(rows, notes, from_the_start=not has_more, to_the_end=before is None),
        oldest=rows[0].message.position if has_more else None,
        later_than=None if before is None else rows[-1].message.position if rows else 0,
        allowed=allowed_in(conversation, member),
        readers=readers_of(conversation),
    )
