"""Whom to tell when, on a clock that moves: without a database."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from comptoir.notifications.routing import (
    EMAIL,
    HERE,
    MONDAY_TO_FRIDAY,
    PAUSE,
    PUSH,
    Plan,
    Reading,
    Said,
    Wishes,
    open_from,
    route,
)

BRUSSELS = ZoneInfo("Europe/Brussels")
NOON = datetime(2026, 11, 12, 12, 0, tzinfo=BRUSSELS)  # a Thursday
HERS = Wishes(zone=BRUSSELS, by_push=False)
STAFF = replace(HERS, digest_hour=8, working_days=MONDAY_TO_FRIDAY)
NIGHT = (time(22), time(7))


def mail_at(
    wishes: Wishes = HERS, reading: Reading | None = None, *, now: datetime = NOON, urgent: bool = False
) -> datetime | None:
    plans = route(Said(NOON, is_urgent=urgent), wishes, reading or Reading(), now=now)
    return next((plan.at for plan in plans if plan.channel == EMAIL), None)


def local(text: str, zone: ZoneInfo = BRUSSELS) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=zone)


# ── When ─────────────────────────────────────────────────────────────────
def test_after_the_delay() -> None:
    assert mail_at() == NOON + timedelta(hours=2)
    assert mail_at(replace(HERS, delay=timedelta(minutes=30))) == NOON + timedelta(minutes=30)


def test_at_once_if_urgent_and_wished_so() -> None:
    assert mail_at(urgent=True) == NOON
    assert mail_at(STAFF, urgent=True) == NOON
    assert mail_at(replace(HERS, urgent_at_once=False), urgent=True) == NOON + timedelta(hours=2)


def test_late_is_now() -> None:
    later = NOON + timedelta(days=2)
    assert mail_at(now=later) == later


@pytest.mark.parametrize(
    "reading", [Reading(has_seen=True), Reading(may_see=False), Reading(is_settled=True)], ids=str
)
def test_not_at_all(reading: Reading) -> None:
    assert route(Said(NOON, is_urgent=True), Wishes(), reading, now=NOON) == []


def test_no_way_that_is_switched_off() -> None:
    assert route(Said(NOON), Wishes(by_mail=False), Reading(), now=NOON) == [Plan(PUSH, NOON)]
    assert [p.channel for p in route(Said(NOON), HERS, Reading(), now=NOON)] == [EMAIL]
    assert route(Said(NOON), Wishes(by_mail=False, by_push=False), Reading(), now=NOON) == []


def test_whoever_is_there_is_not_written_to() -> None:
    due = NOON + timedelta(hours=2)
    here = due - timedelta(minutes=1)
    assert mail_at(reading=Reading(here_at=here), now=due) == here + HERE
    assert mail_at(reading=Reading(here_at=NOON), now=due) == due
    [push] = route(Said(NOON), Wishes(by_mail=False), Reading(here_at=NOON), now=NOON)
    assert push.at == NOON + HERE


# ── One in a window ──────────────────────────────────────────────────────
def test_the_next_one_waits_for_its_window() -> None:
    mailed = NOON + timedelta(minutes=10)
    assert mail_at(reading=Reading(mailed_at=mailed)) == mailed + timedelta(hours=2)
    assert mail_at(reading=Reading(mailed_at=mailed), urgent=True) == mailed + PAUSE


def test_one_digest_a_day() -> None:
    friday = local("2026-11-13T08:00")
    assert mail_at(STAFF) == friday
    # What was said before eight, and written down after the digest had gone, is tomorrow's.
    assert mail_at(STAFF, Reading(mailed_at=friday + timedelta(seconds=3)), now=friday) == local(
        "2026-11-16T08:00"
    )


# ── Quiet ────────────────────────────────────────────────────────────────
@pytest.mark.parametrize(
    ("asked", "quiet", "days", "answer"),
    [
        ("2026-11-12T21:59", NIGHT, 127, "2026-11-12T21:59"),
        ("2026-11-12T22:00", NIGHT, 127, "2026-11-13T07:00"),
        ("2026-11-13T06:59", NIGHT, 127, "2026-11-13T07:00"),
        ("2026-11-13T07:00", NIGHT, 127, "2026-11-13T07:00"),
        ("2026-11-12T12:30", (time(12), time(14)), 127, "2026-11-12T14:00"),
        ("2026-11-13T23:00", NIGHT, MONDAY_TO_FRIDAY, "2026-11-16T07:00"),
        ("2026-11-14T12:00", None, MONDAY_TO_FRIDAY, "2026-11-16T00:00"),
        ("2026-11-14T12:00", None, 0, "2026-11-14T12:00"),
        ("2026-11-14T12:00", (time(9), time(9)), 127, "2026-11-14T12:00"),
        # The hour from two to three is skipped, so quiet until half past two ends at half past three.
        ("2026-03-29T01:30", (time(1), time(2, 30)), 127, "2026-03-29T03:30"),
        # And is there twice: quiet until half past two is quiet both times.
        ("2026-10-25T02:10", (time(2), time(2, 30)), 127, "2026-10-25T02:30"),
    ],
)
def test_the_first_moment_that_is_not_quiet(
    asked: str, quiet: tuple[time, time] | None, days: int, answer: str
) -> None:
    wishes = Wishes(zone=BRUSSELS, quiet=quiet, working_days=days)
    assert open_from(local(asked), wishes).astimezone(BRUSSELS) == local(answer)


def test_quiet_the_second_time_too() -> None:
    wishes = Wishes(zone=BRUSSELS, quiet=(time(2), time(2, 30)))
    second = local("2026-10-25T02:10").replace(fold=1).astimezone(UTC)
    assert open_from(second, wishes) == second + timedelta(minutes=20)


def test_a_digest_at_an_hour_that_is_skipped() -> None:
    wishes = replace(STAFF, digest_hour=2, working_days=127)
    [plan] = route(Said(local("2026-03-28T20:00")), wishes, Reading(), now=local("2026-03-28T20:00"))
    assert plan.at.astimezone(BRUSSELS) == local("2026-03-29T03:00")


def test_eight_is_eight_in_summer_and_in_winter() -> None:
    for day in ("2026-03-28", "2026-03-30", "2026-10-24", "2026-10-26"):
        said = local(f"{day}T10:00") - timedelta(days=1)
        [plan] = route(Said(said), replace(STAFF, working_days=127), Reading(), now=said)
        assert plan.at.astimezone(BRUSSELS).time() == time(8)


# ── Always ───────────────────────────────────────────────────────────────
ZONES = ["Europe/Brussels", "America/New_York", "Asia/Kathmandu", "Africa/Cairo", "Pacific/Apia", "UTC"]
MOMENTS = st.datetimes(datetime(2025, 1, 1), datetime(2028, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 -- made aware
CLOCKS = st.builds(time, st.integers(0, 23), st.sampled_from([0, 15, 30]))
EVERYBODY = st.builds(
    Wishes,
    zone=st.sampled_from(ZONES).map(ZoneInfo),
    delay=st.sampled_from([5, 15, 60, 120, 1440]).map(lambda minutes: timedelta(minutes=minutes)),
    digest_hour=st.none() | st.integers(0, 23),
    urgent_at_once=st.booleans(),
    quiet=st.none() | st.tuples(CLOCKS, CLOCKS),
    working_days=st.integers(1, 127),
)


@settings(suppress_health_check=[HealthCheck.too_slow])  # of a busy machine's first draw
@given(at=MOMENTS, wishes=EVERYBODY)
def test_never_before_and_never_in_quiet(at: datetime, wishes: Wishes) -> None:
    opened = open_from(at, wishes)
    there = opened.astimezone(wishes.zone)
    assert opened >= at
    assert wishes.works_on(there.date())
    assert not wishes.is_quiet(there.time())
    assert opened - at < timedelta(days=9)
    assert open_from(opened, wishes) == opened


@given(sent=MOMENTS, waited=st.integers(0, 20_000), wishes=EVERYBODY, urgent=st.booleans())
def test_asked_again_it_says_the_same_or_now(
    *, sent: datetime, waited: int, wishes: Wishes, urgent: bool
) -> None:
    """The outbox asks when the moment has come: then it must have come, and not have moved on."""
    said, reading = Said(sent, is_urgent=urgent), Reading()
    planned = {plan.channel: plan.at for plan in route(said, wishes, reading, now=sent)}
    for channel, at in planned.items():
        again = {plan.channel: plan.at for plan in route(said, wishes, reading, now=at)}
        assert again[channel] == at
        now = sent + timedelta(minutes=waited)
        later = {plan.channel: plan.at for plan in route(said, wishes, reading, now=now)}
        assert later[channel] == (at if at >= now else open_from(now, wishes))
