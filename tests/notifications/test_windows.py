"""A week of somebody's messages, minute by minute, as the outbox lives it: what leaves when, and with what."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from hypothesis import given, settings
from hypothesis import strategies as st

from comptoir.notifications.routing import EMAIL, MONDAY_TO_FRIDAY, PAUSE, Reading, Said, leaving, route
from tests.notifications.test_routing import CLOCKS, HERS, STAFF, Wishes

if TYPE_CHECKING:
    from comptoir.notifications.routing import Plan

BEGIN = datetime(2026, 3, 26, 12, tzinfo=UTC)  # its Sunday has twenty-three hours
STEP = timedelta(minutes=10)
A_WEEK = timedelta(days=8)


@dataclass
class Letter:
    """A message on its way; `member` is the membership to which it came."""

    said: Said
    wishes: Wishes
    seen_at: datetime | None = None


@dataclass
class Post:
    letters: list[Letter]
    mailed: list[tuple[datetime, list[Letter]]] = field(default_factory=list)

    def run(self) -> None:
        now = BEGIN
        while now < BEGIN + A_WEEK:
            self.look(now)
            now += STEP

    def look(self, now: datetime) -> None:
        waiting = [(letter, plan) for letter in self.letters if (plan := self.plan(letter, now))]
        go = leaving([(letter.wishes, plan) for letter, plan in waiting], now=now)
        gone = [letter for (letter, _), goes in zip(waiting, go, strict=True) if goes]
        if gone:
            self.mailed.append((now, gone))

    def plan(self, letter: Letter, now: datetime) -> Plan | None:
        told = {id(one) for _, gone in self.mailed for one in gone}
        if letter.said.sent_at > now or id(letter) in told:
            return None
        reading = Reading(
            has_seen=letter.seen_at is not None and letter.seen_at <= now,
            mailed_at=self.mailed[-1][0] if self.mailed else None,
        )
        plans = route(letter.said, letter.wishes, reading, now=now)
        return next((plan for plan in plans if plan.channel == EMAIL), None)


MINUTES = st.integers(0, 4 * 24 * 60).map(lambda minutes: timedelta(minutes=minutes))
QUIET = st.none() | st.tuples(CLOCKS, CLOCKS)


def as_wished(quiet: object, *, staff: bool) -> Wishes:
    wishes = STAFF if staff else HERS
    return Wishes(**{**wishes.__dict__, "quiet": quiet})


@st.composite
def letters(draw: st.DrawFn, *, staff: bool) -> list[Letter]:
    wishes = as_wished(draw(QUIET), staff=staff)
    found = []
    for after in draw(st.lists(MINUTES, min_size=1, max_size=8)):
        sent = BEGIN + after
        seen = draw(st.none() | MINUTES.map(lambda more, sent=sent: sent + more))
        found.append(Letter(Said(sent, is_urgent=draw(st.booleans())), wishes, seen))
    return found


@settings(max_examples=40, deadline=None)
@given(talk=letters(staff=False))
def test_one_mail_in_a_window(talk: list[Letter]) -> None:
    post = Post(talk)
    post.run()
    for (before, _), (after, gone) in zip(post.mailed, post.mailed[1:], strict=False):
        assert after - before >= (PAUSE if any(one.said.is_urgent for one in gone) else HERS.delay)


@settings(max_examples=40, deadline=None)
@given(talk=letters(staff=False))
def test_what_stays_unread_is_told_once_and_nothing_else_is(talk: list[Letter]) -> None:
    post = Post(talk)
    post.run()
    told = [id(one) for _, gone in post.mailed for one in gone]
    assert len(told) == len(set(told))
    for at, gone in post.mailed:
        assert all(one.seen_at is None or one.seen_at > at for one in gone)
        assert not HERS.is_quiet(at.astimezone(HERS.zone).time())
    assert {id(one) for one in talk if one.seen_at is None} <= set(told)


@settings(max_examples=40, deadline=None)
@given(talk=letters(staff=True))
def test_the_staff_hear_of_the_ordinary_once_a_working_day(talk: list[Letter]) -> None:
    post = Post(talk)
    post.run()
    ordinary = [at for at, gone in post.mailed if not any(one.said.is_urgent for one in gone)]
    days = [at.astimezone(STAFF.zone).date() for at in ordinary]
    assert len(days) == len(set(days))
    for at in (at for at, _ in post.mailed):
        assert MONDAY_TO_FRIDAY >> at.astimezone(STAFF.zone).weekday() & 1


def test_an_outage_of_a_day_ends_in_one_mail() -> None:
    talk = [Letter(Said(BEGIN + timedelta(minutes=10 * n)), HERS) for n in range(100)]
    post = Post(talk)
    post.look(BEGIN + timedelta(days=1))
    [(_, gone)] = post.mailed
    assert len(gone) == 100


def test_a_digest_is_not_broken_open_for_another_membership() -> None:
    hers, staff = Letter(Said(BEGIN), HERS), Letter(Said(BEGIN), STAFF)
    post = Post([hers, staff])
    post.run()
    assert [[one is hers for one in gone] for _, gone in post.mailed] == [[True], [False]]
