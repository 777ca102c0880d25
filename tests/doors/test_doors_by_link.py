"""Whoever came by the link of a mail × every address: one conversation's own doors, and else nobody at all."""

from __future__ import annotations

from datetime import timedelta
from itertools import chain
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from comptoir.conversations.models import Conversation
from comptoir.core.ids import new_id
from comptoir.files.models import Attachment
from comptoir.notifications.actions.item_links import make_item_link
from tests.doors import test_doors_api, test_doors_office, test_doors_plain, test_doors_talk
from tests.doors.accounts import ACCOUNTS
from tests.doors.knock import knock
from tests.doors.people import NOBODY
from tests.doors.test_doors_plain import data_of
from tests.doors.things import MISSING, OPEN, SEEN_BY

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.doors.conftest import House
    from tests.doors.knock import Answer

pytestmark = pytest.mark.django_db

# What a link of Sophie's opens in its conversation, by hand; `shared` is hers.
OPENED = {
    "portal_thread": 200,
    "thread_post": 302,
    "thread_handled": 302,
    "thread_seen": 204,
    "thread_typing": 204,
    "thread_changes": 200,
    "thread_older": 200,
    "file": 200,
    "file_preview": 200,
    "file_card": 200,
}
WITHOUT_A_THING = {"upload": 201}
# A key of a form that is made anew for each page, and the same page for everybody.
NOT_COMPARED = {"csp_report"}


@pytest.fixture
def by_link(house: House) -> Client:
    """A browser in which her link to the shared, open one was opened, and nothing else."""
    talk = Conversation.objects.get(pk=house.things.ids["conversation"]["shared", OPEN])
    made = make_item_link(talk, to=house.people.members["S"], at=timezone.now())
    browser = Client()
    assert browser.post(reverse("open"), {"secret": made.secret}).status_code == 302
    return browser


@pytest.mark.parametrize("door", test_doors_talk.TABLE, ids=lambda door: door.name)
def test_one_conversation_and_no_other(house: House, by_link: Client, door: test_doors_talk.Door) -> None:
    def ask(pk: object) -> Answer:
        return knock(by_link, door.method, reverse(door.name, args=[pk]), door.data)

    unknown, wrong = new_id(), []
    missing = _without(unknown, ask(unknown))
    for (kind, state), pk in house.things.ids[door.what].items():
        answer = ask(pk)
        is_hers = (kind, state) == ("shared", OPEN)
        expected = OPENED.get(door.name, 302) if is_hers else 404 if door.name in OPENED else 302
        if answer.status != expected:
            wrong.append(f"{kind}, {state}: {answer.status} rather than {expected}")
        if not is_hers and _without(pk, answer) != missing:
            wrong.append(f"{kind}, {state}: told apart from what is missing")
        if door.name not in OPENED and (not answer.where.startswith("/accounts/login/") or answer.written):
            wrong.append(f"{kind}, {state}: led to {answer.where}, and wrote {answer.written}")
    assert wrong == []


def _without(pk: object, answer: Answer) -> tuple[int, bytes, str, list[str]]:
    """The foot of the page, or the entrance, leads back to where one was."""
    where = answer.where.replace(str(pk), "")
    return answer.status, answer.body.replace(str(pk).encode(), b""), where, answer.written


def elsewhere(house: House) -> Iterator[tuple[str, str, Any]]:
    """Every other address: of a thing, of none, of the accounts and of the API."""
    for door in test_doors_plain.TABLE:
        if door.name not in NOT_COMPARED | WITHOUT_A_THING.keys():
            yield door.method, reverse(door.name, args=door.args), data_of(door)
    for office in test_doors_office.TABLE:
        for pk in house.office[office.what].values():
            yield office.method, reverse(office.name, args=[pk]), office.data
    for name, (args, _, _) in ACCOUNTS.items():
        yield "GET", reverse(name, args=args), None
    for method, path in test_doors_api.PLAIN:
        yield method, f"/api/v1/{path}", None
    for one in test_doors_api.TABLE:
        pk = house.things.ids[one.what]["shared", OPEN]
        yield one.method, f"/api/v1/{one.name.format(pk)}", None
    others = ("desk_new", "bulk_close", "bulk_handled", "bulk_assign")
    yield from chain(("POST", reverse(name), {}) for name in others)


def test_everything_else_takes_them_for_nobody(house: House, by_link: Client) -> None:
    nobody, wrong, number = house.people.browsers[NOBODY], [], 0
    for method, path, data in elsewhere(house):
        one, other = knock(by_link, method, path, data), knock(nobody, method, path, data)
        number += 1
        if (one.status, one.where, one.body) != (other.status, other.where, other.body):
            wrong.append(f"{method} {path}: {one.status} {one.where}, nobody {other.status} {other.where}")
    assert wrong == []
    assert number > 100


def test_a_file_for_the_answer(house: House, by_link: Client) -> None:
    door = next(door for door in test_doors_plain.TABLE if door.name == "upload")
    assert knock(by_link, door.method, reverse(door.name), data_of(door)).status == WITHOUT_A_THING["upload"]


def test_files_that_were_uploaded_before_are_missing(house: House, by_link: Client) -> None:
    """Of the same membership, but in a session of hers that the link's visitor need not be."""
    path = reverse("upload")
    door = next(door for door in test_doors_plain.TABLE if door.name == "upload")
    hers, now = house.people.browsers["S"].post(path, data_of(door)), by_link.post(path, data_of(door))
    before = timezone.now() - timedelta(hours=1)
    Attachment.objects.filter(pk=hers.json()["id"]).update(created_at=before)
    assert knock(by_link, "POST", reverse("file_drop", args=[hers.json()["id"]])).status == 404
    assert knock(by_link, "GET", hers.json()["url"]).status == 404
    assert knock(by_link, "GET", now.json()["url"]).status == 200
    assert knock(house.people.browsers["S"], "GET", hers.json()["url"]).status == 200
    assert knock(by_link, "POST", reverse("file_drop", args=[now.json()["id"]])).status == 204


def test_the_kinds_of_things_are_all_looked_at(house: House) -> None:
    assert {kind for kind, _ in house.things.ids["conversation"]} == {*SEEN_BY} | {MISSING}
