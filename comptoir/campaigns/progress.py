"""How much of a period is in, day by day: of this one, and of the one before at the same day. Pure."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

A_DAY = timedelta(days=1)
SHOWN_AFTER = timedelta(days=14)  # a period that nobody ends is not drawn for ever


@dataclass(frozen=True)
class Progress:
    """Of one period: `total` items asked for, and how many of them came in on which day."""

    total: int
    by_day: Mapping[date, int]
    ends_on: (
        date  # the period itself: days are counted from it, so that two periods can be laid over each other
    )

    def share(self, upto: date) -> float:
        """From 0 to 1, at the end of that day."""
        return self.count(upto) / self.total if self.total else 0.0

    def count(self, upto: date) -> int:
        return sum(number for day, number in self.by_day.items() if day <= upto)

    def shares(self, first: date, last: date) -> list[float]:
        """One a day, both days included."""
        shares, got = [], self.count(first - A_DAY)
        for day in days(first, last):
            got += self.by_day.get(day, 0)
            shares.append(got / self.total if self.total else 0.0)
        return shares


@dataclass(frozen=True)
class Course:
    """What the plot draws: `now` until today, `before` to its end, both a day apart from `first` on."""

    first: date
    last: date
    today: date
    now: list[float]
    before: list[float] = field(default_factory=list)

    @property
    def at(self) -> int:
        """The place of today's share; -1 before the first day."""
        return len(self.now) - 1

    def place(self, day: date) -> int:
        return (day - self.first).days

    @property
    def days(self) -> list[date]:
        return list(days(self.first, self.last))


def course_of(
    now: Progress, before: Progress | None, *, opened_on: date, legal_on: date, today: date
) -> Course:
    """From the day after the period, or from the asking where that was earlier, to the legal date; to today if late."""
    first = min(now.ends_on + A_DAY, opened_on)
    last = max(legal_on, min(today, legal_on + SHOWN_AFTER), first + A_DAY)
    shown = now.shares(first, min(today, last)) if today >= first else []
    shift = before.ends_on - now.ends_on if before else timedelta()
    return Course(
        first,
        last,
        today,
        shown,
        before.shares(first + shift, last + shift) if before and before.total else [],
    )


def days(first: date, last: date) -> Sequence[date]:
    return [first + timedelta(days=number) for number in range((last - first).days + 1)]
