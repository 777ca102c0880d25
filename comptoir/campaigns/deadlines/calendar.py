"""The dates themselves: the law's, unless the administration announced another or the office set its own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from comptoir.campaigns.deadlines.periods import Period, periods_in
from comptoir.campaigns.deadlines.rules import ANNOUNCED, LAW, Obligation, Regime, Rule, Source, cycle_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

# The latest that anything falls due is three months after its year; a date may be set somewhat later by an office.
YEARS_BACK = 1


@dataclass(frozen=True)
class Deadline:
    """`law_on`: what it would be without the office's own date; `reason`: why the office set that, else empty."""

    obligation: Obligation
    regime: Regime
    period: Period
    due_on: date
    law_on: date
    source: Source
    reason: str = ""

    @property
    def is_overridden(self) -> bool:
        return bool(self.reason)


@dataclass(frozen=True)
class OwnDate:
    """For one period. It goes before every rule."""

    obligation: Obligation
    regime: Regime
    period: Period
    due_on: date
    reason: str


@dataclass(frozen=True)
class OwnRule:
    """Instead of the law's for all periods that begin from … to …."""

    rule: Rule
    reason: str


@dataclass(frozen=True)
class Own:
    """What an office set for itself; of two rules for one period the later given holds."""

    dates: tuple[OwnDate, ...] = ()
    rules: tuple[OwnRule, ...] = ()


def deadline(
    obligation: Obligation, regime: Regime, period: Period, own: Own | None = None
) -> Deadline | None:
    """None where nothing is owed for such a period, or no rule is known for so early a one."""
    rule = next((rule for rule in LAW if rule.holds_for(obligation, regime, period)), None)
    if rule is None or rule.source is None:
        return None
    law_on, source = rule.due_on(period), rule.source
    for announced in ANNOUNCED:
        if (announced.obligation, announced.period) == (obligation, period):
            law_on, source = announced.due_on, announced.source
    due_on, reason = _by_office(obligation, regime, period, own or Own()) or (law_on, "")
    return Deadline(obligation, regime, period, due_on, law_on, source, reason)


def _by_office(obligation: Obligation, regime: Regime, period: Period, own: Own) -> tuple[date, str] | None:
    for one in own.dates:
        if (one.obligation, one.regime, one.period) == (obligation, regime, period):
            return one.due_on, one.reason
    for ours in reversed(own.rules):
        if ours.rule.holds_for(obligation, regime, period):
            return ours.rule.due_on(period), ours.reason
    return None


def deadlines_of(regime: Regime, period: Period, own: Own | None = None) -> list[Deadline]:
    """All that is owed for one period, earliest first."""
    found = (deadline(obligation, regime, period, own) for obligation in Obligation)
    return sorted((one for one in found if one), key=in_order)


def deadlines_between(regime: Regime, first: date, last: date, own: Own | None = None) -> list[Deadline]:
    """All that falls due from one day to another, both included, earliest first."""
    found = (
        deadline(obligation, regime, period, own)
        for obligation in Obligation
        for period in _periods(obligation, regime, first.year - YEARS_BACK, last.year)
    )
    return sorted((one for one in found if one and first <= one.due_on <= last), key=in_order)


def _periods(obligation: Obligation, regime: Regime, first: int, last: int) -> Iterator[Period]:
    cycle = cycle_of(obligation, regime)
    if cycle:
        for year in range(first, last + 1):
            yield from periods_in(year, cycle)


def in_order(one: Deadline) -> tuple[date, int, date]:
    return one.due_on, list(Obligation).index(one.obligation), one.period.first_day
