"""A year of an office, acted out: who is asked, delivers, snoozes, loses access, and when the server stands still.

What *should* be said to whom is worked out here a second time, from the days alone, so that the ladder is compared with
something that is not itself.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from comptoir.campaigns.deadlines.calendar import deadlines_between
from comptoir.campaigns.deadlines.rules import Obligation, Regime
from comptoir.campaigns.ladder import Ladder, Standing, next_step

if TYPE_CHECKING:
    from collections.abc import Iterator
    from random import Random

LADDER = Ladder()
BRUSSELS = ZoneInfo("Europe/Brussels")
ZONES = [BRUSSELS] * 8 + [ZoneInfo(name) for name in ("Europe/Lisbon", "America/Montreal", "Asia/Dubai")]
TICK = timedelta(hours=3)
BEGIN, END = date(2026, 1, 1), date(2026, 12, 31)


@dataclass
class Asked:
    """One request, what will become of it, and what was said about it."""

    dossier: int
    due_on: date
    asked_at: datetime
    zone: ZoneInfo
    delivers_at: datetime | None
    snoozes: tuple[datetime, date] | None
    loses_access_at: datetime | None
    chases: list[tuple[int, datetime]] = field(default_factory=list)
    escalated_at: datetime | None = None

    def standing(self, at: datetime) -> Standing:
        snoozed = self.snoozes is not None and self.snoozes[0] <= at
        return Standing(
            due_on=self.due_on,
            asked_at=self.asked_at,
            zone=self.zone,
            has_ended=self.delivers_at is not None and self.delivers_at <= at,
            is_reachable=self.loses_access_at is None or at < self.loses_access_at,
            snoozed_until=self.snoozes[1] if self.snoozes and snoozed else None,
            last_rung=self.chases[-1][0] if self.chases else None,
            last_chased_at=self.chases[-1][1] if self.chases else None,
            escalated_at=self.escalated_at,
        )


def _after(chance: Random, moment: datetime, days: int) -> datetime:
    return moment + timedelta(minutes=chance.randrange(days * 24 * 60))


def requests_of(dossiers: int, chance: Random) -> Iterator[Asked]:
    """Every period of the year of every dossier, asked for two days after it ended or some time later."""
    for dossier in range(dossiers):
        regime = chance.choice([Regime.MONTHLY, Regime.QUARTERLY])
        zone = chance.choice(ZONES)
        for one in deadlines_between(regime, BEGIN, END):
            if one.obligation is not Obligation.RETURN:
                continue
            ended = datetime.combine(one.period.last_day, time(8), tzinfo=UTC)
            asked_at = ended + timedelta(days=2 + chance.choice([0, 0, 0, 0, 3, 12]))
            left = (one.due_on - asked_at.date()).days
            snoozed_at = _after(chance, asked_at, max(left, 1))
            yield Asked(
                dossier,
                one.due_on,
                asked_at,
                zone,
                delivers_at=_after(chance, asked_at, left + 6) if chance.random() < 0.8 else None,
                snoozes=(snoozed_at, snoozed_at.date() + timedelta(days=chance.randrange(1, 9)))
                if chance.random() < 0.1
                else None,
                loses_access_at=_after(chance, asked_at, max(left, 1)) if chance.random() < 0.05 else None,
            )


def outages(chance: Random) -> list[tuple[datetime, datetime]]:
    """Some for hours, some for days."""
    begin = datetime.combine(BEGIN, time(0), tzinfo=UTC)
    starts = [_after(chance, begin, 360) for _ in range(12)]
    return sorted((start, start + timedelta(hours=chance.choice([3, 20, 60, 130]))) for start in starts)


def act_out(
    requests: list[Asked], standing_still: list[tuple[datetime, datetime]]
) -> Iterator[tuple[Asked, datetime]]:
    """Ask the ladder at every tick, do what it says, and ask again; then show where that led."""
    for one in requests:
        at, end = one.asked_at, one.asked_at + timedelta(days=45)
        while at < end:
            at = next((back for down, back in standing_still if down <= at < back), at)
            while (step := next_step(one.standing(at), LADDER, at=at)) and step.at <= at:
                if step.rung is None:
                    one.escalated_at = at
                else:
                    one.chases.append((step.rung, at))
            yield one, at
            if one.standing(at).has_ended:
                break
            at += TICK
