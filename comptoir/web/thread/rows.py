"""The rows of a thread as one reader sees them: whose, grouped how, under which day, and what may be done."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from django.utils import timezone

from comptoir.conversations.models import Kind
from comptoir.conversations.queries import attachments_of
from comptoir.conversations.rules import Do, is_theirs
from comptoir.questions.queries import carriers, questions_on
from comptoir.web.question_shown import card

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from comptoir.conversations.models import Message, Note
    from comptoir.files.models import Attachment
    from comptoir.people.models import Membership
    from comptoir.web.question_shown import Card

GROUPED_WITHIN = timedelta(minutes=5)


@dataclass(frozen=True)
class Row:
    message: Message
    files: Sequence[Attachment]
    is_mine: bool
    is_next: bool  # the same author within five minutes: no name, no picture
    starts_day: bool
    has_menu: bool  # what in it changes the message is shown while the conversation is open
    cards: Sequence[Card] = ()  # the questions that it carries

    @property
    def is_line(self) -> bool:
        return self.message.kind != Kind.TEXT

    @property
    def waits_for_answers(self) -> bool:
        return any(card.question.is_open for card in self.cards)


@dataclass(frozen=True)
class NoteRow:
    note: Note
    may_change: bool


def rows_of(messages: Sequence[Message], *, member: Membership, previous: Message | None = None) -> list[Row]:
    """Messages in the order of their positions as rows; `previous` stands before the first."""
    files, cards = attachments_of(messages), _cards(messages, member=member)
    rows = []
    for message in messages:
        row = _row(message, previous, files.get(message.pk, ()), member=member)
        rows.append(replace(row, cards=cards[message.pk]) if message.pk in cards else row)
        previous = message
    return rows


def _cards(messages: Sequence[Message], *, member: Membership) -> dict[UUID, list[Card]]:
    """By message; most conversations have none, and cost one question to know it."""
    carrying = carriers(messages, member=member)
    found = questions_on(carrying, member=member) if carrying else {}
    return {pk: [card(one, for_office=member.is_office) for one in ones] for pk, ones in found.items()}


def _row(
    message: Message,
    previous: Message | None,
    files: Sequence[Attachment],
    *,
    member: Membership,
) -> Row:
    is_mine = message.author_id == member.pk
    starts_day = previous is None or _day(previous) != _day(message)
    return Row(
        message=message,
        files=files,
        is_mine=is_mine,
        is_next=not starts_day and previous is not None and is_grouped(previous, message),
        starts_day=starts_day,
        has_menu=is_mine and _may_ever_edit(member) and message.deleted_at is None,
    )


def _may_ever_edit(member: Membership) -> bool:
    return is_theirs(member.profile, Do.EDIT) and not member.is_by_link


def _day(message: Message) -> object:
    return timezone.localtime(message.sent_at).date()


def is_grouped(previous: Message, message: Message) -> bool:
    return (
        previous.kind == message.kind == Kind.TEXT
        and previous.author_id == message.author_id
        and message.sent_at - previous.sent_at < GROUPED_WITHIN
    )


def note_rows(notes: Sequence[Note], *, member: Membership) -> list[NoteRow]:
    return [NoteRow(note=note, may_change=note.author_id == member.pk) for note in notes]


def woven(
    rows: Sequence[Row], notes: Sequence[NoteRow], *, from_the_start: bool, to_the_end: bool
) -> list[Row | NoteRow]:
    """Notes between the messages, each after the position at which it was written.

    Where earlier or later messages are not shown, neither are the notes that stand among them.
    """
    first = 0 if from_the_start or not rows else rows[0].message.position
    waiting = [note for note in notes if note.note.position >= first]
    mixed: list[Row | NoteRow] = []
    for row in rows:
        while waiting and waiting[0].note.position < row.message.position:
            mixed.append(waiting.pop(0))
        mixed.append(row)
    return [*mixed, *waiting] if to_the_end else mixed
