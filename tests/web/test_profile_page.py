"""One's own page; the first page of a fresh installation; and that of somebody without any access."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from comptoir.people.actions.memberships import end_membership
from comptoir.people.bearer import bearer_of
from comptoir.people.models import ApiToken, Membership, Office, Person
from tests.world import fresh, signed_in

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    Browser = Callable[[Membership], Client]

MINE = {
    "name": "Sophie R.",
    "phone": "",
    "language": "nl",
    "time_zone": "Europe/Brussels",
    "theme": "dark",
    "enter_sends": "on",
}


@pytest.mark.parametrize(
    "who", ["admin", "accountant", "assistant", "sophie", "documents", "reader", "other", "outsider"]
)
def test_everybody_has_one(who: str, browser_of: Browser, request: pytest.FixtureRequest) -> None:
    member = request.getfixturevalue(who)
    answer = browser_of(member).get("/profile/")
    assert answer.status_code == 200
    assert member.person.email in answer.content.decode()


def test_keeps_preferences(browser_of: Browser, sophie: Membership) -> None:
    browser = browser_of(sophie)
    assert browser.post("/profile/", MINE).status_code == 302
    person = Person.objects.get(pk=sophie.person_id)
    assert (person.name, person.language, person.theme, person.enter_sends) == (
        "Sophie R.",
        "nl",
        "dark",
        True,
    )
    assert b'lang="nl"' in browser.get("/profile/").content
    del MINE["enter_sends"]
    browser.post("/profile/", MINE)
    assert Person.objects.get(pk=sophie.person_id).enter_sends is False


@pytest.mark.parametrize(
    ("field", "value"), [("name", ""), ("time_zone", "../x"), ("language", "it"), ("theme", "pink")]
)
def test_what_is_wrong_stands_beside_its_field(
    field: str, value: str, browser_of: Browser, sophie: Membership
) -> None:
    answer = browser_of(sophie).post("/profile/", {**MINE, field: value})
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])


def test_nothing_else_of_a_person_can_be_set(browser_of: Browser, sophie: Membership) -> None:
    before = Person.objects.values().get(pk=sophie.person_id)
    extra = {"email": "x@x.example", "is_active": "", "epoch": "9", "password": "x", "id": "0"}
    browser_of(sophie).post("/profile/", {**MINE, **extra})
    after = Person.objects.values().get(pk=sophie.person_id)
    changed = {name for name, value in after.items() if value != before[name]}
    assert changed <= {"last_login", "name", "language", "theme", "enter_sends"}


def test_signs_out_everywhere(browser_of: Browser, sophie: Membership) -> None:
    here, there = browser_of(sophie), signed_in(Client(), fresh(sophie))
    assert here.post(reverse("sign_out_everywhere")).status_code == 302
    for browser in (here, there):
        assert browser.get("/profile/").status_code == 302


# ── Tokens ───────────────────────────────────────────────────────────────
def make(browser: Client, **values: object) -> object:
    return browser.post(reverse("token_make"), {"token_name": "Script", "scopes": ["read"], **values})


def test_a_token_is_shown_once_and_revoked(browser_of: Browser, sophie: Membership) -> None:
    browser = browser_of(sophie)
    found = re.search(r"data-token>(cpt_[\w-]+)<", make(browser).content.decode())
    assert found is not None
    bearer = bearer_of(found[1], at=timezone.now())
    assert bearer is not None
    assert (bearer.member.pk, bearer.scopes) == (sophie.pk, {"read"})
    assert found[1] not in browser.get("/profile/").content.decode()
    token = ApiToken.objects.get()
    assert browser.post(reverse("token_revoke", args=[token.pk])).status_code == 302
    assert bearer_of(found[1], at=timezone.now()) is None


@pytest.mark.parametrize(
    ("field", "values"),
    [("scopes", {"scopes": []}), ("scopes", {"scopes": ["admin"]}), ("token_name", {"token_name": ""})],
)
def test_a_token_says_what_it_may(
    field: str, values: dict[str, object], browser_of: Browser, sophie: Membership
) -> None:
    answer = make(browser_of(sophie), **values)
    assert (answer.status_code, list(answer.context["token_form"].errors)) == (422, [field])
    assert not ApiToken.objects.exists()


def test_another_persons_token_is_not_there(
    browser_of: Browser, sophie: Membership, partner: Membership
) -> None:
    make(browser_of(sophie))
    token = ApiToken.objects.get()
    assert browser_of(partner).post(reverse("token_revoke", args=[token.pk])).status_code == 404
    assert ApiToken.objects.get().revoked_at is None


# ── Without access ───────────────────────────────────────────────────────
def test_somebody_without_access_is_told(
    browser_of: Browser, admin: Membership, sophie: Membership, client: Client, now: datetime
) -> None:
    end_membership(sophie.pk, by=admin, at=now)
    client.force_login(Person.objects.get(pk=sophie.person_id))
    assert client.get("/")["Location"] == reverse("no_membership")
    assert client.get(reverse("no_membership")).status_code == 200
    assert browser_of(admin).get(reverse("no_membership")).status_code == 302
    assert Client().get(reverse("no_membership"))["Location"].startswith("/accounts/login/")


# ── The first page ───────────────────────────────────────────────────────
FIRST = {
    "name": "Kantoor Maes",
    "person": "An Maes",
    "email": "an@maes.example",
    "password": "een lang wachtwoord",
}


def test_the_first_visitor_makes_the_first_office_and_nobody_after(db: None, client: Client) -> None:
    Office.objects.all().delete()
    assert client.get("/")["Location"] == "/start"
    assert client.get("/start").status_code == 200
    weak = client.post("/start", {**FIRST, "password": "kort"})
    assert (weak.status_code, list(weak.context["form"].errors)) == (422, ["password"])
    assert not Office.objects.exists()
    assert client.post("/start", FIRST).status_code == 302
    office = Office.objects.get()
    assert (office.name, office.requires_second_factor, office.is_demo) == ("Kantoor Maes", True, False)
    assert client.session["_auth_user_id"] == str(Person.objects.get(email="an@maes.example").pk)
    for method in (Client().get, Client().post):
        assert method("/start", FIRST).status_code == 404
    assert Office.objects.count() == 1


def test_where_there_is_an_office_there_is_no_first_page(cast: object, client: Client) -> None:
    assert client.get("/start").status_code == 404
    assert client.post("/start", FIRST).status_code == 404
