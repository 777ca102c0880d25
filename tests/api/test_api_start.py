"""POST /conversations and /conversations/bulk."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from comptoir.conversations.models import Conversation, Message
from comptoir.core.ids import new_id

if TYPE_CHECKING:
    from comptoir.people.models import Company, Membership
    from tests.api.conftest import Api


def start_of(company: Company, **more: Any) -> dict[str, Any]:
    return {
        "id": new_id(),
        "company": company.pk,
        "audience": "shared",
        "subject": "Facture du Moulin",
        "body": "La voici.",
        "message_id": new_id(),
        "expects_answer": True,
        **more,
    }


def test_starts_one_with_its_first_message(api_of: Api, sophie: Membership, bakery: Company) -> None:
    asked = start_of(bakery)

    response = api_of(sophie).post("/conversations", asked)

    assert response.status_code == 201
    started = response.json()
    assert (started["id"], started["message"]["id"]) == (str(asked["id"]), str(asked["message_id"]))
    assert (started["awaiting"], started["message"]["body"]) == ("office", "La voici.")
    assert started["audience"] == "shared"


def test_the_same_again_is_what_is_stored(api_of: Api, sophie: Membership, bakery: Company) -> None:
    asked, program = start_of(bakery), api_of(sophie)
    first = program.post("/conversations", asked)
    again = program.post("/conversations", asked)

    assert (first.status_code, again.status_code) == (201, 200)
    assert again.json() == first.json()
    assert (Conversation.objects.count(), Message.objects.count()) == (1, 1)


def test_something_else_under_its_id_is_a_conflict(api_of: Api, sophie: Membership, bakery: Company) -> None:
    asked, program = start_of(bakery), api_of(sophie)
    program.post("/conversations", asked)

    response = program.post("/conversations", {**asked, "body": "Une autre."})

    assert (response.status_code, response.json()["error"]) == (409, "identifier_taken")


@pytest.mark.parametrize("audience", [None, "", "everybody", {}, {"person": None}])
def test_without_an_audience_nothing_is_started(
    api_of: Api, sophie: Membership, bakery: Company, audience: Any
) -> None:
    """An audience that was forgotten is not a shared one."""
    asked = start_of(bakery, audience=audience)
    if audience is None:
        del asked["audience"]

    response = api_of(sophie).post("/conversations", asked)

    assert (response.status_code, response.json()["field"].partition(".")[0]) == (422, "audience")
    assert not Conversation.objects.exists()


def test_private_with_one_person(
    api_of: Api, sophie: Membership, accountant: Membership, bakery: Company
) -> None:
    asked = start_of(bakery, audience={"person": accountant.pk})

    started = api_of(sophie).post("/conversations", asked).json()

    assert started["audience"] == {"person": str(accountant.pk), "name": "Nathalie Verhulst"}


def test_whom_one_may_not_name_is_refused(
    api_of: Api, sophie: Membership, outsider: Membership, documents: Membership, bakery: Company
) -> None:
    for person in (outsider.pk, documents.pk, new_id()):
        response = api_of(sophie).post("/conversations", start_of(bakery, audience={"person": person}))
        assert (response.status_code, response.json()["field"]) == (422, "audience")


@pytest.mark.parametrize("part", ["documents", "reader", "assistant"])
def test_profiles_that_start_nothing(part: str, api_of: Api, cast: Any, bakery: Company) -> None:
    response = api_of(getattr(cast, part)).post("/conversations", start_of(bakery))

    assert (response.status_code, response.json()["error"]) == (403, "not_allowed")
    assert not Conversation.objects.exists()


def test_one_each_for_several_dossiers(
    api_of: Api, admin: Membership, bakery: Company, garage: Company
) -> None:
    asked = {
        "id": new_id(),
        "companies": [bakery.pk, garage.pk],
        "subject": "TVA {{ period }}",
        "body": "Bonjour {{ company }}",
        "period": "T4",
    }
    program = api_of(admin)

    first, again = program.post("/conversations/bulk", asked), program.post("/conversations/bulk", asked)

    assert (first.status_code, again.status_code) == (201, 200)
    assert again.json() == first.json()
    assert {one["company"] for one in first.json()["items"]} == {str(bakery.pk), str(garage.pk)}
    assert {one.subject for one in Conversation.objects.all()} == {"TVA T4"}


def test_several_for_clients_or_unseen_dossiers_are_refused(
    api_of: Api, sophie: Membership, accountant: Membership, bakery: Company, garage: Company
) -> None:
    asked = {"id": new_id(), "companies": [bakery.pk, garage.pk], "subject": "TVA", "body": "Bonjour"}

    assert api_of(sophie).post("/conversations/bulk", asked).status_code == 403
    assert api_of(accountant).post("/conversations/bulk", asked).status_code == 404
    assert not Conversation.objects.exists()
