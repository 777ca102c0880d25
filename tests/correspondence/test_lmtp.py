"""A mail server hands mails over by LMTP and SMTP: stored and committed before 250, 451 while that cannot be."""

from __future__ import annotations

import smtplib
from typing import TYPE_CHECKING

import pytest
from django.db import connections

from comptoir.core.worker import run_one
from comptoir.correspondence.models import InboundMail, RawMail, State, Transport
from comptoir.ops.incoming.lmtp import Endpoint
from tests.correspondence.letters import Mail
from tests.notifications.smtp_server import free_port

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_django.fixtures import SettingsWrapper

    from comptoir.people.models import Membership

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def port(cast: object) -> Iterator[int]:
    chosen = free_port()
    endpoint = Endpoint(f"127.0.0.1:{chosen}", transport=Transport.LMTP)
    endpoint.start()
    yield chosen
    endpoint.stop()


def handed_over(
    port: int, raw: bytes, *recipients: str, sender: str = "sophie@bakery.example"
) -> dict[str, object]:
    with smtplib.LMTP("127.0.0.1", port, timeout=30) as server:
        return dict(server.sendmail(sender, list(recipients), raw))


def test_stored_before_it_is_acknowledged(port: int, sophie: Membership, address: str) -> None:
    assert handed_over(port, Mail(sophie.person.email, address).bytes(), address) == {}
    row = InboundMail.objects.get()
    assert (row.state, row.recipient, row.transport) == (State.NEW, address, Transport.LMTP)
    while run_one("test"):
        pass
    row.refresh_from_db()
    assert row.state == State.POSTED


def test_twice_is_once(port: int, sophie: Membership, address: str) -> None:
    raw = Mail(sophie.person.email, address).bytes()
    handed_over(port, raw, address)
    handed_over(port, raw, address)
    assert (RawMail.objects.count(), InboundMail.objects.count()) == (1, 1)


def test_two_addresses_are_two_rows_of_one_mail(port: int, sophie: Membership, address: str) -> None:
    raw = Mail(sophie.person.email, address).bytes()
    other = f"d-{'a' * 26}@in.talmont.example"
    with smtplib.LMTP("127.0.0.1", port, timeout=30) as server:
        server.ehlo()
        server.mail(sophie.person.email)
        for one in (address, other.upper()):
            assert server.rcpt(one)[0] == 250
        assert server.data(raw)[0] == 250
        assert server.getreply()[0] == 250  # one answer for each
    assert (RawMail.objects.count(), InboundMail.objects.count()) == (1, 2)


def test_bytes_come_as_they_were(port: int, address: str) -> None:
    raw = b"From: a@b.example\r\nSubject: x\r\n\r\n.\r\n..dots\r\n" + b"x" * 5000 + b"\r\n\xe9\xff\r\n"
    handed_over(port, raw, address)
    assert RawMail.objects.get().content == raw


def test_what_is_not_ours_is_not_relayed(port: int) -> None:
    with smtplib.LMTP("127.0.0.1", port, timeout=30) as server:
        server.ehlo()
        server.mail("x@elsewhere.example")
        assert server.rcpt("someone@elsewhere.example")[0] == 550
        # A guess is taken, so that nobody learns which addresses there are.
        assert server.rcpt("guess@in.talmont.example")[0] == 250
        assert server.rcpt("comptoir@localhost")[0] == 250  # our own sender: reports come back to it


def test_too_large_is_refused_for_good(port: int, address: str, settings: SettingsWrapper) -> None:
    settings.MAIL_IN_BYTES = 1000
    with pytest.raises(smtplib.SMTPResponseException) as refused:
        handed_over(port, b"Subject: x\r\n\r\n" + b"x\r\n" * 1000, address)
    assert refused.value.smtp_code == 552


def test_while_the_database_is_away_the_server_keeps_it(
    port: int, sophie: Membership, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    raw = Mail(sophie.person.email, address).bytes()
    known = connections.settings["default"]["NAME"]
    monkeypatch.setitem(connections.settings["default"], "NAME", "/nonexistent/database")
    with pytest.raises(smtplib.SMTPResponseException) as refused:
        handed_over(port, raw, address)
    assert refused.value.smtp_code == 451
    monkeypatch.setitem(connections.settings["default"], "NAME", known)
    assert handed_over(port, raw, address) == {}
    assert InboundMail.objects.count() == 1


def test_smtp_does_as_well(cast: object, sophie: Membership, address: str) -> None:
    chosen = free_port()
    endpoint = Endpoint(f"127.0.0.1:{chosen}", transport=Transport.SMTP)
    endpoint.start()
    with smtplib.SMTP("127.0.0.1", chosen, timeout=30) as server:
        server.sendmail(sophie.person.email, [address], Mail(sophie.person.email, address).bytes())
    endpoint.stop()
    assert InboundMail.objects.get().transport == Transport.SMTP
