"""How a push is locked and signed: by the example of RFC 8291, and read from the other side."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import jwt
import pytest
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric import ec

from comptoir.notifications.push_encryption import CURVE, is_key_pair, locked, packed, unpacked
from comptoir.notifications.push_hosts import is_push_service
from comptoir.notifications.vapid import authorization, public_key
from tests.notifications.push_server import BrowserKeys

if TYPE_CHECKING:
    from pytest_django.fixtures import SettingsWrapper

NOW = datetime(2026, 11, 12, 9, tzinfo=UTC)
THEIRS = "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4"
AUTH = "BTBZMqHH6r4Tts7J_aSIgg"
LOCKED = (
    "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_"
    "yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN"
)


def test_the_example_of_the_standard() -> None:
    own = ec.derive_private_key(
        int.from_bytes(unpacked("yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw"), "big"), CURVE
    )
    text = b"When I grow up, I want to be a watermelon"
    assert (
        packed(locked(text, p256dh=THEIRS, auth=AUTH, salt=unpacked("DGv6ra1nlYgDCS1FRnbzlw"), own=own))
        == LOCKED
    )


def test_only_the_browser_reads_it() -> None:
    browser, other = BrowserKeys(), BrowserKeys()
    body = locked(b"{}", p256dh=browser.p256dh, auth=browser.auth)
    assert browser.read(body) == b"{}"
    assert body != locked(b"{}", p256dh=browser.p256dh, auth=browser.auth)
    with pytest.raises(InvalidTag):
        other.read(body)


@pytest.mark.parametrize(
    ("p256dh", "auth"),
    [("", AUTH), (THEIRS, ""), (THEIRS[:-2], AUTH), (THEIRS, AUTH[:-2]), ("B" + "A" * 86, AUTH), ("é", AUTH)],
)
def test_what_are_no_keys(p256dh: str, auth: str) -> None:
    assert is_key_pair(THEIRS, AUTH)
    assert not is_key_pair(p256dh, auth)


def test_our_key_lives_as_long_as_the_secret(settings: SettingsWrapper) -> None:
    settings.SECRET_KEY = "one"
    first = public_key()
    settings.SECRET_KEY = "another"
    assert public_key() != first
    settings.SECRET_KEY = "one"
    assert public_key() == first
    assert len(unpacked(first)) == 65


def test_says_who_we_are_to_one_service_only(settings: SettingsWrapper) -> None:
    settings.IS_HTTPS, settings.BASE_URL = True, "https://talmont.example"
    token = authorization("https://fcm.googleapis.com/fcm/send/abc", at=NOW).split("t=")[1].split(",")[0]
    claims = jwt.decode(token, options={"verify_signature": False})
    assert claims == {
        "aud": "https://fcm.googleapis.com",
        "exp": int(NOW.timestamp()) + 12 * 3600,
        "sub": "https://talmont.example",
    }
    settings.IS_HTTPS, settings.DEFAULT_FROM_EMAIL = False, "Talmont <post@talmont.example>"
    token = authorization("https://fcm.googleapis.com/x", at=NOW).split("t=")[1].split(",")[0]
    assert jwt.decode(token, options={"verify_signature": False})["sub"] == "mailto:post@talmont.example"


@pytest.mark.parametrize(
    "endpoint",
    [
        "https://fcm.googleapis.com/fcm/send/cX:APA91b",
        "https://updates.push.services.mozilla.com/wpush/v2/gAAA",
        "https://web.push.apple.com/QGuQ",
        "https://wns2-par02p.notify.windows.com/w/?token=BQYAAAB",
    ],
)
def test_the_services_of_the_browsers(endpoint: str) -> None:
    assert is_push_service(endpoint)
    assert not is_push_service(endpoint + "x" * 1000)


@pytest.mark.parametrize(
    "endpoint",
    [
        "http://fcm.googleapis.com/fcm/send/a",
        "https://fcm.googleapis.com.evil.example/a",
        "https://evil.example/fcm.googleapis.com",
        "https://fcm.googleapis.com@evil.example/",
        "https://evil.example?https://fcm.googleapis.com/",
        "https://xfcm.googleapis.com/",
        "https://fcm.googleapis.com:8443/",
        "https://wns2-par02p.notify.windows.com.evil.example/",
        "https://evil.example/wns2-par02p.notify.windows.com",
        "https://a.wns2-par02p.notify.windows.com/",
        "https://localhost/",
        "https://127.0.0.1/",
        "https://fcm.googleapis.com\\@evil.example/",
        "",
    ],
)
def test_nowhere_else(endpoint: str) -> None:
    assert not is_push_service(endpoint)


def test_a_service_of_the_operators_own() -> None:
    assert is_push_service("https://push.office.example/x", more=["push.office.example"])
    assert not is_push_service("https://push.office.example:8443/x", more=["push.office.example"])
    assert is_push_service("https://push.office.example:8443/x", more=["push.office.example:8443"])
