"""POST /conversations/{id}/close, /reopen, /handled, /seen, /assign."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from comptoir.conversations.models import Receipt
from tests.world import begin, say

if TYPE_CHECKING:
    from comptoir.people.models import Company, Membership
    from tests.api.conftest import Api


def test_closed_and_opened_again(api_of: Api, sophie: Membership, bakery: Company) -> None:
    program, mine = api_of(sophie), begin(sophie, bakery).conversation

    closed = program.post(f"/conversations/{mine.pk}/close").json()
    assert (closed["state"], closed["awaiting"]) == ("closed", None)
    assert closed["closed_at"] is not None
    assert program.post(f"/conversations/{mine.pk}/close").json() == closed  # twice changes nothing

    opened = program.post(f"/conversations/{mine.pk}/reopen").json()
    assert (opened["state"], opened["awaiting"], opened["closed_at"]) == ("open", "office", None)


def test_a_company_does_not_close_what_the_office_began(
    api_of: Api, sophie: Membership, accountant: Membership, bakery: Company
) -> None:
    theirs = begin(accountant, bakery).conversation

    response = api_of(sophie).post(f"/conversations/{theirs.pk}/close")

    assert (response.status_code, response.json()["error"]) == (403, "begun_by_the_office")


def test_handled_ends_what_waits_for_my_side(
    api_of: Api, sophie: Membership, accountant: Membership, bakery: Company
) -> None:
    theirs = begin(accountant, bakery).conversation

    item = api_of(sophie).post(f"/conversations/{theirs.pk}/handled").json()

    assert (item["awaiting"], item["to_handle"]) == (None, False)
    api_of(accountant).post(f"/conversations/{theirs.pk}/close")
    again = api_of(sophie).post(f"/conversations/{theirs.pk}/handled")
    assert (again.status_code, again.json()["error"]) == (409, "conversation_closed")


def test_seen_up_to_a_revision(
    api_of: Api, sophie: Membership, accountant: Membership, bakery: Company
) -> None:
    theirs = begin(accountant, bakery)
    second = say(theirs.conversation, accountant, "Et la TVA ?")
    program, path = api_of(sophie), f"/conversations/{theirs.conversation.pk}"

    assert program.post(f"{path}/seen", {"revision": theirs.message.position}).json()["unread"] is True
    first, last = program.get(f"{path}/messages").json()["items"]
    assert (first["state"], last["state"]) == ("seen", "delivered")

    assert program.post(f"{path}/seen", {"revision": second.position}).json()["unread"] is False
    assert {receipt.how for receipt in Receipt.objects.filter(member=sophie)} == {"api"}


@pytest.mark.parametrize("revision", [-1, 2**63, "1", 1.5, True, None])
def test_seen_takes_revisions_only(
    revision: Any, api_of: Api, sophie: Membership, accountant: Membership, bakery: Company
) -> None:
    theirs = begin(accountant, bakery).conversation

    response = api_of(sophie).post(f"/conversations/{theirs.pk}/seen", {"revision": revision})

    assert (response.status_code, response.json()["field"]) == (422, "revision")


def test_seen_beyond_the_newest_is_all_of_it(
    api_of: Api, sophie: Membership, accountant: Membership, bakery: Company
) -> None:
    theirs = begin(accountant, bakery).conversation

    item = api_of(sophie).post(f"/conversations/{theirs.pk}/seen", {"revision": 2**63 - 1}).json()

    assert item["unread"] is False
    say(theirs, accountant, "Encore")
    assert api_of(sophie).get(f"/conversations/{theirs.pk}").json()["unread"] is True


def test_assigned_to_staff_of_the_dossier_only(
    api_of: Api, accountant: Membership, colleague: Membership, sophie: Membership, bakery: Company
) -> None:
    theirs, program = begin(accountant, bakery).conversation, api_of(accountant)
    path = f"/conversations/{theirs.pk}/assign"

    assert program.post(path, {"person": accountant.pk}).json()["assignee"]["id"] == str(accountant.pk)
    assert program.post(path, {"person": None}).json()["assignee"] is None
    for person in (colleague.pk, sophie.pk):
        assert program.post(path, {"person": person}).status_code == 404
    assert api_of(sophie).post(path, {"person": None}).status_code == 403


@pytest.mark.parametrize("verb", ["close", "reopen", "handled"])
def test_an_assistant_changes_nothing(
    verb: str, api_of: Api, accountant: Membership, assistant: Membership, bakery: Company
) -> None:
    theirs = begin(accountant, bakery).conversation
    if verb == "reopen":
        api_of(accountant).post(f"/conversations/{theirs.pk}/close")

    assert api_of(assistant).post(f"/conversations/{theirs.pk}/{verb}").status_code == 403
