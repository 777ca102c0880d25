"""Which browsers a person allowed to be woken, and what is taken from one that says so."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.contrib.sessions.models import Session
from django.test import Client

from comptoir.activity.models import Event
from comptoir.core.errors import Invalid, NotFound
from comptoir.core.ids import new_id
from comptoir.notifications.actions.devices import (
    AT_MOST,
    UnknownPushService,
    allow_push,
    renew_push,
    revoke_push,
)
from comptoir.notifications.devices import devices_of
from comptoir.notifications.models import PushDevice
from comptoir.notifications.tidying import tidy_devices
from tests.notifications.push_server import BrowserKeys
from tests.world import NOW, signed_in

if TYPE_CHECKING:
    from comptoir.people.models import Membership

HERE = "https://fcm.googleapis.com/fcm/send/"


def allowed(member: Membership, name: str = "a", **more: Any) -> PushDevice:
    keys = BrowserKeys()
    given = {
        "p256dh": keys.p256dh,
        "auth": keys.auth,
        "label": "Chrome, Android",
        "session_key": more.pop("session_key", None) or signed_in(Client(), member).session.session_key,
        "at": NOW,
        **more,
    }
    return allow_push(HERE + name, by=member, **given)


def test_is_kept_once_and_renewed(sophie: Membership) -> None:
    first = allowed(sophie)
    again = allowed(sophie, at=NOW + timedelta(days=1))
    assert (again.pk, again.made_at) == (first.pk, NOW)
    assert [device.pk for device in devices_of(sophie.person)] == [first.pk]
    assert Event.objects.filter(verb="push.allowed").count() == 1


def test_its_browser_was_given_another_endpoint(sophie: Membership, partner: Membership) -> None:
    old = allowed(sophie)
    assert renewed(partner, "b", before=HERE + "a") is None
    assert renewed(sophie, "b", before=HERE + "unknown") is None
    moved = renewed(sophie, "b", before=HERE + "a")
    assert moved is not None
    assert [device.endpoint for device in devices_of(sophie.person)] == [HERE + "b"]
    assert moved.label == old.label
    assert renewed(sophie, "c", before=HERE + "a") is None


def test_tidied(sophie: Membership, partner: Membership) -> None:
    kept, left = allowed(sophie), allowed(partner, "b")
    Session.objects.filter(pk=left.session_key).delete()
    tidy_devices(now=NOW)
    left.refresh_from_db()
    assert left.revoked_at == NOW
    assert Event.objects.filter(verb="push.revoked").count() == 1
    tidy_devices(now=NOW + timedelta(days=61))
    assert list(PushDevice.objects.all()) == [kept]


def test_whoever_sits_there_now(sophie: Membership, partner: Membership) -> None:
    allowed(sophie)
    allowed(partner)
    assert devices_of(sophie.person) == []
    assert len(devices_of(partner.person)) == 1


def test_no_longer(sophie: Membership, partner: Membership) -> None:
    device = allowed(sophie)
    for pk, by in ((device.pk, partner), (new_id(), sophie)):
        with pytest.raises(NotFound):
            revoke_push(pk, by=by, at=NOW)
    assert len(devices_of(sophie.person)) == 1
    for _ in range(2):
        revoke_push(device.pk, by=sophie, at=NOW)
    assert devices_of(sophie.person) == []
    assert Event.objects.filter(verb="push.revoked").count() == 1
    assert allowed(sophie).revoked_at is None


def renewed(member: Membership, name: str = "a", **more: str) -> PushDevice | None:
    keys, session = BrowserKeys(), signed_in(Client(), member).session.session_key
    given = {"p256dh": keys.p256dh, "auth": keys.auth, "session_key": str(session), **more}
    return renew_push(HERE + name, by=member, at=NOW + timedelta(days=1), **given)


def test_goes_on_after_a_new_sign_in(sophie: Membership) -> None:
    device = allowed(sophie)
    Session.objects.filter(session_key=device.session_key).delete()
    assert devices_of(sophie.person) == []
    again = renewed(sophie)
    assert again is not None
    assert (again.pk, again.made_at, again.label) == (device.pk, NOW, "Chrome, Android")
    assert [one.pk for one in devices_of(sophie.person)] == [device.pk]


def test_nobody_is_woken_who_did_not_ask_for_it(sophie: Membership, partner: Membership) -> None:
    """Not whoever signs in there next, and not whoever stopped it from elsewhere."""
    device = allowed(sophie)
    assert renewed(partner) is None
    assert renewed(sophie, "b") is None
    revoke_push(device.pk, by=sophie, at=NOW)
    assert renewed(sophie) is None
    assert devices_of(sophie.person) + devices_of(partner.person) == []


def test_another_persons_session_is_none(sophie: Membership, partner: Membership) -> None:
    allowed(sophie, session_key=signed_in(Client(), partner).session.session_key)
    allowed(sophie, "b", session_key="invented")
    assert devices_of(sophie.person) == []


@pytest.mark.parametrize(
    "endpoint", ["https://evil.example/", "https://127.0.0.1/", "http://fcm.googleapis.com/", ""]
)
def test_a_service_that_nobody_knows(sophie: Membership, endpoint: str) -> None:
    keys = BrowserKeys()
    with pytest.raises(UnknownPushService):
        allow_push(endpoint, by=sophie, at=NOW, p256dh=keys.p256dh, auth=keys.auth, label="", session_key="x")
    assert PushDevice.objects.count() == 0


def test_keys_that_are_none(sophie: Membership) -> None:
    for wrong in ({"p256dh": "x"}, {"auth": "x"}):
        with pytest.raises(Invalid):
            allowed(sophie, **wrong)


def test_the_oldest_makes_room(sophie: Membership) -> None:
    for number in range(AT_MOST + 2):
        allowed(sophie, str(number), at=NOW + timedelta(minutes=number))
    names = {device.endpoint.removeprefix(HERE) for device in devices_of(sophie.person)}
    assert names == {str(number) for number in range(2, AT_MOST + 2)}
