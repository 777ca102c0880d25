"""Who is told by which way, and when: a function of what was said, what its reader wishes, and how far they have read.

Pure: the moment is given. It is asked when a message was sent, and again at the moment of sending, when all of that
may have changed. A moment is counted in the reader's own time zone, through the hours that a clock skips or repeats.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import tzinfo

EMAIL, PUSH = "email", "push"
EVERY_DAY, MONDAY_TO_FRIDAY = 0b1111111, 0b0011111
# Two urgent things in a row are one mail, or two that do not come in the same minute.
PAUSE = timedelta(minutes=5)
# An open page of theirs took something a moment ago: they are there, and may be about to read it.
HERE = timedelta(minutes=5)
DAYS_AHEAD = 8  # after that every day of a week was asked


@dataclass(frozen=True)
class Wishes:
    """A member's, with those of the office and of their side where they have none of their own."""

    zone: tzinfo = UTC
    by_mail: bool = True
    by_push: bool = True
    delay: timedelta = timedelta(hours=2)
    digest_hour: int | None = None
    urgent_at_once: bool = True
    quiet: tuple[time, time] | None = None
    working_days: int = EVERY_DAY  # bit 0 = Monday

    def works_on(self, day: date) -> bool:
        return not self.working_days or bool(self.working_days >> day.weekday() & 1)

    def is_quiet(self, clock: time) -> bool:
        if self.quiet is None:
            return False
        begins, ends = self.quiet
        return begins <= clock < ends if begins <= ends else clock >= begins or clock < ends


@dataclass(frozen=True)
class Said:
    """A message: when, and whether its readers should know at once."""

    sent_at: datetime
    is_urgent: bool = False


@dataclass(frozen=True)
class Reading:
    """How things stand between a member and a message at the moment of asking."""

    may_see: bool = True
    has_seen: bool = False
    is_settled: bool = False  # nothing of it waits for their side any more
    here_at: datetime | None = None  # when an open page of theirs last took something
    mailed_at: datetime | None = None  # when the last mail to them was taken


class Plan(NamedTuple):
    channel: str
    at: datetime


def route(said: Said, wishes: Wishes, reading: Reading, *, now: datetime) -> list[Plan]:
    """By which ways, and when for each: `now` means at once, and no moment lies before it. Nothing = not at all."""
    if not reading.may_see or reading.has_seen or reading.is_settled:
        return []
    plans = []
    if wishes.by_push:
        plans.append(Plan(PUSH, _push_at(said, wishes, reading, now=now)))
    if wishes.by_mail:
        plans.append(Plan(EMAIL, _mail_at(said, wishes, reading, now=now)))
    return plans


def leaving(waiting: Sequence[tuple[Wishes, Plan]], *, now: datetime) -> list[bool]:
    """Which of one person's waiting mails go into the one that leaves now.

    As soon as one is due the others come along, so that there is one mail in a window and not a series; but nobody's
    digest is broken open for it, and nothing comes along in hours that its membership keeps quiet.
    """
    if not any(plan.at <= now for _, plan in waiting):
        return [False] * len(waiting)
    return [
        plan.at <= now or (wishes.digest_hour is None and open_from(now, wishes) == now)
        for wishes, plan in waiting
    ]


def _push_at(said: Said, wishes: Wishes, reading: Reading, *, now: datetime) -> datetime:
    # Whoever looks at an open page hears of it there; the telephone follows if they did not look.
    here = reading.here_at + HERE if reading.here_at and reading.here_at >= said.sent_at else said.sent_at
    return open_from(max(said.sent_at, here, now), wishes)


def _mail_at(said: Said, wishes: Wishes, reading: Reading, *, now: datetime) -> datetime:
    at = _wanted_at(said, wishes, mailed_at=reading.mailed_at)
    if reading.here_at is not None:
        at = max(at, reading.here_at + HERE)
    return open_from(max(at, now), wishes)


def _wanted_at(said: Said, wishes: Wishes, *, mailed_at: datetime | None) -> datetime:
    last = said.sent_at if mailed_at is None else max(said.sent_at, mailed_at)
    if said.is_urgent and wishes.urgent_at_once:
        return said.sent_at if mailed_at is None else max(said.sent_at, mailed_at + PAUSE)
    if wishes.digest_hour is not None:
        return _digest_from(last, wishes, hour=wishes.digest_hour)
    return last + wishes.delay


def open_from(at: datetime, wishes: Wishes) -> datetime:
    """`at`, or the first moment after it that lies on a working day and in no quiet hour."""
    for _ in range(2 * DAYS_AHEAD):
        local = at.astimezone(wishes.zone)
        if not wishes.works_on(local.date()):
            at = _moment(local.date() + timedelta(days=1), time(0), wishes.zone, after=at)
        elif wishes.is_quiet(local.time()):
            at = _end_of_quiet(local, wishes, after=at)
        else:
            return at
    return at


def _end_of_quiet(local: datetime, wishes: Wishes, *, after: datetime) -> datetime:
    assert wishes.quiet is not None
    ends = wishes.quiet[1]
    day = local.date() if local.time() < ends else local.date() + timedelta(days=1)
    return _moment(day, ends, wishes.zone, after=after)


def _digest_from(at: datetime, wishes: Wishes, *, hour: int) -> datetime:
    day = at.astimezone(wishes.zone).date()
    for ahead in range(DAYS_AHEAD + 1):
        then = day + timedelta(days=ahead)
        moment = _instant(then, time(hour), wishes.zone)
        if moment > at and wishes.works_on(then):
            return moment
    return at


def _moment(day: date, clock: time, zone: tzinfo, *, after: datetime) -> datetime:
    """When a clock in that zone shows this; the second time where it does so twice and the first is past."""
    first = _instant(day, clock, zone)
    return first if first > after else _instant(day, clock.replace(fold=1), zone)


def _instant(day: date, clock: time, zone: tzinfo) -> datetime:
    # An hour that is skipped in spring counts by the clock before the change, so that it lies after the gap.
    return datetime.combine(day, clock, tzinfo=zone).astimezone(UTC)
