"""Several workers, and workers that are killed: each person is told once, and nobody is forgotten."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from threading import Thread
from time import monotonic
from typing import TYPE_CHECKING

import pytest
from django.db import connection

from comptoir.live.broker import broker
from comptoir.notifications import outbox
from comptoir.notifications.announcing import work_announcements_off
from comptoir.notifications.delivering import deliver_mails
from comptoir.notifications.models import Delivery, Mail, State
from comptoir.notifications.sending import Outcome, Post
from comptoir.ops.cast import join
from comptoir.people.actions.memberships import end_membership
from comptoir.people.profiles import Profile
from tests.conversations.threads import at_once
from tests.world import NOW, begin, fresh, say

if TYPE_CHECKING:
    from django.core.mail import EmailMessage

    from comptoir.people.models import Membership
    from tests.notifications.conftest import Teller
    from tests.notifications.smtp_server import Mailbox
    from tests.world import Cast

DUE = NOW + timedelta(hours=2)


class Killed(BaseException):
    """As `kill -9` leaves the database: what was committed is there, and nothing else happens."""


@pytest.mark.django_db
@pytest.mark.parametrize("handed_over", [False, True])
def test_a_worker_killed_beside_the_mail(
    mailbox: Mailbox, tell: Teller, cast: Cast, monkeypatch: pytest.MonkeyPatch, *, handed_over: bool
) -> None:
    hand_over = Post.hand_over

    def dies(post: Post, mail: EmailMessage) -> Outcome:
        if handed_over:
            hand_over(post, mail)
        raise Killed

    talk = begin(fresh(cast.accountant), cast.bakery, to=fresh(cast.client)).conversation
    with monkeypatch.context() as patched:
        patched.setattr(Post, "hand_over", dies)
        with pytest.raises(Killed):
            tell.at(DUE)
    say(talk, fresh(cast.accountant), "Encore", at=DUE)
    tell.at(DUE + timedelta(minutes=1))
    assert len(mailbox.taken) == handed_over
    tell.at(DUE + outbox.LEASE)
    tell.at(DUE + timedelta(hours=3))
    ids = [mail["Message-ID"] for mail in mailbox.taken]
    assert len(set(ids)) == 2  # the first message's, twice where it may have arrived, and the second's
    assert len(ids) == (3 if handed_over else 2)
    assert Delivery.objects.filter(state=State.SENT).count() == 2


@pytest.fixture
def crowd(transactional_db: None, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> list[Membership]:
    """Twelve clients of the bakery, each with two messages that are due."""
    monkeypatch.setattr(broker(), "bus", None)
    people = [
        fresh(
            join(
                f"crowd{n}@demo.example",
                f"Client {n}",
                Profile.FULL_ACCESS,
                by=fresh(cast.admin),
                at=NOW - timedelta(days=1),
                password="!",
                company=cast.bakery,
            )
        )
        for n in range(12)
    ]
    for one in people:
        talk = begin(fresh(cast.accountant), cast.bakery, to=one).conversation
        say(talk, fresh(cast.accountant), "Encore")
    return people


def work() -> None:
    try:
        work_announcements_off(now=NOW)
        deliver_mails(lambda: DUE)
    finally:
        connection.close()


def test_four_workers(mailbox: Mailbox, crowd: list[Membership]) -> None:
    at_once([work] * 4)
    at_once([work] * 2)  # what lay in somebody's hands
    assert Counter(mailbox.recipients) == Counter(one.person.email for one in crowd)
    assert Counter(Delivery.objects.values_list("state", flat=True)) == {State.SENT: 24}
    assert Mail.objects.filter(accepted_at__isnull=False).count() == 12


def test_access_that_ends_while_mails_go_out(mailbox: Mailbox, cast: Cast, crowd: list[Membership]) -> None:
    """Whoever's access had ended when the mails before theirs were still going out is told nothing."""
    mailbox.delay = 0.02
    arrived: dict[str, float] = {}
    mailbox.while_data = lambda: arrived.update(
        {address: monotonic() for address in mailbox.asked if address not in arrived}
    )
    worker = Thread(target=work)
    worker.start()
    ended: dict[str, float] = {}
    for one in reversed(crowd):
        end_membership(one.pk, by=fresh(cast.admin), at=NOW)
        ended[one.person.email] = monotonic()
    worker.join()
    late = {address for address in arrived if arrived[address] > ended[address] + 0.1}
    assert late == set()
    assert len(arrived) < len(crowd)
    assert Delivery.objects.filter(state=State.SENT).count() == 2 * len(mailbox.recipients)
