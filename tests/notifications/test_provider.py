"""A provider's own interface, by django-anymail: with a provider of the test's own, over real HTTP."""

from __future__ import annotations

import json
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import TYPE_CHECKING, Any

import pytest

from comptoir.notifications.announcing import work_announcements_off
from comptoir.notifications.delivering import deliver_mails, note_arrival
from comptoir.notifications.models import AddressState, Delivery, Mail, MailServer, State
from tests.world import NOW, begin

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_django.fixtures import SettingsWrapper

    from comptoir.conversations.models import Message
    from comptoir.people.models import Company, Membership

DUE = NOW + timedelta(hours=2)


class Provider(ThreadingHTTPServer):
    """Speaks as Postmark does."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.asked: list[dict[str, Any]] = []
        self.status = 200
        self.answer: dict[str, Any] = {"ErrorCode": 0, "Message": "OK", "MessageID": "1"}


class Handler(BaseHTTPRequestHandler):
    server: Provider

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.asked.append(body)
        answer = json.dumps({"To": body["To"], "SubmittedAt": "2026-11-12", **self.server.answer}).encode()
        self.send_response(self.server.status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, *_: object) -> None:
        """Quiet."""


@pytest.fixture
def provider(settings: SettingsWrapper) -> Iterator[Provider]:
    server = Provider()
    Thread(target=server.serve_forever, daemon=True).start()
    settings.EMAIL_BACKEND = "anymail.backends.postmark.EmailBackend"
    settings.ANYMAIL = {
        "POSTMARK_SERVER_TOKEN": "secret",
        "POSTMARK_API_URL": f"http://127.0.0.1:{server.server_port}/",
    }
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture
def message(accountant: Membership, sophie: Membership, bakery: Company) -> Message:
    return begin(accountant, bakery, to=sophie).message


def tell() -> Delivery:
    work_announcements_off(now=NOW)
    deliver_mails(lambda: DUE)
    return Delivery.objects.get()


def test_taken_is_not_yet_arrived(provider: Provider, message: Message, sophie: Membership) -> None:
    assert tell().state == State.SENT
    [asked] = provider.asked
    assert asked["To"] == sophie.person.email
    assert asked["Subject"] == "Nouveau message · Fiduciaire Talmont"
    headers = {one["Name"]: one["Value"] for one in asked["Headers"]}
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    message.refresh_from_db()
    assert message.state == "sent"

    mail = Mail.objects.get()
    for _ in range(2):
        note_arrival(mail.pk, at=DUE + timedelta(minutes=1))
    message.refresh_from_db()
    assert (message.delivered_how, message.delivered_at) == ("mail", DUE + timedelta(minutes=1))


@pytest.mark.parametrize("status", [401, 429, 500, 503])
def test_a_provider_that_is_away(provider: Provider, message: Message, status: int) -> None:
    provider.status = status
    row = tell()
    assert (row.state, row.attempts) == (State.WAITING, 0)
    assert str(status) in MailServer.objects.get().last_error


def test_a_mail_that_it_does_not_want(provider: Provider, message: Message) -> None:
    provider.status, provider.answer = 422, {"ErrorCode": 300, "Message": "Invalid sender"}
    assert tell().state == State.DEAD


def test_a_recipient_that_it_does_not_want(provider: Provider, message: Message, sophie: Membership) -> None:
    provider.status = 422
    provider.answer = {
        "ErrorCode": 406,
        "Message": "You tried to send to recipient(s) that have been marked as inactive. Found inactive addresses: "
        f"{sophie.person.email}. Inactive recipients are ones that have generated a hard bounce or a spam complaint.",
    }
    assert tell().state == State.DEAD
    assert AddressState.objects.filter(pk=sophie.person_id).exists()
