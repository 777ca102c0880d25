"""GET /me, /counters, /companies and the people of a dossier."""

from __future__ import annotations

from typing import TYPE_CHECKING

from comptoir.people.actions.companies import open_company
from comptoir.people.actions.memberships import end_membership
from tests.world import NOW, begin

if TYPE_CHECKING:
    from datetime import datetime

    from comptoir.people.models import Company, Membership
    from tests.api.conftest import Api


def test_me_is_the_tokens_membership_among_the_persons(api_of: Api, sophie: Membership) -> None:
    me = api_of(sophie, "read").get("/me").json()

    assert me["person"]["email"] == "client@demo.example"
    assert me["member"]["id"] == str(sophie.pk)
    assert me["member"]["company"]["name"] == "Boulangerie Pain & Levain SRL"
    assert [one["id"] for one in me["memberships"]] == [str(sophie.pk)]
    assert me["scopes"] == ["read"]


def test_the_staff_have_no_company(api_of: Api, accountant: Membership) -> None:
    me = api_of(accountant).get("/me").json()

    assert (me["member"]["company"], me["member"]["side"]) == (None, "office")


def test_counters_are_the_members_own(
    api_of: Api, sophie: Membership, reader: Membership, accountant: Membership, bakery: Company
) -> None:
    begin(accountant, bakery)
    begin(accountant, bakery, to=reader)

    assert api_of(sophie).get("/counters").json() == {"to_handle": 1, "unread": 1}
    assert api_of(reader).get("/counters").json() == {"to_handle": 1, "unread": 1}
    assert api_of(accountant).get("/counters").json() == {"to_handle": 0, "unread": 0}


def test_companies_are_those_that_the_member_sees(
    api_of: Api, admin: Membership, accountant: Membership, sophie: Membership
) -> None:
    def names(member: Membership, query: str = "") -> list[str]:
        return [one["name"] for one in api_of(member).get(f"/companies{query}").json()["items"]]

    bakery, garage = "Boulangerie Pain & Levain SRL", "Garage Thonon & Fils SRL"
    assert names(admin) == [bakery, garage]
    assert names(accountant) == names(sophie) == [bakery]
    assert names(admin, "?limit=1&page=2") == [garage]
    assert api_of(admin).get("/companies?limit=1").json()["has_more"] is True


def test_companies_stand_in_people_s_order_page_after_page(
    api_of: Api, admin: Membership, now: datetime
) -> None:
    for name, number in (("Électricité Noël", "0474.111.254"), ("coiffure Anne", "0455.117.169")):
        open_company(name, by=admin, at=now, enterprise_number=number)
    pages = [api_of(admin).get(f"/companies?limit=2&page={page}").json()["items"] for page in (1, 2)]
    assert [one["name"][:5] for page in pages for one in page] == ["Boula", "coiff", "Élect", "Garag"]


def test_people_of_a_dossier_and_whom_i_may_name(
    api_of: Api, sophie: Membership, accountant: Membership, bakery: Company
) -> None:
    def addressable(member: Membership) -> set[str]:
        items = api_of(member).get(f"/companies/{bakery.pk}/people").json()["items"]
        return {one["name"] for one in items if one["is_addressable"]}

    assert addressable(sophie) == {
        "Philippe Talmont",
        "Nathalie Verhulst",
        "Karim Benali",
        "Marc Dessart",
    }
    assert addressable(accountant) == {"Sophie Renard", "Karim Benali", "Marc Dessart"}


def test_an_ended_membership_ends_its_tokens(api_of: Api, sophie: Membership, admin: Membership) -> None:
    program = api_of(sophie)
    end_membership(sophie.pk, by=admin, at=NOW)

    assert program.get("/me").status_code == 401
