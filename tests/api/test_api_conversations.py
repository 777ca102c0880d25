"""GET /conversations and GET /conversations/{id}."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from comptoir.conversations.actions.conversation import close_conversation
from tests.world import NOW, begin, say

if TYPE_CHECKING:
    from comptoir.people.models import Company, Membership
    from tests.api.conftest import Api


def test_an_item_tells_what_a_list_shows(
    api_of: Api, sophie: Membership, accountant: Membership, bakery: Company
) -> None:
    started = begin(accountant, bakery, subject="Ticket illisible", body="Il manque la TVA.")

    (item,) = api_of(sophie).get("/conversations").json()["items"]

    assert item == {
        "id": str(started.conversation.pk),
        "subject": "Ticket illisible",
        "company": {"id": str(bakery.pk), "name": bakery.name},
        "state": "open",
        "audience": "shared",
        "started_by": {"id": str(accountant.pk), "name": "Nathalie Verhulst", "side": "office"},
        "awaiting": "client",
        "awaiting_since": "2026-11-12T08:30:00Z",
        "to_handle": True,
        "unread": True,
        "revision": 1,
        "last_message_at": "2026-11-12T08:30:00Z",
        "last_line": "Il manque la TVA.",
        "created_at": "2026-11-12T08:30:00Z",
        "closed_at": None,
    }


def test_the_staff_see_whose_it_is(api_of: Api, accountant: Membership, bakery: Company) -> None:
    started = begin(accountant, bakery)
    program = api_of(accountant)
    program.post(f"/conversations/{started.conversation.pk}/assign", {"person": accountant.pk})

    (item,) = program.get("/conversations").json()["items"]

    assert item["assignee"] == {"id": str(accountant.pk), "name": "Nathalie Verhulst"}
    assert item["desk_revision"] == 1


def test_states_are_open_closed_and_all(
    api_of: Api, sophie: Membership, accountant: Membership, bakery: Company
) -> None:
    begin(accountant, bakery, subject="Ouverte")
    closed = begin(accountant, bakery, subject="Fermée").conversation
    close_conversation(closed.pk, by=accountant, at=NOW)

    def subjects(query: str) -> set[str]:
        return {one["subject"] for one in api_of(sophie).get(f"/conversations{query}").json()["items"]}

    assert subjects("") == subjects("?state=open") == {"Ouverte"}
    assert subjects("?state=closed") == {"Fermée"}
    assert subjects("?state=all") == {"Ouverte", "Fermée"}
    assert subjects("?to_handle=true") == {"Ouverte"}


def test_newest_message_first_and_page_by_page(
    api_of: Api, sophie: Membership, accountant: Membership, bakery: Company
) -> None:
    first, second, third = (
        begin(accountant, bakery, subject=subject, at=NOW + timedelta(minutes=minute)).conversation
        for minute, subject in enumerate(["un", "deux", "trois"])
    )
    say(first, sophie, "Voilà", at=NOW + timedelta(hours=1))

    page = api_of(sophie).get("/conversations?limit=2").json()
    rest = api_of(sophie).get("/conversations?limit=2&page=2").json()

    assert [one["id"] for one in page["items"]] == [str(first.pk), str(third.pk)]
    assert [one["id"] for one in rest["items"]] == [str(second.pk)]
    assert (page["has_more"], rest["has_more"], rest["page"]) == (True, False, 2)


def test_a_private_one_is_listed_for_those_in_it(
    api_of: Api, sophie: Membership, reader: Membership, accountant: Membership, bakery: Company
) -> None:
    begin(accountant, bakery, to=reader)

    assert api_of(sophie).get("/conversations").json()["items"] == []
    (item,) = api_of(reader).get("/conversations").json()["items"]
    assert item["audience"] == {"person": str(reader.pk), "name": "Marc Dessart"}


def test_by_company_shows_no_more_than_is_seen(
    api_of: Api, accountant: Membership, colleague: Membership, bakery: Company, garage: Company
) -> None:
    begin(accountant, bakery)
    begin(colleague, garage)

    assert len(api_of(accountant).get(f"/conversations?company={bakery.pk}").json()["items"]) == 1
    assert api_of(accountant).get(f"/conversations?company={garage.pk}").json()["items"] == []


def test_one_tells_what_may_be_done(
    api_of: Api, sophie: Membership, accountant: Membership, assistant: Membership, bakery: Company
) -> None:
    started = begin(accountant, bakery).conversation

    def may(member: Membership) -> list[str]:
        allowed: list[str] = api_of(member).get(f"/conversations/{started.pk}").json()["may"]
        return allowed

    assert may(sophie) == ["post", "attach", "edit", "delete", "handle"]
    assert may(assistant) == ["note"]
    close_conversation(started.pk, by=accountant, at=NOW)
    assert may(sophie) == ["reopen"]
