"""The database's part of the stream: who may see a conversation now, asked at the moment of sending."""

from __future__ import annotations

from typing import TYPE_CHECKING

from comptoir.conversations.audience import readers_among
from comptoir.live.authenticate import still_there, visitor_from

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime
    from uuid import UUID

    from comptoir.live.authenticate import Visitor

MANY = 500  # ids in one query


def readers_now(asked: Iterable[tuple[UUID, Sequence[UUID]]]) -> list[set[UUID]]:
    """For each (conversation, connected members): those who may see it, in the same order."""
    return [readers_among(conversation, members) for conversation, members in asked]


def visitor_now(headers: list[tuple[bytes, bytes]], at: datetime) -> Visitor | None:
    return visitor_from(headers, at=at)


def departed(visitors: Sequence[Visitor], at: datetime) -> set[Visitor]:
    """Those who may not listen any more."""
    parts = (visitors[start : start + MANY] for start in range(0, len(visitors), MANY))
    return set(visitors).difference(*(still_there(part, at=at) for part in parts))
