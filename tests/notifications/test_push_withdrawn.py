"""A push that was to leave, and what happened before it did: it goes to nobody who lost the right to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.test import Client

from comptoir.conversations.actions.receipt import mark_seen
from comptoir.notifications.actions.devices import revoke_push
from comptoir.notifications.announcing import work_announcements_off
from comptoir.notifications.models import Channel, Delivery, Preference, PushDevice, State
from comptoir.notifications.push_delivering import deliver_pushes
from comptoir.people.actions.memberships import end_membership
from comptoir.people.actions.people import sign_out_everywhere
from tests.notifications.pushes import pushes
from tests.world import NOW, begin, fresh

if TYPE_CHECKING:
    from collections.abc import Callable

    from comptoir.people.models import Company, Membership
    from tests.notifications.push_server import PushService
    from tests.notifications.pushes import Allow
    from tests.world import Cast


def revoked(cast: Cast, device: PushDevice) -> None:
    revoke_push(device.pk, by=fresh(cast.client), at=NOW)


def signed_out(cast: Cast, device: PushDevice) -> None:
    browser = Client()
    browser.cookies["session"] = device.session_key
    assert browser.post("/accounts/logout/").status_code == 302


def everywhere(cast: Cast, device: PushDevice) -> None:
    member = fresh(cast.client)
    sign_out_everywhere(member.person, by=member, at=NOW)


def new_password(cast: Cast, device: PushDevice) -> None:
    person = fresh(cast.client).person
    person.set_password("quite another password")
    person.save()


def access_ended(cast: Cast, device: PushDevice) -> None:
    end_membership(cast.client.pk, by=fresh(cast.admin), at=NOW)


def deactivated(cast: Cast, device: PushDevice) -> None:
    person = fresh(cast.client).person
    person.is_active = False
    person.save()


def not_wished(cast: Cast, device: PushDevice) -> None:
    Preference.objects.create(member=cast.client, push_on=False)


def read_meanwhile(cast: Cast, device: PushDevice) -> None:
    mark_seen(Delivery.objects.filter(channel=Channel.PUSH)[0].conversation_id, by=fresh(cast.client), at=NOW)


@pytest.mark.parametrize(
    "change",
    [
        revoked,
        signed_out,
        everywhere,
        new_password,
        access_ended,
        deactivated,
        not_wished,
        read_meanwhile,
    ],
)
def test_what_happened_before_it_leaves(  # noqa: PLR0917 -- its cast
    service: PushService,
    allow: Allow,
    cast: Cast,
    sophie: Membership,
    accountant: Membership,
    bakery: Company,
    change: Callable[[Cast, PushDevice], None],
) -> None:
    device = allow(sophie)
    begin(accountant, bakery, to=sophie)
    work_announcements_off(now=NOW)
    assert [row.state for row in pushes()] == [State.WAITING]
    change(cast, device)
    deliver_pushes(lambda: NOW)
    assert service.asked == []
    assert [row.state for row in pushes()] == [State.SKIPPED]
