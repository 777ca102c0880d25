"""The demo's one-click accounts: there with the demo, gone without it, and the same for everybody."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from comptoir.people.models import Office, Person
from comptoir.web.demo import demo_accounts
from tests.world import PASSWORD, signed_in

if TYPE_CHECKING:
    from django.test import Client
    from pytest_django.fixtures import SettingsWrapper

    from comptoir.people.models import Membership


@pytest.fixture
def demo(office: Office, settings: SettingsWrapper) -> None:
    settings.DEMO = True
    Office.objects.update(is_demo=True)


def test_the_sign_in_page_lists_them_by_side(demo: None, client: Client) -> None:
    accounts = demo_accounts()
    assert accounts is not None
    assert [m.person.email.split("@")[0] for m in accounts.client] == ["client", "documents"]
    assert [m.person.email.split("@")[0] for m in accounts.office] == ["accountant", "assistant", "admin"]
    page = client.get("/accounts/login/").content.decode()
    assert 'value="client@demo.example"' in page
    assert PASSWORD in page


def test_one_click_opens_the_account(demo: None, client: Client, documents: Membership) -> None:
    client.post("/demo/sign-in", {"account": "documents@demo.example"})
    assert client.session["_auth_user_id"] == str(documents.person_id)
    assert client.session["member"] == str(documents.pk)


@pytest.mark.parametrize("account", ["", "client", "client@elsewhere.example", "nobody@demo.example"])
def test_only_what_is_listed_opens(demo: None, client: Client, account: str) -> None:
    assert client.post("/demo/sign-in", {"account": account}).status_code == 404


def test_a_get_opens_nothing(demo: None, client: Client) -> None:
    assert client.get("/demo/sign-in?account=client@demo.example").status_code == 405


def test_without_the_demo_there_is_no_such_door(
    client: Client, office: Office, settings: SettingsWrapper
) -> None:
    settings.DEMO = False
    Office.objects.update(is_demo=True)
    assert client.post("/demo/sign-in", {"account": "client@demo.example"}).status_code == 404
    assert "client@demo.example" not in client.get("/accounts/login/").content.decode()


def test_a_real_office_is_never_opened_by_it(
    client: Client, office: Office, settings: SettingsWrapper
) -> None:
    settings.DEMO = True
    Office.objects.update(is_demo=False)
    assert client.post("/demo/sign-in", {"account": "client@demo.example"}).status_code == 404


def test_a_visitor_cannot_shut_the_others_out(demo: None, client: Client, sophie: Membership) -> None:
    client.post("/demo/sign-in", {"account": "client@demo.example"})
    new = {"oldpassword": PASSWORD, "password1": "une phrase longue 7", "password2": "une phrase longue 7"}
    assert client.post("/accounts/password/change/", new).status_code == 403
    assert Person.objects.get(pk=sophie.person_id).check_password(PASSWORD)
    assert client.get("/accounts/2fa/totp/activate/").status_code == 200
    assert client.post("/accounts/2fa/totp/activate/", {"code": "123456"}).status_code == 403


def test_a_second_factor_cannot_be_asked_for_where_nobody_can_have_one(
    demo: None, client: Client, admin: Membership
) -> None:
    browser = signed_in(client, admin)
    answer = browser.post("/desk/settings/policy", {"second_factor": "on"})
    assert answer.status_code == 403
    assert "Dans la démonstration" in answer.content.decode()
    assert not Office.objects.get(pk=admin.office_id).requires_second_factor


def test_a_demo_that_asked_for_it_is_open_again(demo: None, client: Client, admin: Membership) -> None:
    Office.objects.update(requires_second_factor=True)
    browser = signed_in(client, admin)
    assert browser.get("/desk/", headers={"Accept": "text/html"}).status_code == 200
    browser.post("/desk/settings/policy", {})
    assert not Office.objects.get(pk=admin.office_id).requires_second_factor
