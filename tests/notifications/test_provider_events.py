"""A provider's webhook about mails that left: proven, understood, and no more than what it says of our own mails."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client
from django.urls import reverse

from comptoir.activity.models import Event
from comptoir.core.ids import new_id
from comptoir.notifications.announcing import work_announcements_off
from comptoir.notifications.delivering import deliver_mails
from comptoir.notifications.models import AddressState, Mail
from tests.notifications.test_provider import DUE, message, provider  # noqa: F401 -- fixtures
from tests.world import NOW

if TYPE_CHECKING:
    from django.http import HttpResponse
    from pytest_django.fixtures import SettingsWrapper

    from comptoir.conversations.models import Message
    from comptoir.people.models import Membership
    from tests.notifications.test_provider import Provider

pytestmark = pytest.mark.django_db
SECRET = "post:geheim"


@pytest.fixture
def mail(provider: Provider, message: Message, settings: SettingsWrapper) -> Mail:  # noqa: F811 -- as above
    """One that Postmark took; it gives back what we sent along."""
    settings.MAIL_PROVIDER = "postmark"
    settings.ANYMAIL |= {"WEBHOOK_SECRET": SECRET}
    work_announcements_off(now=NOW)
    deliver_mails(lambda: DUE)
    sent = Mail.objects.get()
    assert provider.asked[0]["Metadata"] == {"mail": str(sent.pk)}
    return sent


def told(kind: str, mail: Mail | None, address: str, *, secret: str = SECRET, **more: Any) -> HttpResponse:
    """As Postmark posts it."""
    event = {"RecordType": kind, "Email": address, "Recipient": address, "MessageID": "1", **more}
    if mail is not None:
        event["Metadata"] = {"mail": str(mail.pk)}
    said = {"Authorization": f"Basic {base64.b64encode(secret.encode()).decode()}"} if secret else {}
    return Client(enforce_csrf_checks=True).post(
        reverse("mail_events"), json.dumps(event), content_type="application/json", headers=said
    )


def test_it_arrived(mail: Mail, message: Message, sophie: Membership) -> None:  # noqa: F811 -- as above
    message.refresh_from_db()
    assert message.state == "sent"
    for _ in range(2):
        assert told("Delivery", mail, sophie.person.email).status_code == 200
    message.refresh_from_db()
    assert (message.state, message.delivered_how) == ("delivered", "mail")


def test_it_arrived_at_somebody_elses(mail: Mail, message: Message, partner: Membership) -> None:  # noqa: F811 -- as above
    assert told("Delivery", mail, partner.person.email).status_code == 200
    message.refresh_from_db()
    assert message.state == "sent"


def test_it_came_back(mail: Mail, sophie: Membership) -> None:
    for _ in range(2):
        answer = told(
            "Bounce", mail, sophie.person.email.upper(), Type="HardBounce", Description="No such user"
        )
        assert answer.status_code == 200
    state = AddressState.objects.get(pk=sophie.person_id)
    assert (state.bounced_at is None, state.complained_at, state.reason) == (False, None, "No such user")
    mail.refresh_from_db()
    assert mail.bounced_at is not None
    assert Event.objects.filter(verb="address.failed").count() == 1


def test_its_reader_complained(mail: Mail, sophie: Membership) -> None:
    assert told("SpamComplaint", mail, sophie.person.email, Type="SpamComplaint").status_code == 200
    state = AddressState.objects.get(pk=sophie.person_id)
    assert (state.bounced_at, state.complained_at is None) == (None, False)


@pytest.mark.parametrize(
    "kind", ["SoftBounce", "Transient", "DnsError", "Blocked", "AutoResponder", "Unheard"]
)
def test_what_may_still_arrive(mail: Mail, sophie: Membership, kind: str) -> None:
    assert told("Bounce", mail, sophie.person.email, Type=kind).status_code == 200
    assert not AddressState.objects.exists()


def test_what_is_not_ours(mail: Mail, sophie: Membership) -> None:
    """Another program may send by the same account: its mails are none of ours, its recipients may be."""
    assert told("Bounce", None, "nobody@elsewhere.example", Type="HardBounce").status_code == 200
    assert told("Delivery", Mail(pk=new_id()), sophie.person.email).status_code == 200
    assert not AddressState.objects.exists()


@pytest.mark.parametrize("secret", ["", "post:guessed"])
def test_a_call_that_nobody_proves(mail: Mail, sophie: Membership, secret: str) -> None:
    answer = told("Bounce", mail, sophie.person.email, secret=secret, Type="HardBounce")
    assert (answer.status_code, AddressState.objects.count()) == (403, 0)


def test_an_operator_who_gave_no_password(mail: Mail, sophie: Membership, settings: SettingsWrapper) -> None:
    """Nobody gets in, rather than everybody."""
    del settings.ANYMAIL["WEBHOOK_SECRET"]
    answer = told("Bounce", mail, sophie.person.email, Type="HardBounce")
    assert (answer.status_code, AddressState.objects.count()) == (403, 0)


def test_what_is_no_event(mail: Mail) -> None:
    said = {"Authorization": f"Basic {base64.b64encode(SECRET.encode()).decode()}"}
    for body in ("{", "[]", '"x"', "null"):
        answer = Client().post(reverse("mail_events"), body, content_type="application/json", headers=said)
        assert answer.status_code == 422, body


def test_by_signature(sophie: Membership, settings: SettingsWrapper) -> None:
    """Mailgun signs; what it did not sign changes nothing."""
    settings.MAIL_PROVIDER, settings.ANYMAIL = "mailgun", {"MAILGUN_WEBHOOK_SIGNING_KEY": "key"}
    failed = {"event": "failed", "severity": "permanent", "reason": "bounce", "timestamp": NOW.timestamp()}
    data = {**failed, "recipient": sophie.person.email, "delivery-status": {"code": 550, "message": "gone"}}
    statuses = []
    for key in ("guessed", "key"):
        proof = hmac.new(key.encode(), b"1793450000" + b"a" * 50, hashlib.sha256).hexdigest()
        signature = {"timestamp": "1793450000", "token": "a" * 50, "signature": proof}
        call = json.dumps({"signature": signature, "event-data": data})
        answer = Client().post(reverse("mail_events"), call, content_type="application/json")
        statuses.append((answer.status_code, AddressState.objects.count()))
    assert statuses == [(403, 0), (200, 1)]


@pytest.mark.parametrize("name", ["", "amazon_ses", "nobody"])
def test_missing_where_none_is_used(
    mail: Mail, sophie: Membership, settings: SettingsWrapper, name: str
) -> None:
    settings.MAIL_PROVIDER = name
    assert told("Bounce", mail, sophie.person.email, Type="HardBounce").status_code == 404
