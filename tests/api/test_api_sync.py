"""GET /sync: counters, what changed, what is new, what is gone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from comptoir.conversations.models import Receipt
from comptoir.core.ids import new_id
from comptoir.people.actions.memberships import change_profile
from tests.world import NOW, begin, say

if TYPE_CHECKING:
    from comptoir.people.models import Company, Membership
    from tests.api.conftest import Api, Program

SOME = "01a20c0e-17f9-77ae-ab1d-05242cdcd0de"  # always the same: the parallel runs compare the names of tests


def known(program: Program) -> str:
    items = program.get("/conversations?state=all").json()["items"]
    return "&".join(f"conversations={item['id']}:{item['revision']}" for item in items)


def test_nothing_changed(api_of: Api, sophie: Membership, accountant: Membership, bakery: Company) -> None:
    begin(accountant, bakery)
    program = api_of(sophie)
    program.get("/sync")  # delivers what was there

    assert program.get(f"/sync?{known(program)}").json() == {
        "counters": {"to_handle": 1, "unread": 1},
        "changed": [],
        "new": [],
        "gone": [],
        "has_more": False,
    }


def test_changed_and_new_and_they_are_delivered(
    api_of: Api, sophie: Membership, accountant: Membership, bakery: Company
) -> None:
    old = begin(accountant, bakery).conversation
    program = api_of(sophie)
    program.get("/sync")
    before = known(program)
    say(old, accountant, "Encore")
    fresh = begin(accountant, bakery, subject="Nouvelle").conversation

    found = program.get(f"/sync?{before}").json()

    assert [item["id"] for item in found["changed"]] == [str(old.pk)]
    assert [item["id"] for item in found["new"]] == [str(fresh.pk)]
    # With the revisions after delivery: asked again with them, nothing is left.
    again = "&".join(
        f"conversations={one['id']}:{one['revision']}" for one in found["changed"] + found["new"]
    )
    assert program.get(f"/sync?{again}").json() == {**found, "changed": [], "new": []}
    assert {(one.kind, one.how) for one in Receipt.objects.filter(member=sophie)} == {("delivered", "api")}


def test_several_by_commas_and_new_ones_bounded(
    api_of: Api, sophie: Membership, accountant: Membership, bakery: Company
) -> None:
    one, two, three = (
        begin(accountant, bakery, subject=name).conversation for name in ("un", "deux", "trois")
    )

    found = api_of(sophie).get(f"/sync?conversations={one.pk}:0,{two.pk}:0&limit=0").json()

    assert {item["subject"] for item in found["changed"]} == {"un", "deux"}
    assert (found["new"], found["has_more"]) == ([], True)
    assert not Receipt.objects.filter(member=sophie, conversation=three).exists()


def test_gone_and_never_there_are_alike(
    api_of: Api, admin: Membership, reader: Membership, accountant: Membership, bakery: Company
) -> None:
    private = begin(accountant, bakery, to=reader).conversation
    program, never = api_of(reader), new_id()
    assert program.get(f"/sync?conversations={private.pk}:1").json()["gone"] == []

    change_profile(reader.pk, by=admin, at=NOW, profile="document_processing")

    found = program.get(f"/sync?conversations={private.pk}:1,{never}:1").json()
    assert found["gone"] == [str(private.pk), str(never)]
    assert (found["changed"], found["new"]) == ([], [])


@pytest.mark.parametrize(
    "wrong",
    [
        "x",
        "x:1",
        SOME,
        f"{SOME}:",
        f"{SOME}:-1",
        f"{SOME}:{2**63}",
        f"{SOME}:1:1",
        f"{'-' * 36}:1",
    ],
)
def test_what_is_no_map_is_refused(wrong: str, api_of: Api, sophie: Membership) -> None:
    response = api_of(sophie).get(f"/sync?conversations={wrong}")

    assert (response.status_code, response.json()["field"]) == (422, "conversations")


def test_at_most_five_hundred(api_of: Api, sophie: Membership) -> None:
    many = [f"{new_id()}:{2**63 - 1}" for _ in range(501)]

    assert len(api_of(sophie).get(f"/sync?conversations={','.join(many[:500])}").json()["gone"]) == 500
    assert api_of(sophie).get(f"/sync?conversations={','.join(many)}").status_code == 422
