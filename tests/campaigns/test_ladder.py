"""The ladder, step by step, and for any clock: time zones, daylight saving, year's end."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comptoir.campaigns.deadlines.working_days import is_working_day
from comptoir.campaigns.ladder import Kind, Ladder, Standing, Step, next_step

BRUSSELS = ZoneInfo("Europe/Brussels")
LADDER = Ladder()
# The month of October 2026, due on Friday 20 November: rungs on Thursday 5, Tuesday 10, Friday 13 (for Sunday 15) and
# Wednesday 18.
ASKED = Standing(
    due_on=date(2026, 11, 20), asked_at=datetime(2026, 11, 2, 10, tzinfo=BRUSSELS), zone=BRUSSELS
)


def local(day: int, hour: int = 9, minute: int = 0, month: int = 11) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=BRUSSELS)


def chased(standing: Standing, rung: int, at: datetime) -> Standing:
    return replace(standing, last_rung=rung, last_chased_at=at)


@pytest.mark.parametrize(
    ("last", "at", "rung", "moment"),
    [
        (None, local(2, 11), 15, local(5)),
        (15, local(5, 9, 1), 10, local(10)),
        (10, local(10, 9, 1), 5, local(13)),  # Sunday 15: on the Friday before
        (5, local(13, 9, 1), 2, local(18)),
    ],
)
def test_rung_by_rung(last: int | None, at: datetime, rung: int, moment: datetime) -> None:
    standing = chased(ASKED, last, at) if last else ASKED
    assert next_step(standing, LADDER, at=at) == Step(Kind.CHASE, moment, rung)


def test_after_the_last_rung_the_manager_hears_of_it_once() -> None:
    standing = chased(ASKED, 2, local(18))
    assert next_step(standing, LADDER, at=local(18, 9, 1)) == Step(Kind.ESCALATE, local(19))
    assert next_step(replace(standing, escalated_at=local(19)), LADDER, at=local(19, 10)) is None


def test_what_ended_is_left_alone() -> None:
    assert next_step(replace(ASKED, has_ended=True), LADDER, at=local(2, 11)) is None


@pytest.mark.parametrize(
    ("at", "moment"),
    [
        (local(10, 7), local(10)),
        (local(10, 17, 59), local(10, 17, 59)),
        (local(10, 18), local(12)),  # closed; the 11th is a holiday
        (local(11, 12), local(12)),
    ],
)
def test_only_in_hours_and_never_on_a_holiday(at: datetime, moment: datetime) -> None:
    assert next_step(ASKED, LADDER, at=at) == Step(Kind.CHASE, moment, 10)


def test_after_days_without_a_server_the_newest_rung_only() -> None:
    assert next_step(ASKED, LADDER, at=local(16, 11)) == Step(Kind.CHASE, local(16, 11), 5)


def test_a_rung_that_comes_due_before_the_doors_open_goes_instead() -> None:
    assert next_step(ASKED, LADDER, at=local(17, 20)) == Step(Kind.CHASE, local(18), 2)


def test_after_the_deadline_nobody_is_chased_but_the_manager_hears() -> None:
    assert next_step(chased(ASKED, 5, local(13)), LADDER, at=local(21, 8)) == Step(Kind.ESCALATE, local(23))


def test_a_late_chase_leaves_a_working_day_before_the_manager_hears() -> None:
    standing = chased(ASKED, 2, local(20, 9))
    assert next_step(standing, LADDER, at=local(20, 10)) == Step(Kind.ESCALATE, local(23))


def test_snoozed_until_a_day() -> None:
    standing = replace(ASKED, snoozed_until=date(2026, 11, 16))
    assert next_step(standing, LADDER, at=local(2, 11)) == Step(Kind.CHASE, local(16), 5)
    beyond = replace(ASKED, snoozed_until=date(2026, 11, 25))
    assert next_step(beyond, LADDER, at=local(2, 11)) == Step(Kind.ESCALATE, local(25))


def test_nobody_left_to_chase_is_told_to_the_manager_at_the_first_rung() -> None:
    standing = replace(ASKED, is_reachable=False)
    assert next_step(standing, LADDER, at=local(2, 11)) == Step(Kind.ESCALATE, local(5))
    told = replace(standing, escalated_at=local(5))
    assert next_step(told, LADDER, at=local(6)) is None
    # Somebody was given access meanwhile.
    assert next_step(replace(told, is_reachable=True), LADDER, at=local(6)) == Step(Kind.CHASE, local(6), 15)


def test_who_is_asked_late_is_chased_for_what_still_lies_ahead() -> None:
    late = replace(ASKED, asked_at=local(11, 15))
    assert next_step(late, LADDER, at=local(11, 16)) == Step(Kind.CHASE, local(13), 5)
    last_minute = replace(ASKED, asked_at=local(19, 15))
    assert next_step(last_minute, LADDER, at=local(19, 16)) == Step(Kind.ESCALATE, local(20))


def test_a_ladder_of_ones_own() -> None:
    ladder = Ladder(rungs=(1, 7), opens=time(14), closes=time(16))
    assert next_step(ASKED, ladder, at=local(2, 11)) == Step(Kind.CHASE, local(13, 14), 7)
    assert next_step(ASKED, Ladder(rungs=()), at=local(2, 11)) == Step(Kind.ESCALATE, local(3))


def test_nine_in_the_morning_on_both_sides_of_the_change_of_the_clock() -> None:
    spring = Standing(
        due_on=date(2026, 4, 3), asked_at=datetime(2026, 3, 1, tzinfo=UTC), zone=BRUSSELS
    )  # rungs 10 and 5 lie on both sides of 29 March
    before = next_step(spring, Ladder(rungs=(10, 4)), at=datetime(2026, 3, 2, tzinfo=UTC))
    assert before == Step(Kind.CHASE, datetime(2026, 3, 24, 8, tzinfo=UTC), 10)
    after = next_step(
        chased(spring, 10, datetime(2026, 3, 24, 8, tzinfo=UTC)),
        Ladder(rungs=(10, 4)),
        at=datetime(2026, 3, 25, tzinfo=UTC),
    )
    assert after == Step(Kind.CHASE, datetime(2026, 3, 30, 7, tzinfo=UTC), 4)


# ── For any clock ────────────────────────────────────────────────────────
ZONES = [
    "Europe/Brussels",
    "America/New_York",
    "Asia/Kolkata",
    "Pacific/Auckland",
    "Pacific/Apia",
    "America/Santiago",
]
hours = st.integers(0, 24 * 450)
moments = hours.map(lambda n: datetime(2025, 12, 1, tzinfo=UTC) + timedelta(hours=n))


@st.composite
def ladders(draw: st.DrawFn) -> Ladder:
    opens = draw(st.integers(6, 12))
    return Ladder(
        rungs=tuple(draw(st.lists(st.integers(0, 25), unique=True, max_size=5))),
        opens=time(opens),
        closes=time(opens + draw(st.integers(1, 8))),
    )


@st.composite
def standings(draw: st.DrawFn) -> Standing:
    asked_at = draw(moments)
    return Standing(
        due_on=asked_at.date() + timedelta(days=draw(st.integers(0, 40))),
        asked_at=asked_at,
        zone=ZoneInfo(draw(st.sampled_from(ZONES))),
        is_reachable=draw(st.integers(0, 4)) > 0,
        snoozed_until=draw(st.none() | st.dates(date(2025, 12, 1), date(2027, 2, 28))),
    )


later = st.timedeltas(timedelta(0), timedelta(days=60))


@settings(deadline=None)
@given(standings(), ladders(), later)
def test_a_step_is_never_at_night_nor_on_a_holiday_nor_snoozed(
    standing: Standing, ladder: Ladder, waited: timedelta
) -> None:
    at = standing.asked_at + waited
    step = next_step(standing, ladder, at=at)
    assert step is not None
    assert step.at >= at
    there = step.at.astimezone(standing.zone)
    assert is_working_day(there.date())
    assert ladder.opens <= there.time() < ladder.closes
    assert standing.snoozed_until is None or there.date() >= standing.snoozed_until
    if step.kind is Kind.CHASE:
        assert standing.is_reachable
        assert there.date() <= standing.due_on


@settings(deadline=None)
@given(standings(), ladders(), later, later)
def test_asked_again_at_its_moment_it_is_due_and_meanwhile_the_same(
    standing: Standing, ladder: Ladder, waited: timedelta, more: timedelta
) -> None:
    at = standing.asked_at + waited
    step = next_step(standing, ladder, at=at)
    assert step is not None
    assert next_step(standing, ladder, at=step.at) == step
    assert next_step(standing, ladder, at=min(at + more, step.at)) == step
    assert next_step(replace(standing, has_ended=True), ladder, at=step.at) is None


@settings(deadline=None)
@given(standings(), ladders(), st.lists(later, max_size=12))
def test_climbed_to_its_end_by_any_clock(standing: Standing, ladder: Ladder, pauses: list[timedelta]) -> None:
    """Each rung at most once, ever nearer to the deadline; one escalation; then nothing."""
    at, rungs, escalations = standing.asked_at, [], 0
    for pause in [*pauses, *[timedelta(0)] * 8]:
        at += pause / 10
        step = next_step(standing, ladder, at=at)
        if step is None:
            break
        at = step.at
        if step.rung is None:
            escalations += 1
            standing = replace(standing, escalated_at=at)
        else:
            rungs.append(step.rung)
            standing = chased(standing, step.rung, at)
    assert rungs == sorted(set(rungs), reverse=True)
    assert next_step(standing, ladder, at=at) is None
    assert escalations == 1
