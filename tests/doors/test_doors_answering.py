"""Every address of questions × everybody × whom they were asked; not visible is missing, to the byte."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pytest
from django.urls import reverse

from comptoir.core.ids import new_id
from tests.doors.knock import knock
from tests.doors.people import LETTERS, WITHOUT_ACCESS
from tests.doors.table import spec
from tests.questions.asked import ask

if TYPE_CHECKING:
    from uuid import UUID

    from tests.doors.conftest import House

pytestmark = pytest.mark.django_db

# Kind: dossier, who asked, whom (nobody: all with full access).
KINDS = {
    "asked of all": ("bakery", "N", ""),
    "asked of Sophie": ("bakery", "N", "S"),
    "asked of Karim": ("bakery", "N", "K"),
    "asked by an administrator": ("bakery", "A", "K"),
    "the garage's": ("garage", "J", ""),
    "another office's": ("elsewhere", "W", ""),
}
# Written by hand: who sees each. Of the clients those with full access only: never L or M.
SEEN_BY = {
    "asked of all": "ANISK",
    "asked of Sophie": "ANIS",
    "asked of Karim": "ANIK",
    "asked by an administrator": "ANIK",
    "the garage's": "AJT",
    "another office's": "WP",
}


@dataclass(frozen=True)
class QuestionDoor:
    """`own`: the conversation's id stands before that of the question in the address; else nothing but the former."""

    method: str
    name: str
    opened: str
    is_of_one: bool = True
    data: dict[str, str] = field(default_factory=dict)


TABLE = [
    QuestionDoor("GET", "portal_questions", "staff 404 clients 302", is_of_one=False),
    QuestionDoor("GET", "portal_question", "staff 404 clients 200"),
    QuestionDoor("POST", "portal_question", "staff 404 clients 302", data={"choice": "dont_know"}),
    QuestionDoor("POST", "portal_pass_on", "staff 404 clients 422", data={"to": str(new_id())}),
    QuestionDoor("POST", "portal_remember", "staff 404 clients 422"),
]


@pytest.fixture
def asked(house: House) -> dict[str, tuple[UUID, UUID]]:
    found = {}
    for kind, (where, by, to) in KINDS.items():
        made = ask(
            house.people.members[by],
            getattr(house.cast, where),
            to=house.people.members[to] if to else None,
        )
        found[kind] = made.conversation.pk, made.questions[0].pk
    return found


def _address(door: QuestionDoor, pks: tuple[UUID, UUID]) -> str:
    return reverse(door.name, args=pks if door.is_of_one else pks[:1])


@pytest.mark.parametrize("door", TABLE, ids=lambda door: f"{door.method} {door.name}")
def test_everybody_gets_what_the_table_says(
    house: House, asked: dict[str, tuple[UUID, UUID]], door: QuestionDoor
) -> None:
    wrong, let_in = [], 0
    for who in LETTERS:
        browser = house.people.browsers[who]
        nothing = knock(browser, door.method, _address(door, (new_id(), new_id())), door.data)
        for kind, pks in asked.items():
            answer = knock(browser, door.method, _address(door, pks), door.data)
            expected = spec(door.opened)[who] if who in SEEN_BY[kind] else 404
            let_in += answer.status < 400
            if answer.status != expected:
                wrong.append(f"{who}, {kind}: {answer.status} rather than {expected}")
            if answer.status == 404 and (answer.body, nothing.status) != (nothing.body, 404):
                wrong.append(f"{who}, {kind}: 404, but told apart from what is missing")
            if answer.status >= 400 and answer.written:
                wrong.append(f"{who}, {kind}: refused, but wrote {answer.written}")
    assert wrong == []
    assert let_in or "422" in door.opened, "Nobody comes in: the door proves nothing."


@pytest.mark.parametrize("door", TABLE, ids=lambda door: f"{door.method} {door.name}")
def test_a_question_of_another_conversation_is_missing(
    house: House, asked: dict[str, tuple[UUID, UUID]], door: QuestionDoor
) -> None:
    """Both are hers, but one is not in the other."""
    if not door.is_of_one:
        return
    mixed = asked["asked of all"][0], asked["asked of Sophie"][1]
    answer = knock(house.people.browsers["S"], door.method, _address(door, mixed), door.data)
    assert (answer.status, answer.written) == (404, [])


@pytest.mark.parametrize("door", TABLE, ids=lambda door: f"{door.method} {door.name}")
def test_whoever_has_no_access_is_led_to_the_entrance(
    house: House, asked: dict[str, tuple[UUID, UUID]], door: QuestionDoor
) -> None:
    for who in WITHOUT_ACCESS:
        answer = knock(
            house.people.browsers[who], door.method, _address(door, asked["asked of all"]), door.data
        )
        assert (answer.status, answer.written) == (302, [])
