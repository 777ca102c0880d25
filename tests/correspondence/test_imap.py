"""A real Dovecot: mails are fetched, moved away after the commit, and waited for by IDLE; outages pass."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest

from comptoir.correspondence.fetching import mailbox_state
from comptoir.correspondence.models import InboundMail, Transport
from comptoir.ops.incoming.imap import Fetcher, Mailbox, fetch, mailbox_at, make_folder
from tests.correspondence.imap_account import PORT, Account
from tests.correspondence.letters import Mail
from tests.notifications.smtp_server import free_port

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from comptoir.people.models import Membership

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(not PORT, reason="bin/test starts the IMAP server."),
]
PATIENCE = 60.0


@pytest.fixture
def account() -> Iterator[Account]:
    made = Account()
    yield made
    made.client.logout()


@pytest.fixture
def mailbox(account: Account) -> Mailbox:
    return mailbox_at(account.address)


def until(happens: Callable[[], object]) -> None:
    end = time.monotonic() + PATIENCE
    while not happens():
        assert time.monotonic() < end
        time.sleep(0.2)


def test_fetched_once_and_moved_away(
    account: Account, mailbox: Mailbox, sophie: Membership, address: str
) -> None:
    account.put(Mail(sophie.person.email, f"Talmont <{address}>").bytes())
    account.put(b"Subject: to nobody\r\n\r\nHello\r\n")
    box = mailbox.open()
    make_folder(box, "Comptoir")
    assert fetch(box, done="Comptoir") == 2
    assert fetch(box, done="Comptoir") == 0
    assert (account.count("INBOX"), account.count("Comptoir")) == (0, 2)
    assert set(InboundMail.objects.values_list("recipient", "transport")) == {
        (address, Transport.IMAP),
        ("", Transport.IMAP),
    }
    box.logout()


def test_a_crash_before_it_was_moved_changes_nothing(
    account: Account, mailbox: Mailbox, sophie: Membership, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    account.put(Mail(sophie.person.email, address).bytes())
    box = mailbox.open()
    make_folder(box, "Comptoir")
    with monkeypatch.context() as broken:
        broken.setattr(box, "move", lambda *_: 1 / 0)  # the process ends here
        with pytest.raises(ZeroDivisionError):
            fetch(box, done="Comptoir")
    assert account.count("INBOX") == 1
    assert fetch(box, done="Comptoir") == 1
    assert InboundMail.objects.count() == 1
    box.logout()


def test_idle_tells_of_a_new_one(
    account: Account, mailbox: Mailbox, sophie: Membership, address: str
) -> None:
    watching = Fetcher(mailbox, done="Comptoir")
    watching.start()
    until(lambda: mailbox_state().last_ok_at)
    time.sleep(1)  # it looks, then it waits
    began = time.monotonic()
    account.put(Mail(sophie.person.email, address).bytes())
    until(InboundMail.objects.exists)
    assert time.monotonic() - began < 20  # the next look by itself would come after a minute
    until(lambda: account.count("Comptoir") == 1)
    watching.stop()


def test_a_server_that_is_away_is_tried_again_and_seen_to_be(mailbox: Mailbox) -> None:
    gone = Mailbox("imap", "127.0.0.1", free_port(), "x", "secret", "INBOX")
    watching = Fetcher(gone, done="Comptoir")
    watching.start()
    until(lambda: mailbox_state().failing_since)
    object.__setattr__(gone, "port", mailbox.port)  # it comes back
    object.__setattr__(gone, "user", mailbox.user)
    until(lambda: mailbox_state().failing_since is None and mailbox_state().last_ok_at)
    watching.stop()


@pytest.mark.parametrize("wrong", ["https://x/", "imap+ssl:///INBOX", "mail.example"])
def test_an_address_that_is_none_is_named_at_the_start(wrong: str) -> None:
    with pytest.raises(ValueError, match="mailbox"):
        mailbox_at(wrong)
    assert mailbox_at("imap+ssl://a%40b:p%2Fw@mail.example").password == "p/w"
