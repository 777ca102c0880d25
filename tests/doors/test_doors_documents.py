"""Every address of document requests × everybody × whose they are; not visible is missing, to the byte."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pytest
from django.urls import reverse

from comptoir.core.ids import new_id
from tests.campaigns.asked import ask, item
from tests.doors.knock import knock
from tests.doors.people import LETTERS, WITHOUT_ACCESS
from tests.doors.table import spec

if TYPE_CHECKING:
    from uuid import UUID

    from tests.doors.conftest import House

pytestmark = pytest.mark.django_db

# Kind: dossier, who asked. Written by hand: who sees each. Of the clients whoever hands in: never M.
KINDS = {
    "the bakery's": ("bakery", "N"),
    "the garage's": ("garage", "J"),
    "another office's": ("elsewhere", "W"),
}
SEEN_BY = {"the bakery's": "ANISKL", "the garage's": "AJT", "another office's": "WP"}


@dataclass(frozen=True)
class RequestDoor:
    """`ids`: how many stand in the address: of the conversation, then of the item."""

    method: str
    name: str
    opened: str
    ids: int
    data: dict[str, str] = field(default_factory=dict)


TABLE = [
    RequestDoor("GET", "portal_documents", "staff 404 clients 302 documents 302 feedback 404", 0),
    RequestDoor("GET", "portal_request", "staff 404 clients 200 documents 200", 1),
    RequestDoor("POST", "portal_request", "staff 404 clients 302 documents 302", 1),
    RequestDoor("POST", "portal_item", "staff 404 clients 302 documents 302", 2, data={"do": "nothing"}),
]


@pytest.fixture
def asked(house: House) -> dict[str, tuple[UUID, UUID]]:
    found = {}
    for kind, (where, by) in KINDS.items():
        made = ask(house.people.members[by], getattr(house.cast, where))
        found[kind] = made.conversation_id, item(made, "sales").pk
    return found


def _address(door: RequestDoor, pks: tuple[UUID, UUID]) -> str:
    return reverse(door.name, args=pks[: door.ids])


@pytest.mark.parametrize(
    "door", [door for door in TABLE if door.ids], ids=lambda door: f"{door.method} {door.name}"
)
def test_everybody_gets_what_the_table_says(
    house: House, asked: dict[str, tuple[UUID, UUID]], door: RequestDoor
) -> None:
    wrong = []
    for who in LETTERS:
        browser = house.people.browsers[who]
        nothing = knock(browser, door.method, _address(door, (new_id(), new_id())), door.data)
        for kind, pks in asked.items():
            answer = knock(browser, door.method, _address(door, pks), door.data)
            expected = spec(door.opened)[who] if who in SEEN_BY[kind] else 404
            if answer.status != expected:
                wrong.append(f"{who}, {kind}: {answer.status} rather than {expected}")
            if answer.status == 404 and (answer.body, nothing.status) != (nothing.body, 404):
                wrong.append(f"{who}, {kind}: 404, but told apart from what is missing")
            if answer.status >= 400 and answer.written:
                wrong.append(f"{who}, {kind}: refused, but wrote {answer.written}")
    assert wrong == []


@pytest.mark.usefixtures("asked")
def test_the_page_leads_each_to_their_own(house: House) -> None:
    door = TABLE[0]
    got = {who: knock(house.people.browsers[who], "GET", reverse(door.name), {}).status for who in LETTERS}
    assert got == {who: spec(door.opened)[who] for who in LETTERS}


@pytest.mark.parametrize("door", TABLE, ids=lambda door: f"{door.method} {door.name}")
def test_whoever_has_no_access_is_led_to_the_entrance(
    house: House, asked: dict[str, tuple[UUID, UUID]], door: RequestDoor
) -> None:
    for who in WITHOUT_ACCESS:
        answer = knock(
            house.people.browsers[who], door.method, _address(door, asked["the bakery's"]), door.data
        )
        assert (answer.status, answer.written) == (302, [])
