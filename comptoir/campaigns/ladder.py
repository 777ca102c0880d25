"""When a request that is not answered is chased, and when its manager hears of it instead. Pure.

`next_step` is asked twice: to plan, and again at the moment of sending, with what is true by then. So whatever came in
meanwhile stops it, and whoever was down for days sends the newest rung once and none of those before it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from comptoir.campaigns.deadlines.working_days import next_working_day, working_day_before

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo


@dataclass(frozen=True)
class Ladder:
    """`rungs`: days before the deadline, in any order. `opens`, `closes`: hours in which anybody is chased."""

    rungs: tuple[int, ...] = (15, 10, 5, 2)
    opens: time = time(9)
    closes: time = time(18)


@dataclass(frozen=True)
class Standing:
    """What is true of one request now.

    `zone` is that of whoever is to hand in; where several are, of the first: one request is chased by one message.
    """

    due_on: date
    asked_at: datetime
    zone: ZoneInfo
    has_ended: bool = False  # handed in, closed, or not needed
    is_reachable: bool = True  # somebody of the company still has access
    snoozed_until: date | None = None  # nothing before that day
    last_rung: int | None = None
    last_chased_at: datetime | None = None
    escalated_at: datetime | None = None


class Kind(StrEnum):
    CHASE = "chase"
    ESCALATE = "escalate"


@dataclass(frozen=True)
class Step:
    """To be done at `at` (in UTC) or as soon afterwards as somebody is there to do it, after asking again."""

    kind: Kind
    at: datetime
    rung: int | None = None


def next_step(standing: Standing, ladder: Ladder, *, at: datetime) -> Step | None:
    """What is due now or comes next; None where nothing ever will, unless something changes."""
    if standing.has_ended:
        return None
    earliest = max(at, _opening(standing.snoozed_until, standing, ladder)) if standing.snoozed_until else at
    chase = _next_chase(standing, ladder, earliest)
    if chase and standing.is_reachable:
        return chase
    if standing.escalated_at:
        return None
    # Nobody to chase is something the manager hears of when the first chase would have gone.
    moment = chase.at if chase else _working(max(earliest, _after_last(standing, ladder)), standing, ladder)
    return Step(Kind.ESCALATE, moment)


def _next_chase(standing: Standing, ladder: Ladder, earliest: datetime) -> Step | None:
    """The newest rung that is due by the first hour in which one may chase, or else the next one to come."""
    left = {
        rung: moment
        for rung, moment in _moments(standing, ladder).items()
        if _is_left(rung, moment, standing)
    }
    if not left:
        return None
    moment = max(_working(earliest, standing, ladder), min(left.values()))
    if moment.astimezone(standing.zone).date() > standing.due_on:
        return None
    return Step(Kind.CHASE, moment, min(rung for rung, its in left.items() if its <= moment))


def _is_left(rung: int, moment: datetime, standing: Standing) -> bool:
    """Whoever was asked after a rung's moment is not chased for it; a rung sent has done for those before it."""
    return moment > standing.asked_at and (standing.last_rung is None or rung < standing.last_rung)


def _moments(standing: Standing, ladder: Ladder) -> dict[int, datetime]:
    """Before a weekend or holiday rather than after it: whoever is chased still has the days that it names."""
    return {
        rung: _opening(working_day_before(standing.due_on - timedelta(days=rung)), standing, ladder)
        for rung in ladder.rungs
    }


def _after_last(standing: Standing, ladder: Ladder) -> datetime:
    """The working day after the last rung, whether that was climbed or not."""
    since = [standing.asked_at, *_moments(standing, ladder).values()]
    last = max([*since, standing.last_chased_at] if standing.last_chased_at else since)
    day = last.astimezone(standing.zone).date() + timedelta(days=1)
    return _opening(next_working_day(day), standing, ladder)


def _opening(day: date, standing: Standing, ladder: Ladder) -> datetime:
    """In UTC, as all moments that are compared: two of one zone would be compared by the clock on the wall."""
    return datetime.combine(day, ladder.opens, tzinfo=standing.zone).astimezone(UTC)


def _working(moment: datetime, standing: Standing, ladder: Ladder) -> datetime:
    """That moment, if it lies in working hours where they are; else the next opening."""
    local = moment.astimezone(standing.zone)
    day = local.date() if local.time() < ladder.closes else local.date() + timedelta(days=1)
    return max(moment.astimezone(UTC), _opening(next_working_day(day), standing, ladder))
