"""Every address of campaigns at the desk that names something × everybody × whose dossier it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.urls import reverse

from comptoir.people.models import Company
from tests.campaigns.asked import ask
from tests.doors.knock import knock
from tests.doors.people import WITHOUT_ACCESS
from tests.doors.test_doors_ledger import Door, Things, wrong_of
from tests.world import fresh

if TYPE_CHECKING:
    from uuid import UUID

    from tests.doors.conftest import House
    from tests.doors.knock import Answer

pytestmark = pytest.mark.django_db

# A campaign is the office's; what is asked of a dossier is its staff's. An assistant (I) prepares and sends nothing.
OFFICE = {"bakery": "ANIJ 200", "elsewhere": "W 200"}
PREPARES = {"bakery": "ANIJ 302", "elsewhere": "W 302"}
OPENS = {"bakery": "ANJ 302 I 403", "elsewhere": "W 302"}
STAFF = {"bakery": "ANI 200", "garage": "AJ 200", "elsewhere": "W 200"}
TABLE = [
    Door("GET", "campaign", "campaign", OFFICE),
    Door("POST", "campaign", "campaign", PREPARES),
    Door("POST", "campaign_open", "campaign", OPENS),
    Door("GET", "call_list", "campaign", OFFICE),
    Door("GET", "request", "request", STAFF),
]
MANAGERS = {"bakery": "accountant", "garage": "colleague", "elsewhere": "outsider"}
DATA: dict[str, dict[str, Any]] = {"campaign": {"due_on": "2026-11-16"}}


@pytest.fixture
def things(house: House, clock: object) -> Things:
    found: Things = {what: {} for what in ("campaign", "request")}
    for name, part in MANAGERS.items():
        company = Company.objects.get(pk=getattr(house.cast, name).pk)
        asked = ask(fresh(getattr(house.cast, part)), company)
        found["request"][name] = asked.pk
        if name != "garage":
            found["campaign"][name] = asked.campaign_id
    return found


def visit(house: House, who: str, door: Door, pk: UUID) -> Answer:
    address = reverse(door.name, args=[pk])
    return knock(house.people.browsers[who], door.method, address, DATA.get(door.name, {}))


@pytest.mark.parametrize("door", TABLE, ids=lambda door: f"{door.method} {door.name}")
def test_everybody_gets_the_page_that_the_table_says(house: House, things: Things, door: Door) -> None:
    assert wrong_of(house, things, door, visit) == []


@pytest.mark.parametrize("who", WITHOUT_ACCESS)
def test_whoever_has_no_access_is_led_to_the_entrance(house: House, things: Things, who: str) -> None:
    for door in TABLE:
        answer = visit(house, who, door, things[door.what]["bakery"])
        assert (answer.status, answer.written) == (302, []), door
