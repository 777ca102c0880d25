"""A thousand removals of access that race with messages and mails: whoever was removed before is told nothing after."""

from __future__ import annotations

import random
from datetime import timedelta
from itertools import pairwise
from threading import Event, Thread
from time import monotonic, sleep
from typing import TYPE_CHECKING

import pytest
from django.db import connection

from comptoir.core.ids import new_id
from comptoir.live.broker import broker
from comptoir.notifications.announcing import work_announcements_off
from comptoir.notifications.delivering import deliver_mails
from comptoir.notifications.models import Delivery, State
from comptoir.people.actions.memberships import end_membership
from comptoir.people.models import Membership, Person
from comptoir.people.profiles import Profile
from tests.world import NOW, begin, fresh, say

if TYPE_CHECKING:
    from collections.abc import Callable
    from uuid import UUID

    from comptoir.conversations.models import Conversation
    from tests.notifications.smtp_server import Mailbox
    from tests.world import Cast

DUE = NOW + timedelta(hours=2)
MUCH_LATER = NOW + timedelta(days=2)
REMOVALS = 1000
SEED = 20261124
A_MESSAGE_EACH = 250  # removals
# SQLite has one writer, and whoever waits for it must come in between two removals.
WORKERS, PAUSE = (1, 0.005) if connection.vendor == "sqlite" else (2, 0.0)


class Race:
    """An accountant writes, an administrator removes, workers tell: all at once. Notes the moment of each."""

    def __init__(self, cast: Cast, talk: Conversation, crowd: list[Membership]) -> None:
        self.cast, self.talk, self.crowd = cast, talk, crowd
        self.over = Event()
        self.written: dict[UUID, float] = {}  # when writing it began
        self.ended: dict[UUID, float] = {}  # when it was done
        self.began = monotonic()

    def run(self) -> None:
        work_announcements_off(now=NOW)
        doings = [self.write, *[self.tell] * WORKERS]
        threads = [Thread(target=self._until_over, args=[doing]) for doing in doings]
        for thread in threads:
            thread.start()
        try:
            self.remove()
        finally:
            self.over.set()
            for thread in threads:
                thread.join()

    def _until_over(self, doing: Callable[[], None]) -> None:
        try:
            while not self.over.is_set():
                doing()
        finally:
            connection.close()

    def write(self) -> None:
        self.over.wait(0.05)
        if len(self.ended) >= A_MESSAGE_EACH * len(self.written):
            at = monotonic()
            self.written[say(self.talk, fresh(self.cast.accountant), "Encore").pk] = at

    def tell(self) -> None:
        work_announcements_off(now=NOW)
        deliver_mails(lambda: DUE, at_most=0.5)
        self.over.wait(0.1)

    def remove(self) -> None:
        by = fresh(self.cast.admin)
        order = list(self.crowd)
        random.Random(SEED).shuffle(order)  # noqa: S311 -- repeatable, no secret
        for one in order:
            end_membership(one.pk, by=by, at=NOW)
            self.ended[one.pk] = monotonic()
            sleep(PAUSE)


@pytest.fixture
def crowd(transactional_db: None, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> list[Membership]:
    """A thousand clients of the bakery."""
    monkeypatch.setattr(broker(), "bus", None)
    people = Person.objects.bulk_create(
        [Person(email=f"crowd{n}@demo.example", name=f"Client {n}") for n in range(REMOVALS)]
    )
    return Membership.objects.bulk_create(
        [
            Membership(
                id=new_id(),
                person=person,
                office=cast.admin.office,
                company=cast.bakery,
                profile=Profile.FULL_ACCESS,
                joined_at=NOW,
            )
            for person in people
        ]
    )


def test_a_thousand_removals(mailbox: Mailbox, cast: Cast, crowd: list[Membership]) -> None:
    race = Race(cast, begin(fresh(cast.accountant), cast.bakery).conversation, crowd)
    race.run()
    emails = {one.person.email: one.pk for one in crowd}
    told = [email for email in mailbox.recipients if email in emails]

    assert len(told) == len(set(told))
    assert 0 < len(told) < REMOVALS, "They did not race."
    assert len(race.written) > 2
    assert late_rows(race) == []
    assert late_mails(race, mailbox, emails) == []

    # What is left of the outbox is put away without another mail; each takes its time, so some of it are enough.
    work_announcements_off(now=MUCH_LATER)
    deliver_mails(lambda: MUCH_LATER, at_most=3.0)
    assert Delivery.objects.filter(member__in=crowd, state=State.SKIPPED).count() > REMOVALS / 20
    assert [email for email in mailbox.recipients if email in emails] == told
    print(f"{REMOVALS} removals, {len(told)} told before theirs, nobody after")  # noqa: T201 -- the figure that is published


def late_rows(race: Race) -> list[tuple[UUID, UUID]]:
    """Not even a row of the outbox for what was written after somebody's removal."""
    rows = Delivery.objects.filter(member__in=race.crowd).values_list("member", "message")
    return [(who, what) for who, what in rows if race.written.get(what, 0.0) > race.ended[who]]


def late_mails(race: Race, mailbox: Mailbox, emails: dict[str, UUID]) -> list[str]:
    """A worker looks at the next person after it handed over the mail before: a removal by then must have stopped it."""
    late = []
    for line in mailbox.lines.values():
        for (_, at), (email, _) in pairwise([("", race.began), *line]):
            if email in emails and race.ended[emails[email]] < at:
                late.append(email)
    return late
