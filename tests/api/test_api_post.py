"""POST /conversations/{id}/messages, PATCH and DELETE /messages/{id}."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from comptoir.conversations.actions.conversation import close_conversation
from comptoir.conversations.models import Message
from comptoir.core.ids import new_id
from tests.world import NOW, begin, say

if TYPE_CHECKING:
    from comptoir.conversations.models import Conversation
    from comptoir.people.models import Company, Membership
    from tests.api.conftest import Api


@pytest.fixture
def theirs(accountant: Membership, bakery: Company) -> Conversation:
    return begin(accountant, bakery).conversation


def test_sends_a_message(api_of: Api, sophie: Membership, theirs: Conversation) -> None:
    asked = {"id": new_id(), "body": "Voilà."}

    response = api_of(sophie).post(f"/conversations/{theirs.pk}/messages", asked)

    assert response.status_code == 201
    item = response.json()
    assert (item["id"], item["body"], item["state"]) == (str(asked["id"]), "Voilà.", "sent")
    assert item["author"]["name"] == "Sophie Renard"


def test_the_same_again_is_the_stored_message(api_of: Api, sophie: Membership, theirs: Conversation) -> None:
    program, asked = api_of(sophie), {"id": new_id(), "body": "Voilà.", "expects_answer": False}
    path = f"/conversations/{theirs.pk}/messages"

    first, again = program.post(path, asked), program.post(path, asked)

    assert (first.status_code, again.status_code) == (201, 200)
    assert again.json() == first.json()
    assert Message.objects.filter(pk=asked["id"]).count() == 1


def test_something_else_under_its_id_is_a_conflict(
    api_of: Api, sophie: Membership, accountant: Membership, bakery: Company, theirs: Conversation
) -> None:
    asked, path = {"id": new_id(), "body": "Voilà."}, f"/conversations/{theirs.pk}/messages"
    api_of(sophie).post(path, asked)
    elsewhere = f"/conversations/{begin(accountant, bakery).conversation.pk}/messages"

    for program, where, what in (
        (api_of(sophie), path, {**asked, "body": "Autre chose."}),
        (api_of(sophie), elsewhere, asked),
        (api_of(accountant), path, asked),
    ):
        response = program.post(where, what)
        assert (response.status_code, response.json()["error"]) == (409, "identifier_taken")


def test_a_closed_one_is_reopened_on_demand(
    api_of: Api, sophie: Membership, accountant: Membership, theirs: Conversation
) -> None:
    close_conversation(theirs.pk, by=accountant, at=NOW)
    program, asked = api_of(sophie), {"id": new_id(), "body": "Encore une chose"}
    path = f"/conversations/{theirs.pk}/messages"

    refused = program.post(path, asked)
    assert (refused.status_code, refused.json()["error"]) == (409, "conversation_closed")

    assert program.post(path, {**asked, "reopen": True}).status_code == 201
    item = program.get(f"/conversations/{theirs.pk}").json()
    assert (item["state"], item["awaiting"]) == ("open", "office")


def test_an_empty_one_is_refused_in_the_readers_language(
    api_of: Api, sophie: Membership, theirs: Conversation
) -> None:
    response = api_of(sophie).post(f"/conversations/{theirs.pk}/messages", {"id": new_id(), "body": " \n"})

    assert (response.status_code, response.json()["error"]) == (422, "empty_message")
    assert response.headers["Content-Language"] == "fr"


def test_one_too_long_is_refused(api_of: Api, sophie: Membership, theirs: Conversation) -> None:
    program, path = api_of(sophie), f"/conversations/{theirs.pk}/messages"

    assert program.post(path, {"id": new_id(), "body": "é" * 20_000}).status_code == 201
    for length in (20_001, 50_000):
        response = program.post(path, {"id": new_id(), "body": "é" * length})
        assert (response.status_code, response.json()["field"]) == (422, "body")


@pytest.mark.parametrize("part", ["assistant"])
def test_an_assistant_sends_nothing(part: str, api_of: Api, cast: Any, theirs: Conversation) -> None:
    response = api_of(getattr(cast, part)).post(
        f"/conversations/{theirs.pk}/messages", {"id": new_id(), "body": "Bonjour"}
    )

    assert response.status_code == 403


def test_edits_ones_own(api_of: Api, sophie: Membership, theirs: Conversation) -> None:
    mine = say(theirs, sophie, "Voila")

    item = api_of(sophie).patch(f"/messages/{mine.pk}", {"body": "Voilà"}).json()

    assert (item["body"], item["edited_at"] is not None) == ("Voilà", True)


def test_deletes_ones_own_and_leaves_a_line(api_of: Api, sophie: Membership, theirs: Conversation) -> None:
    mine, program = say(theirs, sophie, "Voilà"), api_of(sophie)

    item = program.delete(f"/messages/{mine.pk}").json()

    assert (item["body"], item["deleted_at"] is not None) == ("", True)
    assert program.delete(f"/messages/{mine.pk}").json() == item
    assert program.patch(f"/messages/{mine.pk}", {"body": "Non"}).status_code == 404


def test_not_anothers_and_not_when_closed(
    api_of: Api, sophie: Membership, partner: Membership, accountant: Membership, theirs: Conversation
) -> None:
    mine = say(theirs, sophie, "Voilà")
    for member in (partner, accountant):
        assert api_of(member).patch(f"/messages/{mine.pk}", {"body": "Non"}).status_code == 403
        assert api_of(member).delete(f"/messages/{mine.pk}").status_code == 403

    close_conversation(theirs.pk, by=accountant, at=NOW)
    assert api_of(sophie).patch(f"/messages/{mine.pk}", {"body": "Non"}).status_code == 409
    assert api_of(sophie).delete(f"/messages/{mine.pk}").status_code == 409
