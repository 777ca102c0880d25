"""What Belgian law says about the dates, as data: each rule with the first and the last period that it holds for.

When the law changes, a row gets its `valid_to` and a new one follows; nothing here is ever edited for the past.
`source` says where an accountant may look it up.
"""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

from comptoir.campaigns.deadlines.periods import A_YEAR, Cycle, Period, period_named
from comptoir.campaigns.deadlines.working_days import next_working_day

if TYPE_CHECKING:
    from collections.abc import Iterator


class Regime(StrEnum):
    MONTHLY = "monthly"
    QUARTERLY = "quarterly"
    EXEMPT = "exempt"


class Obligation(StrEnum):
    RETURN = "return"
    PAYMENT = "payment"
    IC_LISTING = "ic_listing"
    PREPAYMENT = "prepayment"
    CLIENT_LISTING = "client_listing"


class Source(StrEnum):
    """Where a date comes from; the words for people are the pages'."""

    BEFORE_CHAIN = "before_chain"
    CHAIN = "chain"
    TRANSITION = "transition"
    SUMMER_2024 = "summer_2024"
    SUMMER_2025 = "summer_2025"
    PREPAYMENT = "prepayment"
    CLIENT_LISTING = "client_listing"


CYCLE_OF = {Regime.MONTHLY: Cycle.MONTH, Regime.QUARTERLY: Cycle.QUARTER}


def cycle_of(obligation: Obligation, regime: Regime) -> Cycle | None:
    """How often something is owed; None where it never is.

    Exempt-only companies file neither returns nor the client listing. A small company under the franchise scheme does
    owe the listing; whether "exempt" means one or the other is not told here, so their office adds a date of its own.
    """
    if regime is Regime.EXEMPT:
        return None
    return Cycle.YEAR if obligation is Obligation.CLIENT_LISTING else CYCLE_OF[regime]


@dataclass(frozen=True)
class Rule:
    """On the `day` of the `months_after`th month after a period's last; for periods that begin from … to …."""

    obligation: Obligation
    regime: Regime
    valid_from: date
    valid_to: date | None
    day: int
    months_after: int = 1
    shifts: bool = False  # from a weekend or holiday to the next working day
    only_at_years_end: bool = False
    source: Source | None = None  # an office's own rule has its reason instead

    def holds_for(self, obligation: Obligation, regime: Regime, period: Period) -> bool:
        return (
            (self.obligation, self.regime) == (obligation, regime)
            and cycle_of(obligation, regime) is period.cycle
            and self.valid_from <= period.first_day
            and (self.valid_to is None or period.first_day <= self.valid_to)
            and (period.last_month == A_YEAR or not self.only_at_years_end)
        )

    def due_on(self, period: Period) -> date:
        """Where the month is shorter than the day asks for, its last day."""
        years, month = divmod(period.last_month + self.months_after - 1, A_YEAR)
        year = period.year + years
        day = date(year, month + 1, min(self.day, calendar.monthrange(year, month + 1)[1]))
        return next_working_day(day) if self.shifts else day


@dataclass(frozen=True)
class Announced:
    """A date that the administration announced for one period, instead of the rule's."""

    obligation: Obligation
    period: Period
    due_on: date
    source: Source


_FILED_AND_PAID = (Obligation.RETURN, Obligation.PAYMENT, Obligation.IC_LISTING)
FIRST_YEAR = 2024  # what falls due from then on is whole; nothing older is asked for
_FIRST = date(2023, 1, 1)


def _filed_and_paid(what: Obligation) -> Iterator[Rule]:
    yield Rule(what, Regime.MONTHLY, _FIRST, None, 20, shifts=True, source=Source.CHAIN)

    # The 25th was first applied to the fourth quarter of 2024. The transition that moved it from weekends ended when
    # the provision account came into use on 1 May 2026.
    q = Regime.QUARTERLY
    yield Rule(what, q, _FIRST, date(2024, 7, 1), 20, shifts=True, source=Source.BEFORE_CHAIN)
    yield Rule(what, q, date(2024, 10, 1), date(2026, 1, 1), 25, shifts=True, source=Source.TRANSITION)
    yield Rule(what, q, date(2026, 4, 1), None, 25, source=Source.CHAIN)


def _once_a_year(regime: Regime) -> Iterator[Rule]:
    # No source says that it moves from a weekend: who pays on the day written is never late.
    yield Rule(
        Obligation.PREPAYMENT,
        regime,
        _FIRST,
        None,
        24,
        months_after=0,
        only_at_years_end=True,
        source=Source.PREPAYMENT,
    )
    # "31 March" in most texts, "before 31 March" in others: the earlier of the two, and it does not move.
    yield Rule(
        Obligation.CLIENT_LISTING, regime, _FIRST, None, 30, months_after=3, source=Source.CLIENT_LISTING
    )


LAW = (
    *(rule for what in _FILED_AND_PAID for rule in _filed_and_paid(what)),
    *(rule for regime in CYCLE_OF for rule in _once_a_year(regime)),
)


def _summer(source: Source, dates: dict[str, date]) -> Iterator[Announced]:
    """Longer for what is filed; payment never moved."""
    for name, due_on in dates.items():
        for what in (Obligation.RETURN, Obligation.IC_LISTING):
            yield Announced(what, period_named(name), due_on, source)


ANNOUNCED = (
    *_summer(
        Source.SUMMER_2024,
        {"2024-06": date(2024, 8, 9), "2024-Q2": date(2024, 8, 9), "2024-07": date(2024, 9, 10)},
    ),
    *_summer(
        Source.SUMMER_2025,
        {"2025-06": date(2025, 8, 8), "2025-Q2": date(2025, 8, 8), "2025-07": date(2025, 9, 10)},
    ),
)
