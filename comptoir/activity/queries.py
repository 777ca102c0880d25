"""The history as an administrator reads it: an office's, newest first, filtered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Q

from comptoir.activity.models import Event

if TYPE_CHECKING:
    from collections.abc import Collection

    from django.db.models import QuerySet


@dataclass(frozen=True)
class Wanted:
    """None = any. `since` and `until` are moments, the second one excluded."""

    verb: str | None = None
    by_ids: Collection[UUID] | None = None
    company_ids: Collection[UUID] | None = None
    since: datetime | None = None
    until: datetime | None = None


def history(office_id: UUID, wanted: Wanted) -> QuerySet[Event]:
    found = Event.objects.of_office(office_id)
    if wanted.verb is not None:
        found = found.filter(verb=wanted.verb)
    if wanted.by_ids is not None:
        found = found.filter(by_id__in=wanted.by_ids)
    if wanted.company_ids is not None:
        found = found.filter(company_id__in=wanted.company_ids)
    if wanted.since is not None:
        found = found.filter(at__gte=wanted.since)
    if wanted.until is not None:
        found = found.filter(at__lt=wanted.until)
    return found.order_by("-at", "-pk")


@dataclass(frozen=True)
class Place:
    """Where a page of the history ends: the next one begins after it, however much was written meanwhile."""

    at: datetime
    id: UUID

    def __str__(self) -> str:
        return f"{self.at.isoformat()}~{self.id}"


def place_from(text: str) -> Place | None:
    """None for what is no place."""
    at, _sign, pk = text.partition("~")
    try:
        place = Place(datetime.fromisoformat(at), UUID(pk))
    except ValueError:
        return None
    return place if place.at.tzinfo else None


def page_of(events: QuerySet[Event], *, after: Place | None, limit: int) -> tuple[list[Event], Place | None]:
    """The next `limit` events, and where to go on from there (None at the end)."""
    if after is not None:
        events = events.filter(Q(at__lt=after.at) | Q(at=after.at, pk__lt=after.id))
    rows = list(events[: limit + 1])
    more = len(rows) > limit
    rows = rows[:limit]
    return rows, Place(rows[-1].at, rows[-1].pk) if more else None
