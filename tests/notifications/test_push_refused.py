"""What a push service may answer, and what is tried next."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.conf import settings
from django.db.models import F, Value
from django.db.models.functions import Replace

from comptoir.activity.models import Event
from comptoir.notifications.models import PushDevice, State
from tests.notifications.pushes import pushes, tell
from tests.serving.wire import Wire
from tests.world import NOW, begin

if TYPE_CHECKING:
    from pytest_django.fixtures import SettingsWrapper

    from comptoir.people.models import Company, Membership
    from tests.notifications.push_server import PushService
    from tests.notifications.pushes import Allow


@pytest.mark.parametrize("status", [404, 410])
def test_nobody_is_there_any_more(  # noqa: PLR0917 -- its cast
    service: PushService,
    allow: Allow,
    sophie: Membership,
    accountant: Membership,
    bakery: Company,
    status: int,
) -> None:
    device = allow(sophie)
    allow(sophie, "desk")
    service.statuses["phone"] = status
    begin(accountant, bakery)
    tell()
    device.refresh_from_db()
    assert device.revoked_at == NOW
    assert [row.state for row in pushes()] == [State.SENT]
    assert Event.objects.filter(verb="push.revoked").count() == 1
    begin(accountant, bakery)
    tell(NOW + timedelta(minutes=1))
    assert [path for path, _, _ in service.asked].count("/push/phone") == 1


@pytest.mark.parametrize("status", [429, 500, 503])
def test_later_for_the_device_that_failed_only(  # noqa: PLR0917 -- its cast
    service: PushService,
    allow: Allow,
    sophie: Membership,
    accountant: Membership,
    bakery: Company,
    status: int,
) -> None:
    for name in ("phone", "desk"):
        allow(sophie, name)
    service.statuses["phone"] = status
    begin(accountant, bakery)
    tell()
    [row] = pushes()
    assert (row.state, row.attempts, row.due_at) == (State.WAITING, 1, NOW + timedelta(minutes=1))
    assert str(status) in row.last_error
    del service.statuses["phone"]
    tell(NOW + timedelta(minutes=1))
    assert sorted(path for path, _, _ in service.asked) == ["/push/desk", "/push/phone", "/push/phone"]
    assert [row.state for row in pushes()] == [State.SENT]


def test_a_service_that_is_away(
    service: PushService, allow: Allow, sophie: Membership, accountant: Membership, bakery: Company
) -> None:
    allow(sophie)
    service.stop()
    begin(accountant, bakery)
    tell()
    assert [row.state for row in pushes()] == [State.WAITING]
    tell(NOW + timedelta(days=6))
    assert [row.state for row in pushes()] == [State.DEAD]


def test_an_away_service_is_asked_once_a_round_and_heard_of_within_two_minutes(  # noqa: PLR0917 -- its cast
    service: PushService,
    allow: Allow,
    sophie: Membership,
    partner: Membership,
    accountant: Membership,
    bakery: Company,
) -> None:
    for member in (sophie, partner):
        allow(member, str(member.pk))
    wire = Wire(service.address)
    at_wire = Replace(F("endpoint"), Value(f":{service.server_port}/"), Value(f":{wire.port}/"))
    PushDevice.objects.update(endpoint=at_wire)
    settings.PUSH_HOSTS = [f"localhost:{wire.port}"]
    wire.cut()
    begin(accountant, bakery)
    tell()
    assert wire.refused == 1
    for minutes in range(1, 10):
        tell(NOW + timedelta(minutes=minutes))
    wire.mend()
    tell(NOW + timedelta(minutes=11))
    assert [row.state for row in pushes()] == [State.SENT] * 2
    wire.close()


@pytest.mark.parametrize("status", [302, 400, 401, 403, 413])
def test_a_service_that_will_never_take_it(  # noqa: PLR0917 -- its cast
    service: PushService,
    allow: Allow,
    sophie: Membership,
    accountant: Membership,
    bakery: Company,
    status: int,
) -> None:
    allow(sophie)
    service.status, service.headers = status, {"Location": f"{service.address}/elsewhere"}
    begin(accountant, bakery)
    tell()
    assert [row.state for row in pushes()] == [State.DEAD]
    assert len(service.asked) == 1


def test_a_service_that_left_the_list(  # noqa: PLR0917 -- its cast
    service: PushService,
    allow: Allow,
    sophie: Membership,
    accountant: Membership,
    bakery: Company,
    settings: SettingsWrapper,
) -> None:
    allow(sophie)
    settings.PUSH_HOSTS = []
    begin(accountant, bakery)
    tell()
    assert service.came == 0
    assert [row.state for row in pushes()] == [State.DEAD]
