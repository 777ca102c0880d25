"""A mail server that refuses, drops the line, falls silent or is away: nothing is lost, and nothing comes twice."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from comptoir.notifications import outbox
from comptoir.notifications.models import AddressState, Channel, Delivery, Mail, MailServer, State
from tests.world import NOW, begin, say

if TYPE_CHECKING:
    from email.message import EmailMessage

    from comptoir.people.models import Company, Membership
    from tests.notifications.conftest import Teller
    from tests.notifications.smtp_server import Mailbox

DUE = NOW + timedelta(hours=2)
LINK = re.compile(r"#\S+\s+Code.*")


@pytest.fixture
def waiting(
    mailbox: Mailbox, tell: Teller, accountant: Membership, sophie: Membership, bakery: Company
) -> Delivery:
    """One message to Sophie alone, of which she is to be told in two hours."""
    begin(accountant, bakery, to=sophie)
    tell.at(NOW)
    return Delivery.objects.get()


def now_of(row: Delivery) -> Delivery:
    row.refresh_from_db()
    return row


def test_refused_for_now(mailbox: Mailbox, tell: Teller, waiting: Delivery, sophie: Membership) -> None:
    mailbox.refuse_rcpt[sophie.person.email] = "451 4.7.1 Greylisted, come back"
    tell.at(DUE)
    row = now_of(waiting)
    assert (row.state, row.attempts, row.due_at) == (State.WAITING, 1, DUE + timedelta(minutes=1))
    assert row.last_error == "451 4.7.1 Greylisted, come back"
    assert AddressState.objects.count() == 0

    mailbox.refuse_rcpt.clear()
    tell.at(DUE + timedelta(seconds=59))
    assert mailbox.taken == []
    tell.at(DUE + timedelta(seconds=60))
    assert len(mailbox.taken) == 1
    assert now_of(waiting).state == State.SENT


def test_given_up_after_five_days(mailbox: Mailbox, tell: Teller, waiting: Delivery) -> None:
    mailbox.refuse_data = "450 4.3.0 Later"
    at, tries = DUE, 0
    while now_of(waiting).state == State.WAITING:
        tell.at(at)
        at, tries = max(at, now_of(waiting).due_at), tries + 1
    row = now_of(waiting)
    assert row.state == State.DEAD
    assert timedelta(days=5) <= at - DUE < timedelta(days=5, hours=9)
    assert 25 < tries < 45
    assert row.last_error == "450 4.3.0 Later"


def test_an_address_that_is_not_there(  # noqa: PLR0917 -- its cast
    mailbox: Mailbox,
    tell: Teller,
    waiting: Delivery,
    accountant: Membership,
    sophie: Membership,
    bakery: Company,
) -> None:
    mailbox.refuse_rcpt[sophie.person.email] = "550 5.1.1 No such user here"
    tell.at(DUE)
    assert now_of(waiting).state == State.DEAD
    state = AddressState.objects.get(pk=sophie.person_id)
    assert (state.bounced_at, state.reason) == (DUE, "550 5.1.1 No such user here")
    assert Mail.objects.get().bounced_at == DUE

    mailbox.refuse_rcpt.clear()
    begin(accountant, bakery, to=sophie, at=DUE)
    tell.at(DUE)
    tell.at(DUE + timedelta(hours=3))
    assert mailbox.taken == []
    assert set(Delivery.objects.values_list("state", flat=True)) == {State.DEAD, State.SKIPPED}


@pytest.mark.parametrize("answer", ["554 5.7.1 We do not like this", "552 5.3.4 Too large"])
def test_a_mail_that_is_refused_for_good(
    mailbox: Mailbox, tell: Teller, waiting: Delivery, answer: str
) -> None:
    mailbox.refuse_data = answer
    tell.at(DUE)
    assert (now_of(waiting).state, now_of(waiting).last_error) == (State.DEAD, answer)
    assert AddressState.objects.count() == 0


def without_links(mail: EmailMessage) -> str:
    """Their secrets are kept nowhere, so a mail that goes again has others; both open."""
    found, times = LINK.subn("", mail.get_body(("plain",)).get_content())
    assert times == 1
    return found


def test_dropped_after_data(
    mailbox: Mailbox, tell: Teller, waiting: Delivery, accountant: Membership
) -> None:
    """Nobody can know whether it was taken. It goes again as it was, under the same id, so that programs show one."""
    mailbox.drop_after_data = True
    tell.at(DUE)
    assert now_of(waiting).state == State.WAITING
    say(waiting.conversation, accountant, "Encore une chose", at=DUE)

    mailbox.drop_after_data = False
    tell.at(DUE + timedelta(minutes=1))
    first, second = mailbox.taken
    assert first["Message-ID"] == second["Message-ID"] == f"<{Mail.objects.get().pk}@talmont.example>"
    assert without_links(first) == without_links(second)
    tell.at(DUE + timedelta(hours=3))
    assert len(mailbox.taken) == 3
    assert mailbox.taken[2]["Message-ID"] != first["Message-ID"]
    assert Delivery.objects.filter(state=State.SENT).count() == 2


def test_a_worker_that_is_killed(
    mailbox: Mailbox, tell: Teller, waiting: Delivery, sophie: Membership
) -> None:
    """Before it sent anything: its rows are free again when its lease has run out."""
    taken = outbox.lease(sophie.person_id, sophie.office_id, channel=Channel.EMAIL, now=DUE)
    assert [row.pk for row in taken] == [waiting.pk]
    tell.at(DUE + timedelta(minutes=1))
    assert mailbox.taken == []
    tell.at(DUE + outbox.LEASE)
    assert len(mailbox.taken) == 1
    tell.at(DUE + timedelta(days=1))
    assert len(mailbox.taken) == 1


def test_a_worker_that_came_back_too_late(
    mailbox: Mailbox, tell: Teller, waiting: Delivery, sophie: Membership
) -> None:
    taken = outbox.lease(sophie.person_id, sophie.office_id, channel=Channel.EMAIL, now=DUE)
    tell.at(DUE + outbox.LEASE)
    outbox.try_later(taken, error="Late", at=DUE + outbox.LEASE)
    assert now_of(waiting).state == State.SENT


def test_a_server_that_is_away_for_a_day(  # noqa: PLR0917 -- its cast
    mailbox: Mailbox,
    tell: Teller,
    waiting: Delivery,
    accountant: Membership,
    sophie: Membership,
    bakery: Company,
) -> None:
    mailbox.stop()
    begin(accountant, bakery)  # to both of the bakery
    at = DUE
    for _ in range(24):
        tell.at(at)
        at += timedelta(hours=1)
        say(waiting.conversation, accountant, "Et encore", at=at - timedelta(hours=4))
    server = MailServer.objects.get()
    assert server.failing_since == DUE
    assert "refused" in server.last_error
    assert Delivery.objects.filter(state=State.DEAD).count() == 0

    mailbox.start()
    tell.at(at)
    assert sorted(mailbox.recipients) == ["client@demo.example", "partner@demo.example"]
    assert Delivery.objects.exclude(state=State.SENT).count() == 0
    server.refresh_from_db()
    assert (server.failing_since, server.failures, server.last_ok_at) == (None, 0, at)


def test_back_within_two_minutes(mailbox: Mailbox, tell: Teller, waiting: Delivery) -> None:
    mailbox.stop()
    at = DUE
    while at < DUE + timedelta(minutes=10):
        tell.at(at)
        at += timedelta(seconds=20)
    assert MailServer.objects.get().failures < 15
    mailbox.start()
    for _ in range(6):
        tell.at(at)
        at += timedelta(seconds=20)
    assert len(mailbox.taken) == 1


def test_a_server_that_is_away_for_a_week(mailbox: Mailbox, tell: Teller, waiting: Delivery) -> None:
    mailbox.stop()
    tell.at(DUE)
    tell.at(DUE + timedelta(days=4, hours=23))
    assert now_of(waiting).state == State.WAITING
    tell.at(DUE + timedelta(days=5))
    assert now_of(waiting).state == State.DEAD
    assert "refused" in now_of(waiting).last_error


def test_our_own_address_is_refused(mailbox: Mailbox, tell: Teller, waiting: Delivery) -> None:
    """The operator's to repair, and no fault of the mail's: it waits for the server."""
    mailbox.refuse_mail = "550 5.7.1 Sender not allowed"
    tell.at(DUE)
    assert (now_of(waiting).state, now_of(waiting).attempts) == (State.WAITING, 0)
    assert MailServer.objects.get().last_error == "550 5.7.1 Sender not allowed"


def test_a_slow_server(mailbox: Mailbox, tell: Teller, waiting: Delivery) -> None:
    mailbox.delay = 1.0
    tell.at(DUE)
    assert now_of(waiting).state == State.SENT
    assert len(mailbox.taken) == 1


def test_a_server_that_falls_silent(mailbox: Mailbox, tell: Teller, waiting: Delivery) -> None:
    mailbox.delay = 4.0
    tell.at(DUE)
    assert now_of(waiting).state == State.WAITING
    mailbox.delay = 0
    tell.at(DUE + timedelta(minutes=1))
    assert len({mail["Message-ID"] for mail in mailbox.taken}) == 1
    assert now_of(waiting).state == State.SENT


def test_one_bad_address_keeps_nobody_else_waiting(  # noqa: PLR0917 -- its cast
    mailbox: Mailbox,
    tell: Teller,
    accountant: Membership,
    sophie: Membership,
    partner: Membership,
    bakery: Company,
) -> None:
    begin(accountant, bakery)
    mailbox.refuse_rcpt[sophie.person.email] = "451 Later"
    tell.at(NOW)
    tell.at(DUE)
    assert mailbox.recipients == [partner.person.email]
