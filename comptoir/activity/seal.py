"""Seals the history: each office's events hang on a chain of digests, so that a change or a gap shows.

What is not shown by the chain alone is a piece cut off its end: note the newest number and digest outside of the
database now and then (`bin/comptoir check` prints them).
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef

from comptoir.activity.models import Event, Seal

if TYPE_CHECKING:
    from collections.abc import Iterator

FIRST = ""  # what stands before the first link
BATCH = 1000
# An event gets its id before its transaction ends: one that ended late is older than what is sealed already.
LONGEST_TRANSACTION = timedelta(days=1)
TIMESTAMP_BITS = 80  # right of a UUIDv7's milliseconds
FIELDS = (
    "id", "office_id", "company_id", "conversation_id", "verb", "subject_id", "by_id", "at", "facts",
)  # fmt: skip


@dataclass(frozen=True)
class Verdict:
    """`broken_at`: the number of the first link that does not hold, None where all do."""

    sealed: int
    digest: str
    broken_at: int | None = None


def seal_events() -> int:
    """Hang every office's new events on its chain, in the order of their ids. Returns how many."""
    offices = list(Event.objects.order_by().values_list("office_id", flat=True).distinct())
    return sum(_seal_office(office_id) for office_id in offices)


def _seal_office(office_id: UUID) -> int:
    done = 0
    while batch := _seal_batch(office_id):
        done += batch
    return done


@transaction.atomic
def _seal_batch(office_id: UUID) -> int:
    """Two at once cannot both write a number: the second fails, and finds nothing left when it tries again."""
    last = Seal.objects.select_for_update().filter(office_id=office_id).order_by("-number").first()
    number, digest = (last.number, last.digest) if last else (0, FIRST)
    links = []
    for values in _unsealed(office_id, last):
        number, digest = number + 1, link(digest, values)
        links.append(Seal(event_id=values["id"], office_id=office_id, number=number, digest=digest))
    Seal.objects.bulk_create(links)
    return len(links)


def _unsealed(office_id: UUID, last: Seal | None) -> list[dict[str, Any]]:
    events = Event.objects.filter(office_id=office_id).exclude(
        Exists(Seal.objects.filter(event=OuterRef("pk")))
    )
    if last is not None:  # without this the whole history would be looked through each time
        events = events.filter(pk__gt=_shortly_before(last.event_id))
    return list(events.order_by("pk").values(*FIELDS)[:BATCH])


def _shortly_before(event_id: UUID) -> UUID:
    written_at = datetime.fromtimestamp((event_id.int >> TIMESTAMP_BITS) / 1000, UTC)
    return first_id_at(written_at - LONGEST_TRANSACTION)


def first_id_at(moment: datetime) -> UUID:
    """Below every UUIDv7 that was made at this moment or later, and above those made before."""
    return UUID(int=int(moment.timestamp() * 1000) << TIMESTAMP_BITS)


def link(previous: str, values: dict[str, Any]) -> str:
    """SHA-256 over the digest before it and everything that the event says."""
    said = {name: _plain(value) for name, value in values.items()}
    text = json.dumps(said, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(f"{previous}\n{text}".encode("utf-8", "surrogatepass")).hexdigest()


def _plain(value: Any) -> Any:
    if isinstance(value, UUID):
        return str(value)
    return value if value is None or isinstance(value, str | dict) else _moment(value)


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def verdict_on(office_id: UUID) -> Verdict:
    """Follow the chain from its beginning; reads every sealed event once."""
    number, digest = 0, FIRST
    for expected, (sealed, values) in enumerate(_links(office_id), 1):
        digest = link(digest, values)
        if (sealed.number, sealed.digest) != (expected, digest):
            return Verdict(sealed=number, digest=sealed.digest, broken_at=expected)
        number = expected
    return Verdict(sealed=number, digest=digest)


def _links(office_id: UUID) -> Iterator[tuple[Seal, dict[str, Any]]]:
    seals = Seal.objects.filter(office_id=office_id).select_related("event").order_by("number")
    for sealed in seals.iterator(chunk_size=BATCH):
        yield sealed, {name: getattr(sealed.event, name) for name in FIELDS}
