"""GET /conversations/{id}/messages: pages, catching up, and what it delivers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from comptoir.conversations.actions.message import delete_message, edit_message
from comptoir.conversations.models import Message, Receipt
from comptoir.core.ids import new_id
from tests.world import NOW, begin, say

if TYPE_CHECKING:
    from comptoir.conversations.models import Conversation
    from comptoir.people.models import Company, Membership
    from tests.api.conftest import Api


@pytest.fixture
def theirs(accountant: Membership, bakery: Company) -> Conversation:
    """Begun by the office, of five messages."""
    conversation = begin(accountant, bakery, body="un").conversation
    for body in ("deux", "trois", "quatre", "cinq"):
        say(conversation, accountant, body)
    return conversation


def bodies(page: dict[str, Any]) -> list[str]:
    return [item["body"] for item in page["items"]]


def test_a_message_tells_what_a_thread_shows(
    api_of: Api, sophie: Membership, accountant: Membership, bakery: Company
) -> None:
    mine = begin(sophie, bakery, body="Bonjour")

    (item,) = api_of(accountant).get(f"/conversations/{mine.conversation.pk}/messages").json()["items"]

    assert item == {
        "id": str(mine.message.pk),
        "conversation": str(mine.conversation.pk),
        "kind": "text",
        "author": {"id": str(sophie.pk), "name": "Sophie Renard", "side": "client"},
        "body": "Bonjour",
        "sent_at": "2026-11-12T08:30:00Z",
        "edited_at": None,
        "deleted_at": None,
        "state": "delivered",
        "expects_answer": False,
        "attachments": [],
        "position": 1,
        "revision": 2,
    }


def test_the_newest_first_page_and_the_ones_before(
    api_of: Api, sophie: Membership, theirs: Conversation
) -> None:
    program, path = api_of(sophie), f"/conversations/{theirs.pk}/messages"

    newest = program.get(f"{path}?limit=2").json()
    older = program.get(f"{path}?limit=2&before={newest['before']}").json()
    oldest = program.get(f"{path}?limit=2&before={older['items'][0]['id']}").json()  # by its id as well

    assert [bodies(page) for page in (newest, older, oldest)] == [
        ["quatre", "cinq"],
        ["deux", "trois"],
        ["un"],
    ]
    assert [page["has_more"] for page in (newest, older, oldest)] == [True, True, False]
    assert oldest["before"] is None


def test_before_what_is_not_there(api_of: Api, sophie: Membership, theirs: Conversation) -> None:
    response = api_of(sophie).get(f"/conversations/{theirs.pk}/messages?before={new_id()}")

    assert (response.status_code, response.json()["field"]) == (422, "before")


def test_catching_up_shows_what_is_new_edited_and_deleted(
    api_of: Api, sophie: Membership, accountant: Membership, theirs: Conversation
) -> None:
    program, path = api_of(sophie), f"/conversations/{theirs.pk}/messages"
    known = program.get(path).json()
    assert program.get(f"{path}?since_revision={known['revision']}").json()["items"] == []

    edit_message(known["items"][0]["id"], by=accountant, at=NOW, body="un !")
    delete_message(known["items"][1]["id"], by=accountant, at=NOW)
    say(theirs, accountant, "six")

    changed = program.get(f"{path}?since_revision={known['revision']}").json()
    assert bodies(changed) == ["un !", "", "six"]
    assert [item["deleted_at"] is not None for item in changed["items"]] == [False, True, False]
    assert program.get(f"{path}?since_revision={changed['revision']}").json()["items"] == []


def test_catching_up_never_cuts_a_revision_in_two(
    api_of: Api, sophie: Membership, accountant: Membership, theirs: Conversation
) -> None:
    """All five were delivered by one change: whoever asks again from its revision must not miss some of them."""
    before = Message.objects.of(theirs.pk).order_by("-revision")[0].revision
    api_of(sophie).get(f"/conversations/{theirs.pk}/messages")

    page = (
        api_of(accountant).get(f"/conversations/{theirs.pk}/messages?since_revision={before}&limit=2").json()
    )

    assert bodies(page) == ["un", "deux", "trois", "quatre", "cinq"]
    assert page["has_more"] is False


def test_catching_up_in_small_steps_misses_nothing(
    api_of: Api, sophie: Membership, accountant: Membership, theirs: Conversation
) -> None:
    program, path = api_of(accountant), f"/conversations/{theirs.pk}/messages"
    for body in ("six", "sept", "huit"):
        say(theirs, sophie, body)
    since, seen = 0, []
    while True:
        page = program.get(f"{path}?since_revision={since}&limit=2").json()
        seen += bodies(page)
        since = max([since, *(item["revision"] for item in page["items"])])
        if not page["has_more"]:
            break

    assert set(seen) == {"un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit"}
    assert program.get(path).json()["revision"] == since


def test_reading_delivers_and_does_not_see(
    api_of: Api, sophie: Membership, accountant: Membership, theirs: Conversation
) -> None:
    read = api_of(sophie).get(f"/conversations/{theirs.pk}/messages").json()

    assert {item["state"] for item in read["items"]} == {"delivered"}
    assert [(one.kind, one.how) for one in Receipt.objects.filter(member=sophie)] == [("delivered", "api")]
    assert api_of(sophie).get("/counters").json()["unread"] == 1


def test_only_the_newest_page_delivers(api_of: Api, sophie: Membership, theirs: Conversation) -> None:
    program, path = api_of(sophie), f"/conversations/{theirs.pk}/messages"

    program.get(f"{path}?before=3")
    program.get(f"{path}?since_revision=0&limit=2")
    assert not Receipt.objects.filter(member=sophie).exists()

    program.get(f"{path}?since_revision=3")
    assert Receipt.objects.filter(member=sophie).exists()


def test_receipts_say_whom_it_reached(
    api_of: Api, sophie: Membership, partner: Membership, accountant: Membership, theirs: Conversation
) -> None:
    message = Message.objects.of(theirs.pk).order_by("-position")[0]
    api_of(sophie).get(f"/conversations/{theirs.pk}/messages")
    api_of(partner).post(f"/conversations/{theirs.pk}/seen", {"revision": message.position})

    items = api_of(accountant).get(f"/messages/{message.pk}/receipts").json()["items"]

    assert {(one["member"]["name"], one["kind"]) for one in items} == {
        ("Sophie Renard", "delivered"),
        ("Karim Benali", "seen"),
    }
