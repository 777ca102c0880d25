"""The desk's dossiers: listed, found, opened, changed, archived; and who is led where."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from comptoir.people.actions.companies import open_company
from comptoir.people.enterprise_number import check_digits
from comptoir.people.models import Company

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from django.test import Client

    from comptoir.people.models import Membership

    Browser = Callable[[Membership], Client]

NEW = {
    "name": "Moulin SA",
    "enterprise_number": check_digits("04420915"),
    "vat_regime": "monthly",
    "language": "nl",
}


def shown(browser: Client, **query: str) -> list[str]:
    return [company.name for company in browser.get(reverse("companies"), query).context["rows"]]


def test_lists_what_the_member_may_see(
    browser_of: Browser, admin: Membership, accountant: Membership, colleague: Membership
) -> None:
    assert shown(browser_of(admin)) == ["Boulangerie Pain & Levain SRL", "Garage Thonon & Fils SRL"]
    assert shown(browser_of(accountant)) == ["Boulangerie Pain & Levain SRL"]
    assert shown(browser_of(colleague)) == ["Garage Thonon & Fils SRL"]


def test_sorts_and_finds_as_people_do(browser_of: Browser, admin: Membership, now: datetime) -> None:
    open_company("Électricité Noël", by=admin, at=now, enterprise_number=NEW["enterprise_number"])
    browser = browser_of(admin)
    assert [name[:5] for name in shown(browser)] == ["Boula", "Élect", "Garag"]
    assert shown(browser, q="electricite NOEL") == ["Électricité Noël"]
    assert shown(browser, q="0712.458") == ["Boulangerie Pain & Levain SRL"]
    assert shown(browser, q="nothing") == []


def test_costs_the_same_for_one_and_for_many(
    browser_of: Browser, admin: Membership, accountant: Membership, now: datetime
) -> None:
    browser = browser_of(admin)
    with CaptureQueriesContext(connection) as few:
        browser.get(reverse("companies"))
    for number in range(5):
        open_company(
            f"Dossier {number}", by=admin, at=now, enterprise_number=check_digits(f"0500000{number}"),
            manager_id=accountant.pk,
        )  # fmt: skip
    with CaptureQueriesContext(connection) as many:
        browser.get(reverse("companies"))
    assert len(many) == len(few)


def test_opens_a_dossier_and_leads_to_it(
    browser_of: Browser, admin: Membership, accountant: Membership, group: object
) -> None:
    answer = browser_of(admin).post(reverse("company_new"), {**NEW, "manager_id": str(accountant.pk)})
    company = Company.objects.get(name="Moulin SA")
    assert answer.status_code == 302
    assert answer["Location"] == reverse("company", args=[company.pk])
    assert company.manager_id == accountant.pk


@pytest.mark.parametrize(
    ("field", "value"),
    [("enterprise_number", "0712458367"), ("enterprise_number", "12"), ("name", ""), ("manager_id", "x")],
)
def test_what_is_wrong_stands_beside_its_field_and_what_was_typed_survives(
    field: str, value: str, browser_of: Browser, admin: Membership
) -> None:
    answer = browser_of(admin).post(reverse("company_new"), {**NEW, field: value})
    assert answer.status_code == 422
    assert field in answer.context["form"].errors
    assert NEW["name" if field != "name" else "enterprise_number"].encode() in answer.content


def test_changes_and_archives_and_takes_up_again(
    browser_of: Browser, admin: Membership, bakery: Company
) -> None:
    browser = browser_of(admin)
    edit = reverse("company_edit", args=[bakery.pk])
    assert b"0712.458.367" in browser.get(edit).content
    values = {
        **NEW,
        "name": "Pain nouveau",
        "enterprise_number": bakery.enterprise_number,
        "manager_id": "",
        "group_id": "",
    }
    assert browser.post(edit, values).status_code == 302
    stored = Company.objects.get(pk=bakery.pk)
    assert (stored.name, stored.manager_id, stored.group_id) == ("Pain nouveau", None, None)
    browser.post(reverse("company_archive", args=[bakery.pk]))
    assert shown(browser, archived="1") == ["Pain nouveau"]
    browser.post(reverse("company_restore", args=[bakery.pk]))
    assert shown(browser, archived="1") == []


@pytest.mark.parametrize(
    ("who", "path", "status"),
    [
        ("accountant", "company", 200),
        ("assistant", "company", 200),
        ("colleague", "company", 404),
        ("outsider", "company", 404),
        ("sophie", "company", 404),
        ("accountant", "company_edit", 403),
        ("colleague", "company_edit", 404),
        ("sophie", "company_edit", 404),
    ],
)
def test_who_sees_one(  # noqa: PLR0917 -- who, what, and the people it is about
    who: str, path: str, status: int, browser_of: Browser, bakery: Company, request: pytest.FixtureRequest
) -> None:
    browser = browser_of(request.getfixturevalue(who))
    assert browser.get(reverse(path, args=[bakery.pk])).status_code == status


def test_only_who_may_invite_is_offered_it(
    browser_of: Browser, accountant: Membership, assistant: Membership, bakery: Company
) -> None:
    page = reverse("company", args=[bakery.pk])
    assert reverse("company_invite", args=[bakery.pk]).encode() in browser_of(accountant).get(page).content
    assert reverse("company_invite", args=[bakery.pk]).encode() not in browser_of(assistant).get(page).content
