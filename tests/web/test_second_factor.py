"""Staff set up a second factor before anything else, where their office asks for one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value, yield_hotp_counters_from_time

from comptoir.people.models import Office
from comptoir.people.second_factor import needs_second_factor
from tests.world import PASSWORD, fresh

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

    from comptoir.people.models import Membership

SECRET = "JBSWY3DPEHPK3PXP"
HTML = {"accept": "text/html"}


@pytest.fixture
def strict(office: Office) -> Office:
    Office.objects.filter(pk=office.pk).update(requires_second_factor=True)
    return office


@pytest.fixture
def relaxed(office: Office) -> Office:
    Office.objects.filter(pk=office.pk).update(requires_second_factor=False)
    return office


def digits_now() -> str:
    counter = next(iter(yield_hotp_counters_from_time()))
    return format_hotp_value(hotp_value(SECRET, counter))


def test_only_staff_of_an_office_that_asks_need_one(
    strict: Office, accountant: Membership, sophie: Membership
) -> None:
    assert needs_second_factor(accountant.person)
    assert not needs_second_factor(sophie.person)
    TOTP.activate(accountant.person, SECRET)
    assert not needs_second_factor(accountant.person)


def test_recovery_codes_alone_are_none(strict: Office, accountant: Membership) -> None:
    Authenticator.objects.create(user=accountant.person, type=Authenticator.Type.RECOVERY_CODES, data={})
    assert needs_second_factor(accountant.person)


def test_every_page_leads_to_setting_it_up(
    strict: Office, accountant: Membership, browser_of: Callable[[Membership], Client]
) -> None:
    browser = browser_of(fresh(accountant))
    assert browser.get("/desk/", headers=HTML).headers["Location"] == "/accounts/2fa/"
    assert browser.get("/counters", headers={"accept": "application/json"}).status_code == 403
    assert browser.post("/desk/new", {}, headers=HTML).status_code == 403
    assert browser.get("/accounts/2fa/").status_code == 200


def test_with_one_the_desk_opens(
    strict: Office, accountant: Membership, browser_of: Callable[[Membership], Client]
) -> None:
    TOTP.activate(accountant.person, SECRET)
    assert browser_of(fresh(accountant)).get("/desk/", headers=HTML).status_code == 200


def test_where_it_is_not_asked_nothing_stands_in_the_way(
    relaxed: Office, accountant: Membership, browser_of: Callable[[Membership], Client]
) -> None:
    assert browser_of(fresh(accountant)).get("/desk/", headers=HTML).status_code == 200


def test_a_password_alone_does_not_sign_in_who_has_one(client: Client, accountant: Membership) -> None:
    TOTP.activate(accountant.person, SECRET)
    client.post("/accounts/login/", {"login": accountant.person.email, "password": PASSWORD})
    assert "_auth_user_id" not in client.session
    client.post("/accounts/2fa/authenticate/", {"code": "000000"})
    assert "_auth_user_id" not in client.session
    client.post("/accounts/2fa/authenticate/", {"code": digits_now()})
    assert client.session["_auth_user_id"] == str(accountant.person_id)
