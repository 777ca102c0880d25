"""Months, quarters and years for which something is to be filed: their first day, their last, and their names."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

A_YEAR = 12


class Cycle(StrEnum):
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"

    @property
    def months(self) -> int:
        return {Cycle.MONTH: 1, Cycle.QUARTER: 3, Cycle.YEAR: A_YEAR}[self]


@dataclass(frozen=True)
class Period:
    """The `number`th month, quarter or year (then always 1) of a calendar year, counted from one."""

    cycle: Cycle
    year: int
    number: int = 1

    def __post_init__(self) -> None:
        if not 1 <= self.number <= A_YEAR // self.cycle.months:
            message = f"There is no {self.cycle} {self.number} in a year."
            raise ValueError(message)

    @property
    def first_day(self) -> date:
        return date(self.year, self.cycle.months * (self.number - 1) + 1, 1)

    @property
    def last_month(self) -> int:
        return self.cycle.months * self.number

    @property
    def last_day(self) -> date:
        return self.next().first_day - timedelta(days=1)

    def next(self) -> Period:
        if self.last_month == A_YEAR:
            return Period(self.cycle, self.year + 1)
        return Period(self.cycle, self.year, self.number + 1)

    def before(self) -> Period:
        return period_of(self.first_day - timedelta(days=1), self.cycle)

    def __str__(self) -> str:
        """`2026-10`, `2026-Q4`, `2026`: what is stored, and what stands in addresses."""
        match self.cycle:
            case Cycle.MONTH:
                return f"{self.year}-{self.number:02d}"
            case Cycle.QUARTER:
                return f"{self.year}-Q{self.number}"
            case Cycle.YEAR:
                return str(self.year)


def period_of(day: date, cycle: Cycle) -> Period:
    """The period in which that day lies."""
    return Period(cycle, day.year, (day.month - 1) // cycle.months + 1)


def period_named(name: str) -> Period:
    """From what `str` made of it; ValueError for anything else."""
    year, _, rest = name.partition("-")
    if not rest:
        period = Period(Cycle.YEAR, int(year))
    elif rest.startswith("Q"):
        period = Period(Cycle.QUARTER, int(year), int(rest[1:]))
    else:
        period = Period(Cycle.MONTH, int(year), int(rest))
    if str(period) != name or not date.min.year < period.year < date.max.year:
        message = f"{name!r} names no period."
        raise ValueError(message)
    return period


def periods_in(year: int, cycle: Cycle) -> Iterator[Period]:
    for number in range(1, A_YEAR // cycle.months + 1):
        yield Period(cycle, year, number)
