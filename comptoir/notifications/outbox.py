"""The outbox: rows are taken for a while by one worker, and put down as sent, not needed, or to be tried again.

A worker that is killed puts nothing down; its rows are free again when their lease has run out. Two workers never hold
rows of the same person: they would send two mails where one should be.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import F, Min, Q

from comptoir.notifications.models import OPEN, Channel, Delivery, Mail, State
from comptoir.people.models import Person

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence
    from datetime import datetime
    from uuid import UUID

    from django.db.models import QuerySet

# Longer than a slow server takes for a mail; and what lay in a killed worker's hands leaves within two minutes.
LEASE = timedelta(seconds=100)
WAITS = [timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 240)]  # the last again and again
GIVEN_UP_AFTER = timedelta(days=5)
PEOPLE_AT_A_TIME = 500
ERROR_CHARACTERS = 300


def free(now: datetime, *, channel: Channel) -> QuerySet[Delivery]:
    """What waits, and what a worker took and did not come back with."""
    lapsed = Q(state=State.LEASED, leased_until__lte=now)
    return Delivery.objects.filter(Q(state=State.WAITING) | lapsed, channel=channel, state__in=OPEN)


def due(now: datetime, *, channel: Channel) -> list[tuple[UUID, UUID]]:
    """(person, office) of whoever something is due for; who waited longest first."""
    waiting = free(now, channel=channel).filter(due_at__lte=now).order_by()
    people = waiting.values_list("member__person", "office").annotate(since=Min("due_at")).order_by("since")
    return [(person, office) for person, office, _ in people[:PEOPLE_AT_A_TIME]]


def lease(person_id: UUID, office_id: UUID, *, channel: Channel, now: datetime) -> list[Delivery]:
    """All that waits for one person, oldest first; nothing if somebody else is at it.

    If a mail may have gone out already, only what it told of: it is sent again as it was, under its own id.
    """
    with transaction.atomic():
        person = Person.objects.select_for_update(skip_locked=True, no_key=True).filter(pk=person_id).first()
        if person is None:
            return []
        rows = Delivery.objects.filter(member__person=person_id, office=office_id, channel=channel)
        found = list(rows.filter(state__in=OPEN).select_related("mail").order_by("created_at", "pk"))
        if any(row.state == State.LEASED and row.leased_until > now for row in found):  # type: ignore[operator]  # set with that state
            return []
        chosen = _sent_again(found) or found
        ids, until = [row.pk for row in chosen], now + LEASE
        Delivery.objects.filter(pk__in=ids).update(state=State.LEASED, leased_until=until)
    return list(
        Delivery.objects.filter(pk__in=ids)
        .select_related(
            "mail", "message__author__person", "conversation", "member__person", "member__company"
        )
        .order_by("message__sent_at", "pk")
    )


def _sent_again(rows: list[Delivery]) -> list[Delivery]:
    """Those of a mail of which nobody knows whether it was taken: a worker held it and is gone, or the line broke."""
    held = {row.mail_id for row in rows if row.state == State.LEASED and row.mail_id is not None}
    Mail.objects.filter(pk__in=held).update(is_uncertain=True)
    unsure = [row for row in rows if row.mail is not None and (row.mail.is_uncertain or row.mail_id in held)]
    first = unsure[0].mail_id if unsure else None
    return [row for row in unsure if row.mail_id == first]


def held(rows: Collection[Delivery]) -> QuerySet[Delivery]:
    """The rows, as far as they are still this worker's."""
    leases = {row.leased_until for row in rows}
    return Delivery.objects.filter(pk__in=[r.pk for r in rows], state=State.LEASED, leased_until__in=leases)


def skip(rows: Collection[Delivery]) -> None:
    """Not needed any more."""
    held(rows).update(state=State.SKIPPED, leased_until=None)


def put_back(row: Delivery, *, due_at: datetime) -> None:
    held([row]).update(state=State.WAITING, leased_until=None, due_at=due_at)


def put_down_sent(rows: Collection[Delivery], *, at: datetime) -> None:
    held(rows).update(state=State.SENT, sent_at=at, leased_until=None, failing_since=None, last_error="")


def try_later(
    rows: Collection[Delivery], *, error: str, at: datetime, waits: Sequence[timedelta] = WAITS
) -> None:
    """After a wait that grows; given up when they failed for five days."""
    for row in rows:
        failing_since = row.failing_since or at
        gone = at - failing_since >= GIVEN_UP_AFTER
        held([row]).update(
            state=State.DEAD if gone else State.WAITING,
            due_at=at + waits[min(row.attempts, len(waits) - 1)],
            attempts=F("attempts") + 1,
            failing_since=failing_since,
            leased_until=None,
            last_error=error[:ERROR_CHARACTERS],
        )


def give_up(rows: Collection[Delivery], *, error: str) -> None:
    """Trying again would have the same answer."""
    held(rows).update(
        state=State.DEAD,
        leased_until=None,
        attempts=F("attempts") + 1,
        last_error=error[:ERROR_CHARACTERS],
    )


def wait_for_server(rows: Collection[Delivery]) -> None:
    """Nothing is wrong with these: they are tried first when the server is there again."""
    held(rows).update(state=State.WAITING, leased_until=None)


def note_failing(*, channel: Channel, error: str, at: datetime) -> None:
    """The server does not answer. All that is due waits for it, and is given up after five days of that."""
    waiting = free(at, channel=channel)
    waiting.filter(due_at__lte=at, failing_since__isnull=True).update(failing_since=at)
    waiting.filter(failing_since__lte=at - GIVEN_UP_AFTER).update(
        state=State.DEAD, last_error=error[:ERROR_CHARACTERS]
    )


def take_up_again(ids: Iterable[UUID], *, at: datetime) -> int:
    """Dead letters, as if they were new."""
    dead = Delivery.objects.filter(pk__in=list(ids), state=State.DEAD)
    return dead.update(
        state=State.WAITING, due_at=at, attempts=0, failing_since=None, last_error="", leased_until=None
    )


def put_aside(ids: Iterable[UUID]) -> int:
    """Dead letters that nobody needs any more."""
    return Delivery.objects.filter(pk__in=list(ids), state=State.DEAD).update(state=State.SKIPPED)
