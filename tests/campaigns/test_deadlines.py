"""What holds for any period and any day, and what an office sets for itself."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comptoir.campaigns.deadlines.calendar import (
    Own,
    OwnDate,
    OwnRule,
    deadline,
    deadlines_between,
    deadlines_of,
)
from comptoir.campaigns.deadlines.periods import Cycle, Period, period_named, period_of, periods_in
from comptoir.campaigns.deadlines.rules import LAW, Obligation, Regime, Rule, cycle_of
from comptoir.campaigns.deadlines.working_days import is_working_day, next_working_day

OWING = [Regime.MONTHLY, Regime.QUARTERLY]
days = st.dates(date(2024, 1, 1), date(2040, 12, 31))
years = st.integers(2024, 2040)
cycles = st.sampled_from(Cycle)
regimes = st.sampled_from(OWING)
obligations = st.sampled_from(Obligation)


# ── Periods ──────────────────────────────────────────────────────────────
@settings(deadline=None)
@given(years, cycles)
def test_periods_tile_the_year(year: int, cycle: Cycle) -> None:
    periods = list(periods_in(year, cycle))
    assert periods[0].first_day == date(year, 1, 1)
    assert periods[-1].last_day == date(year, 12, 31)
    assert all(a.last_day + timedelta(days=1) == b.first_day for a, b in pairwise(periods))


@settings(deadline=None)
@given(days, cycles)
def test_a_day_lies_in_its_period(day: date, cycle: Cycle) -> None:
    period = period_of(day, cycle)
    assert period.first_day <= day <= period.last_day
    assert period.next().before() == period
    assert period_named(str(period)) == period


@pytest.mark.parametrize(
    "name", ["", "2026-13", "2026-00", "2026-1", "2026-Q5", "2026-Qx", "20-Q1-", "x", "0-01"]
)
def test_what_names_no_period(name: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        period_named(name)


# ── Dates ────────────────────────────────────────────────────────────────
@settings(deadline=None)
@given(days)
def test_the_next_working_day_is_one_and_near(day: date) -> None:
    moved = next_working_day(day)
    assert is_working_day(moved)
    assert moved - day <= timedelta(days=4)
    assert not any(is_working_day(day + timedelta(days=n)) for n in range((moved - day).days))


@settings(deadline=None)
@given(years, regimes, obligations)
def test_one_rule_holds_for_a_period_and_no_more(year: int, regime: Regime, obligation: Obligation) -> None:
    cycle = cycle_of(obligation, regime)
    assert cycle is not None
    for period in periods_in(year, cycle):
        holding = [rule for rule in LAW if rule.holds_for(obligation, regime, period)]
        owed = obligation is not Obligation.PREPAYMENT or period.last_month == 12
        assert len(holding) == owed


@settings(deadline=None)
@given(years, regimes, obligations)
def test_where_it_shifts_it_never_falls_on_a_weekend_or_holiday(
    year: int, regime: Regime, obligation: Obligation
) -> None:
    cycle = cycle_of(obligation, regime)
    assert cycle is not None
    for period in periods_in(year, cycle):
        for rule in LAW:
            if rule.shifts and rule.holds_for(obligation, regime, period):
                assert is_working_day(rule.due_on(period))


@settings(deadline=None)
@given(years, regimes, obligations)
def test_a_later_period_is_never_due_earlier(year: int, regime: Regime, obligation: Obligation) -> None:
    cycle = cycle_of(obligation, regime)
    assert cycle is not None
    found = [
        deadline(obligation, regime, period) for y in (year, year + 1) for period in periods_in(y, cycle)
    ]
    due = [one.due_on for one in found if one]
    assert due == sorted(due)
    if obligation is not Obligation.RETURN and obligation is not Obligation.IC_LISTING:
        assert len(set(due)) == len(due)


@settings(deadline=None)
@given(years, regimes)
def test_what_falls_due_in_two_halves_is_what_falls_due_in_the_year(year: int, regime: Regime) -> None:
    whole = deadlines_between(regime, date(year, 1, 1), date(year, 12, 31))
    halves = [
        *deadlines_between(regime, date(year, 1, 1), date(year, 6, 30)),
        *deadlines_between(regime, date(year, 7, 1), date(year, 12, 31)),
    ]
    assert whole == halves
    # Three a period, the prepayment, and the listing.
    assert len(whole) == (12 if regime is Regime.MONTHLY else 4) * 3 + 2


def test_an_exempt_company_owes_nothing() -> None:
    assert deadlines_between(Regime.EXEMPT, date(2024, 1, 1), date(2028, 12, 31)) == []


def test_all_that_a_quarter_owes_earliest_first() -> None:
    found = deadlines_of(Regime.QUARTERLY, period_named("2026-Q4"))
    assert [(one.obligation.value, one.due_on) for one in found] == [
        ("prepayment", date(2026, 12, 24)),
        ("return", date(2027, 1, 25)),
        ("payment", date(2027, 1, 25)),
        ("ic_listing", date(2027, 1, 25)),
    ]


def test_a_month_is_no_period_of_a_quarterly_filer() -> None:
    assert deadline(Obligation.RETURN, Regime.QUARTERLY, period_named("2026-10")) is None
    assert deadline(Obligation.RETURN, Regime.MONTHLY, period_named("2019-10")) is None  # before all rules


# ── The office's own ─────────────────────────────────────────────────────
OCTOBER = period_named("2026-10")
OWN_RULE = OwnRule(
    Rule(Obligation.RETURN, Regime.MONTHLY, date(2026, 10, 1), date(2027, 1, 1), 18),
    "We file two days early.",
)
OWN_DATE = OwnDate(Obligation.RETURN, Regime.MONTHLY, OCTOBER, date(2026, 11, 12), "The office is closed.")


def test_a_date_of_its_own_goes_before_its_rule_and_the_law() -> None:
    found = deadline(Obligation.RETURN, Regime.MONTHLY, OCTOBER, Own(dates=(OWN_DATE,), rules=(OWN_RULE,)))
    assert found is not None
    assert (found.due_on, found.law_on, found.reason) == (
        date(2026, 11, 12),
        date(2026, 11, 20),
        "The office is closed.",
    )


@pytest.mark.parametrize(
    ("period", "due_on", "reason"),
    [
        ("2026-09", date(2026, 10, 20), ""),
        ("2026-10", date(2026, 11, 18), "We file two days early."),
        ("2027-01", date(2027, 2, 18), "We file two days early."),
        ("2027-02", date(2027, 3, 22), ""),
    ],
)
def test_a_rule_of_its_own_holds_from_and_to(period: str, due_on: date, reason: str) -> None:
    found = deadline(Obligation.RETURN, Regime.MONTHLY, period_named(period), Own(rules=(OWN_RULE,)))
    assert found is not None
    assert (found.due_on, found.reason) == (due_on, reason)


@settings(deadline=None)
@given(regimes, obligations, years)
def test_what_the_office_sets_touches_nothing_else(regime: Regime, obligation: Obligation, year: int) -> None:
    cycle = cycle_of(obligation, regime)
    assert cycle is not None
    own = Own(dates=(OWN_DATE,), rules=(OWN_RULE,))
    for period in periods_in(year, cycle):
        ours, law = deadline(obligation, regime, period, own), deadline(obligation, regime, period)
        if ours is None or law is None:
            assert ours == law
        elif ours.is_overridden:
            assert (obligation, regime) == (Obligation.RETURN, Regime.MONTHLY)
            assert ours.law_on == law.due_on
        else:
            assert ours == law


def test_the_last_day_of_a_short_month() -> None:
    late = Rule(Obligation.RETURN, Regime.MONTHLY, date(2026, 1, 1), None, 31)
    assert late.due_on(Period(Cycle.MONTH, 2027, 1)) == date(2027, 2, 28)
    assert late.due_on(Period(Cycle.MONTH, 2028, 1)) == date(2028, 2, 29)
