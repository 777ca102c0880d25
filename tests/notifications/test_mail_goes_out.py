"""A message left unread becomes one e-mail, through a real SMTP server."""

from __future__ import annotations

from typing import TYPE_CHECKING

from comptoir.conversations.actions.receipt import mark_seen
from comptoir.notifications.models import Delivery, Mail, State
from comptoir.people.models import Purpose, Token
from tests.world import NOW, begin, say

if TYPE_CHECKING:
    from comptoir.people.models import Company, Membership
    from tests.notifications.conftest import Teller
    from tests.notifications.smtp_server import Mailbox


def test_unread_for_two_hours(
    mailbox: Mailbox, tell: Teller, accountant: Membership, sophie: Membership, bakery: Company
) -> None:
    talk = begin(accountant, bakery, to=sophie).conversation
    tell.after(minutes=1)
    tell.after(hours=1, minutes=59)
    assert mailbox.taken == []

    tell.after(hours=2)
    [mail] = mailbox.taken
    assert mailbox.recipients == [sophie.person.email]
    assert mail["To"] == sophie.person.email
    assert "https://talmont.example/open#" in mail.get_body(("plain",)).get_content()
    assert Token.objects.get(purpose=Purpose.ITEM).scope["conversation"] == str(talk.pk)
    tell.after(hours=9)
    assert len(mailbox.taken) == 1
    assert Delivery.objects.get().state == State.SENT
    assert Mail.objects.get().accepted_at is not None


def test_read_in_time(
    mailbox: Mailbox, tell: Teller, accountant: Membership, sophie: Membership, bakery: Company
) -> None:
    talk = begin(accountant, bakery, to=sophie).conversation
    tell.after(minutes=1)
    mark_seen(talk.pk, by=sophie, at=NOW)
    tell.after(hours=3)
    assert mailbox.taken == []
    assert Delivery.objects.get().state == State.SKIPPED


def test_the_tick_says_how(
    mailbox: Mailbox, tell: Teller, accountant: Membership, sophie: Membership, bakery: Company
) -> None:
    started = begin(accountant, bakery, to=sophie)
    sent_at = tell.after(hours=2)
    later = say(started.conversation, accountant, "Encore", at=sent_at)
    started.message.refresh_from_db()
    assert (started.message.state, started.message.delivered_how) == ("delivered", "mail")
    assert (started.message.delivered_to_id, started.message.delivered_at) == (sophie.pk, sent_at)
    later.refresh_from_db()
    assert later.state == "sent"
