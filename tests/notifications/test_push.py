"""From a message to a telephone: encrypted, signed, counted, without a word of what was said."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import orjson

from comptoir.conversations.actions.conversation import close_conversation
from comptoir.conversations.actions.receipt import mark_seen
from comptoir.conversations.queries import counters
from comptoir.notifications.models import Preference, PushDevice, State
from tests.notifications.pushes import pushes, tell
from tests.world import NOW, begin, fresh, say

if TYPE_CHECKING:
    from comptoir.people.models import Company, Membership
    from tests.notifications.push_server import PushService
    from tests.notifications.pushes import Allow


def test_says_how_many_and_nothing_else(
    service: PushService, allow: Allow, sophie: Membership, accountant: Membership, bakery: Company
) -> None:
    allow(sophie)
    talk = begin(accountant, bakery, to=sophie, subject="Secret 12.000 €", body="Secret text").conversation
    tell()
    [(headers, message, claims)] = service.arrived("phone", at=NOW)
    assert message == {
        "web_push": 8030,
        "notification": {
            "title": "Fiduciaire Talmont",
            "body": "1 nouveau message",
            "lang": "fr",
            "navigate": f"https://talmont.example/communication/{talk.pk}/",
            "tag": f"office-{sophie.office_id}",
            "silent": False,
            "app_badge": "1",
        },
        "app_badge": counters(fresh(sophie)).to_handle,
    }
    assert (headers["ttl"], headers["urgency"], headers["content-encoding"]) == (
        "86400",
        "normal",
        "aes128gcm",
    )
    assert len(headers["topic"]) <= 32
    assert claims["sub"] == "mailto:comptoir@localhost"
    assert [row.state for row in pushes()] == [State.SENT]
    assert PushDevice.objects.get().last_ok_at == NOW
    sent = b"".join(body for _, _, body in service.asked) + orjson.dumps(message)
    for secret in (b"Secret", b"12.000", b"Nathalie", bakery.name.encode(), sophie.person.name.encode()):
        assert secret not in sent


def test_counts_what_was_told_and_not_read(
    service: PushService, allow: Allow, sophie: Membership, accountant: Membership, bakery: Company
) -> None:
    allow(sophie)
    first = begin(accountant, bakery).conversation
    tell()
    begin(accountant, bakery)
    tell(NOW + timedelta(minutes=1))
    mark_seen(first.pk, by=sophie, at=NOW)
    begin(accountant, bakery)
    tell(NOW + timedelta(minutes=10))
    said = [one.message for one in service.arrived("phone", at=NOW)]
    assert [one["notification"]["body"] for one in said] == [
        "1 nouveau message",
        "2 nouveaux messages",
        "2 nouveaux messages",
    ]
    assert [one["notification"]["navigate"].rpartition("talmont.example")[2] for one in said] == [
        f"/communication/{first.pk}/",
        "/communication/",
        "/communication/",
    ]
    assert len({one["notification"]["tag"] for one in said}) == 1
    assert said[-1]["app_badge"] == counters(fresh(sophie)).to_handle == 3
    tell(NOW + timedelta(minutes=11))
    assert len(service.asked) == 3


def test_every_device_and_no_other_persons(  # noqa: PLR0917 -- its cast
    service: PushService,
    allow: Allow,
    sophie: Membership,
    partner: Membership,
    accountant: Membership,
    bakery: Company,
) -> None:
    for member, name in ((sophie, "phone"), (sophie, "desk"), (partner, "his")):
        allow(member, name)
    begin(accountant, bakery, to=sophie)
    tell()
    assert sorted(path for path, _, _ in service.asked) == ["/push/desk", "/push/phone"]


def test_not_in_quiet_hours(
    service: PushService, allow: Allow, sophie: Membership, accountant: Membership, bakery: Company
) -> None:
    allow(sophie)
    Preference.objects.create(
        member=sophie,
        quiet_from=(NOW - timedelta(hours=1)).time(),
        quiet_to=(NOW + timedelta(hours=3)).time(),
    )
    begin(accountant, bakery)
    tell()
    assert service.asked == []
    tell(NOW + timedelta(hours=4))
    assert len(service.asked) == 1


def test_a_late_answer_is_urgent(
    service: PushService, allow: Allow, sophie: Membership, accountant: Membership, bakery: Company
) -> None:
    allow(accountant)
    talk = begin(accountant, bakery, to=sophie).conversation
    close_conversation(talk.pk, by=accountant, at=NOW)
    say(talk, sophie, "Encore ceci", at=NOW + timedelta(hours=1), reopening=True)
    tell(NOW + timedelta(hours=1))
    [arrived] = service.arrived("phone", at=NOW + timedelta(hours=1))
    assert arrived.headers["urgency"] == "high"
    assert arrived.message["notification"]["navigate"] == f"https://talmont.example/desk/c/{talk.pk}/"
