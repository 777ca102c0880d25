"""A provider's webhook: signed, stored before it is acknowledged, read by the same path as every other mail."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from typing import TYPE_CHECKING, Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from comptoir.conversations.models import Message, MessageAttachment
from comptoir.correspondence.models import InboundMail, State, Transport
from comptoir.correspondence.reading import read
from tests.correspondence.letters import PDF, SERVER
from tests.world import NOW

if TYPE_CHECKING:
    from django.http import HttpResponse
    from pytest_django.fixtures import SettingsWrapper

    from comptoir.conversations.models import Conversation
    from comptoir.people.models import Membership

pytestmark = pytest.mark.django_db
KEY, SECRET = "key-of-the-provider", "post:geheim"


@pytest.fixture
def mailgun(settings: SettingsWrapper) -> None:
    settings.MAIL_IN_PROVIDER = "mailgun"
    settings.ANYMAIL = {"MAILGUN_WEBHOOK_SIGNING_KEY": KEY}


@pytest.fixture
def postmark(settings: SettingsWrapper) -> None:
    settings.MAIL_IN_PROVIDER = "postmark"
    settings.ANYMAIL = {"WEBHOOK_SECRET": SECRET}


def signed(sender: str, recipient: str, *, key: str = KEY) -> dict[str, Any]:
    """As Mailgun posts it, its own file names of attachments included."""
    stamp, token = "1793450000", "a" * 50
    headers = [
        ["Authentication-Results", f"{SERVER}; dmarc=pass header.from={sender.rpartition('@')[2]}"],
        ["From", f"Sophie Renard <{sender}>"],
        ["To", recipient],
        ["Subject", "Re: Nouveau message à propos de l’année"],
        ["Message-Id", "<abc@mail.example>"],
        ["Date", "Thu, 12 Nov 2026 09:30:00 +0100"],
    ]
    return {
        "timestamp": stamp,
        "token": token,
        "signature": hmac.new(key.encode(), f"{stamp}{token}".encode(), hashlib.sha256).hexdigest(),
        "sender": sender,
        "recipient": recipient,
        "message-headers": json.dumps(headers),
        "body-plain": "C’est professionnel.\n\n> cité",
        "attachment-count": "1",
        "attachment-1": SimpleUploadedFile("facture.pdf", PDF, content_type="application/pdf"),
    }


def posted(data: Any, **more: Any) -> HttpResponse:
    return Client(enforce_csrf_checks=True).post(reverse("mail_in"), data, **more)


@pytest.mark.usefixtures("mailgun")
def test_a_signed_call_becomes_one_message(sophie: Membership, talk: Conversation, address: str) -> None:
    for _ in range(2):  # a provider that got no answer comes again
        assert posted(signed(sophie.person.email, address)).status_code == 200
    rows = list(InboundMail.objects.order_by("pk"))
    assert {(row.state, row.transport, row.recipient) for row in rows} == {
        (State.NEW, Transport.WEBHOOK, address)
    }
    for row in rows:
        read(row.pk, at=NOW)
    said = Message.objects.of(talk.pk).filter(kind="text").order_by("position")
    assert [message.body for message in said][1:] == ["C’est professionnel."]
    assert said[1].author_id == sophie.pk
    assert [one.attachment.name for one in MessageAttachment.objects.all()] == ["facture.pdf"]


@pytest.mark.usefixtures("mailgun")
def test_a_call_that_nobody_signed_stores_nothing(sophie: Membership, address: str) -> None:
    wrong = signed(sophie.person.email, address, key="guessed")
    without = {name: value for name, value in signed(sophie.person.email, address).items() if name != "token"}
    assert [posted(data).status_code for data in (wrong, without, {})] == [403, 403, 403]
    assert not InboundMail.objects.exists()


def parsed(sender: str, recipient: str, *, size: int = 10) -> dict[str, Any]:
    """As Postmark posts it."""
    scan = {
        "Name": "scan.pdf",
        "ContentType": "application/pdf",
        "Content": base64.b64encode(PDF + b"%" * size).decode(),
    }
    result = f"{SERVER}; dmarc=pass header.from={sender.rpartition('@')[2]}"
    return {
        "FromFull": {"Email": sender, "Name": "Sophie"},
        "ToFull": [{"Email": recipient, "Name": ""}],
        "OriginalRecipient": recipient,
        "Subject": "Re: Nouveau message",
        "Date": "Thu, 12 Nov 2026 09:30:00 +0100",
        "TextBody": "Privée.",
        "Headers": [{"Name": "Authentication-Results", "Value": result}],
        "Attachments": [scan],
    }


def by_json(data: dict[str, Any], *, secret: str = SECRET) -> HttpResponse:
    said = {"Authorization": f"Basic {base64.b64encode(secret.encode()).decode()}"} if secret else {}
    return posted(json.dumps(data), content_type="application/json", headers=said)


@pytest.mark.usefixtures("postmark")
def test_by_password_and_larger_than_a_form(sophie: Membership, address: str) -> None:
    assert by_json(parsed(sophie.person.email, address, size=4_000_000)).status_code == 200
    row = InboundMail.objects.get()
    read(row.pk, at=NOW)
    row.refresh_from_db()
    assert (row.state, [file["name"] for file in row.files]) == (State.POSTED, ["scan.pdf"])


@pytest.mark.usefixtures("postmark")
def test_without_the_password_nothing_is_stored(
    sophie: Membership, address: str, settings: SettingsWrapper
) -> None:
    mail = parsed(sophie.person.email, address)
    assert [by_json(mail, secret=secret).status_code for secret in ("", "post:guessed")] == [403, 403]
    settings.ANYMAIL = {}  # the operator forgot it: nobody gets in, rather than everybody
    assert by_json(mail).status_code == 403
    assert not InboundMail.objects.exists()


@pytest.mark.usefixtures("postmark")
def test_too_large_is_refused(sophie: Membership, address: str, settings: SettingsWrapper) -> None:
    settings.MAIL_IN_BYTES = 100_000
    assert by_json(parsed(sophie.person.email, address, size=200_000)).status_code == 413
    assert not InboundMail.objects.exists()


@pytest.mark.usefixtures("postmark")
def test_missing_where_no_mail_comes_in(sophie: Membership, address: str, settings: SettingsWrapper) -> None:
    mail = parsed(sophie.person.email, address)
    settings.MAIL_IN = ""
    assert by_json(mail).status_code == 404
    settings.MAIL_IN, settings.MAIL_IN_PROVIDER = "in.talmont.example", "brevo"  # makes us fetch the files
    assert by_json(mail).status_code == 404
