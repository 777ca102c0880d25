"""A side's newest turn, read from the thread: needed where something is taken out of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q

from comptoir.conversations.models import Kind, Message
from comptoir.conversations.rules import Turn

if TYPE_CHECKING:
    from comptoir.conversations.models import Conversation


def turn_of(conversation: Conversation, *, by_office: bool, without: Message | None = None) -> Turn:
    """As if the message `without` were deleted already.

    Empty where the other side spoke last. A client's reopening says something, whatever was written with it.
    """
    said = Message.objects.of(conversation.pk)
    left_out = None if without is None else without.pk
    others = Q(kind=Kind.TEXT, by_office=not by_office, deleted_at=None)
    before = said.filter(others | Q(kind=Kind.CLOSED)).order_by("-position")
    after = before.values_list("position", flat=True).first() or 0
    kinds = [Kind.TEXT] if by_office else [Kind.TEXT, Kind.REOPENED]
    turn = said.filter(by_office=by_office, kind__in=kinds, position__gt=after)
    rows = list(turn.values_list("pk", "deleted_at", "expects_answer", "ended_waiting"))
    living = [asks for pk, deleted_at, asks, _ in rows if deleted_at is None and pk != left_out]
    return Turn(is_empty=not living, asks=any(living), answered=any(ended for *_, ended in rows))


def is_last_said(message: Message) -> bool:
    """Whether nobody wrote after it; lines of the system may stand behind it."""
    later = Message.objects.of(message.conversation_id).filter(position__gt=message.position)
    return not later.filter(kind=Kind.TEXT).exists()
