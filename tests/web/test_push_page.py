"""The card of one's devices: this one, the others, and stopping each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.test import Client
from django.urls import reverse

from comptoir.notifications.models import PushDevice
from comptoir.notifications.vapid import public_key
from tests.notifications.push_server import BrowserKeys
from tests.world import signed_in

if TYPE_CHECKING:
    from comptoir.people.models import Membership

ANDROID = {"user-agent": "Mozilla/5.0 (Linux; Android 15) Chrome/140.0.0.0 Mobile Safari/537.36"}
WHERE = "https://fcm.googleapis.com/fcm/send/"


def allow(browser: Client, name: str = "a", **more: Any) -> Any:
    keys = BrowserKeys()
    given = {"endpoint": WHERE + name, "p256dh": keys.p256dh, "auth": keys.auth, **more}
    return browser.post(reverse("push_allow"), given, headers={"accept": "application/json", **ANDROID})


def card(browser: Client) -> str:
    page = browser.get(reverse("telling")).content.decode()
    return page.partition("data-push ")[2].partition("</section>")[0]


def test_this_device_and_the_others(sophie: Membership) -> None:
    phone, desk = signed_in(Client(), sophie), signed_in(Client(), sophie)
    assert "<li" not in card(phone)
    assert f'data-key="{public_key()}"' in card(phone)
    assert allow(phone).status_code == 201
    assert card(phone).count("data-push-here") == 1
    assert "Chrome, Android · cet appareil" in card(phone)
    assert "data-push-here" not in card(desk)
    assert "Chrome, Android" in card(desk)


def test_is_stopped_from_anywhere(sophie: Membership, partner: Membership) -> None:
    phone, desk = signed_in(Client(), sophie), signed_in(Client(), sophie)
    allow(phone)
    device = PushDevice.objects.get()
    where = reverse("push_revoke", args=[device.pk])
    assert signed_in(Client(), partner).post(where).status_code == 404
    assert "n’affiche plus de notifications" in desk.post(where, follow=True).content.decode()
    assert "<li" not in card(phone)
    renewed = phone.post(reverse("push_renew"), {"endpoint": WHERE + "a"})
    assert renewed.json() == {"is_on": False}


def test_a_new_sign_in_goes_on(sophie: Membership) -> None:
    allow(signed_in(Client(), sophie))
    again, keys = signed_in(Client(), sophie), BrowserKeys()
    given = {"endpoint": WHERE + "a", "p256dh": keys.p256dh, "auth": keys.auth}
    assert again.post(reverse("push_renew"), given).json() == {"is_on": True}
    assert "data-push-here" in card(again)


def test_the_browsers_worker_moves_it(sophie: Membership) -> None:
    """It has no page to take a token from, and knows the endpoint that was."""
    worker, keys = signed_in(Client(enforce_csrf_checks=True), sophie), BrowserKeys()
    allow(signed_in(Client(), sophie))
    given = {"before": WHERE + "a", "endpoint": WHERE + "b", "p256dh": keys.p256dh, "auth": keys.auth}
    assert worker.post(reverse("push_renew"), given | {"before": WHERE + "x"}).json() == {"is_on": False}
    assert worker.post(reverse("push_renew"), given).json() == {"is_on": True}
    assert PushDevice.objects.get(revoked_at=None).endpoint == WHERE + "b"


def test_an_address_that_is_no_push_service(sophie: Membership) -> None:
    answer = allow(signed_in(Client(), sophie), endpoint="https://169.254.169.254/latest")
    assert (answer.status_code, answer.json()["error"]) == (422, "unknown_push_service")
    assert PushDevice.objects.count() == 0


def test_the_number_of_the_icon_is_that_of_all_memberships(sophie: Membership) -> None:
    counters = signed_in(Client(), sophie).get("/counters").json()
    assert counters == {"to_handle": 0, "unread": 0, "elsewhere": 0}
