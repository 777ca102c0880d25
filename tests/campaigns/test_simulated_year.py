"""Two hundred dossiers through a year: nobody who has delivered is chased, and no chase is missed."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from random import Random

from comptoir.campaigns.deadlines.working_days import is_working_day
from tests.campaigns.simulated_year import LADDER, TICK, Asked, act_out, outages, requests_of


def rung_moments(one: Asked) -> dict[int, datetime]:
    """At nine where they are, on that day or the last working day before it; only what lies after the asking."""
    found = {}
    for rung in LADDER.rungs:
        day = one.due_on - timedelta(days=rung)
        while not is_working_day(day):
            day -= timedelta(days=1)
        moment = datetime.combine(day, time(9), tzinfo=one.zone).astimezone(UTC)
        if moment > one.asked_at:
            found[rung] = moment
    return found


def may_be_chased(one: Asked, at: datetime) -> bool:
    there = at.astimezone(one.zone)
    snoozed_until = one.snoozes[1] if one.snoozes and one.snoozes[0] <= at else date.min
    return (
        (one.delivers_at is None or at < one.delivers_at)
        and (one.loses_access_at is None or at < one.loses_access_at)
        and snoozed_until <= there.date() <= one.due_on
        and is_working_day(there.date())
        and time(9) <= there.time() < time(18)
    )


def test_a_year_of_two_hundred_dossiers() -> None:
    chance = Random(2026)  # noqa: S311 -- a play, not a secret
    requests = list(requests_of(200, chance))
    assert len(requests) > 1000
    for one, at in act_out(requests, outages(chance)):
        passed = [rung for rung, moment in rung_moments(one).items() if moment <= at]
        # None is missed: whoever may be chased at this hour has been, by the newest rung that has come.
        if passed and may_be_chased(one, at):
            assert min(passed) in [rung for rung, _ in one.chases], (one, at)

    for one in requests:
        moments = rung_moments(one)
        for rung, at in one.chases:
            assert may_be_chased(one, at), one
            # No burst: never a rung after which a newer one had come.
            assert rung == min(r for r, moment in moments.items() if moment <= at), one
        rungs = [rung for rung, _ in one.chases]
        assert rungs == sorted(set(rungs), reverse=True), one
        if one.escalated_at:
            assert one.delivers_at is None or one.escalated_at < one.delivers_at, one

    # Something of every kind happened, and whoever never delivers is known to the manager.
    assert all(one.escalated_at for one in requests if one.delivers_at is None)
    assert any(len(one.chases) == len(LADDER.rungs) for one in requests)
    assert any(not one.chases and one.delivers_at for one in requests)
    late = [one for one in requests for rung, at in one.chases if at > rung_moments(one)[rung] + TICK]
    assert len(late) > 20
