"""The door: password, code, new password, deactivation, limits, and what is closed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from django.core import mail
from django.test import Client

from comptoir.people.models import Person
from comptoir.people.sign_in import folded_address
from tests.world import PASSWORD

if TYPE_CHECKING:
    from pytest_django.fixtures import SettingsWrapper

    from comptoir.people.models import Membership

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_attempts_before() -> None:
    from django.core.cache import cache  # noqa: PLC0415 -- the limits of one test are not the next one's

    cache.clear()


def sign_in(client: Client, email: str, password: str = PASSWORD) -> str:
    return client.post(
        "/accounts/login/", {"login": email, "password": password}, follow=True
    ).content.decode()


def is_signed_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def test_a_password_signs_in_whatever_the_case_of_the_address(client: Client, sophie: Membership) -> None:
    sign_in(client, " Client@DEMO.example ")
    assert client.session["_auth_user_id"] == str(sophie.person_id)


def test_the_session_gets_a_new_key(client: Client, sophie: Membership) -> None:
    planted = client.session
    planted["planted"] = "by somebody who lent the browser"
    planted.save()
    before = planted.session_key
    sign_in(client, sophie.person.email)
    assert is_signed_in(client)
    assert client.session.session_key != before


def test_a_wrong_password_and_an_unknown_address_get_one_answer(client: Client, sophie: Membership) -> None:
    wrong = client.post("/accounts/login/", {"login": sophie.person.email, "password": "not it"})
    unknown = client.post("/accounts/login/", {"login": "nobody@nowhere.example", "password": "not it"})
    assert "error-box" in wrong.content.decode()

    def without_token_and_address(page: bytes) -> str:
        return re.sub(r'value="[^"]*"', "", page.decode())

    assert without_token_and_address(wrong.content) == without_token_and_address(unknown.content)


def test_a_deactivated_person_is_refused(client: Client, sophie: Membership) -> None:
    Person.objects.filter(pk=sophie.person_id).update(is_active=False)
    page = sign_in(client, sophie.person.email)
    assert not is_signed_in(client)
    assert "/accounts/login/" in page


def test_attempts_at_one_account_are_limited_however_its_address_is_written(
    client: Client, sophie: Membership
) -> None:
    for attempt in range(30):
        address = sophie.person.email.upper() if attempt % 2 else sophie.person.email
        client.post("/accounts/login/", {"login": address, "password": "not it"})
    sign_in(client, sophie.person.email)
    assert not is_signed_in(client)


def code_in(letter: mail.EmailMessage) -> str:
    return next(line for line in str(letter.body).splitlines() if re.fullmatch(r"[A-Z0-9-]{6,9}", line))


def test_a_code_by_mail_signs_in(client: Client, sophie: Membership) -> None:
    client.post("/accounts/login/code/", {"email": "CLIENT@demo.example"})
    assert not is_signed_in(client)
    client.post("/accounts/login/code/confirm/", {"code": code_in(mail.outbox[0])})
    assert client.session["_auth_user_id"] == str(sophie.person_id)


def test_a_wrong_code_does_not(client: Client, sophie: Membership) -> None:
    client.post("/accounts/login/code/", {"email": sophie.person.email})
    page = client.post("/accounts/login/code/confirm/", {"code": "AAAAAA"}).content.decode()
    assert 'class="error"' in page
    assert not is_signed_in(client)


def test_asking_for_a_code_does_not_tell_who_has_an_account(client: Client, sophie: Membership) -> None:
    pages = []
    for address in (sophie.person.email, "nobody@nowhere.example"):
        browser = Client()
        page = browser.post("/accounts/login/code/", {"email": address}, follow=True).content.decode()
        pages.append(re.sub(r'value="[^"]*"', "", page).replace(address, ""))
    assert pages[0] == pages[1]
    assert [letter.to for letter in mail.outbox] == [[sophie.person.email], ["nobody@nowhere.example"]]


def test_the_mail_is_in_the_readers_language_and_names_nobody_in_its_subject(
    client: Client, sophie: Membership
) -> None:
    Person.objects.filter(pk=sophie.person_id).update(language="nl")
    client.post("/accounts/login/code/", {"email": sophie.person.email}, headers={"accept-language": "de"})
    subject = mail.outbox[0].subject
    assert "Talmont" not in subject
    assert sophie.person.name not in subject


def test_a_new_password_comes_by_a_link_from_the_configured_address(
    client: Client, sophie: Membership, settings: SettingsWrapper
) -> None:
    settings.BASE_URL = "https://comptoir.example"
    settings.ALLOWED_HOSTS = ["*"]
    client.post("/accounts/password/reset/", {"email": sophie.person.email}, headers={"host": "evil.example"})
    text = str(mail.outbox[0].body)
    assert "evil.example" not in text
    link = re.search(r"https://comptoir\.example(/accounts/password/reset/key/\S+)", text)
    assert link
    form = client.get(link[1], follow=True)
    address = form.redirect_chain[-1][0]
    fresh = "une phrase assez longue 7"
    client.post(address, {"password1": fresh, "password2": fresh})
    assert Person.objects.get(pk=sophie.person_id).check_password(fresh)
    assert b"reset" in Client().get(link[1], follow=True).content


def test_a_changed_password_is_told_by_mail(
    client: Client, sophie: Membership, settings: SettingsWrapper
) -> None:
    settings.ACCOUNT_EMAIL_NOTIFICATIONS = True
    client.force_login(sophie.person)
    new = {"oldpassword": PASSWORD, "password1": "une phrase longue 7", "password2": "une phrase longue 7"}
    client.post("/accounts/password/change/", new)
    assert [letter.to for letter in mail.outbox] == [[sophie.person.email]]
    assert settings.BASE_URL in str(mail.outbox[0].body)
    assert is_signed_in(client)


@pytest.mark.parametrize("path", ["/accounts/email/", "/accounts/confirm-email/", "/accounts/3rdparty/"])
def test_what_belongs_to_the_office_is_not_there(client: Client, sophie: Membership, path: str) -> None:
    client.force_login(sophie.person)
    assert client.get(path).status_code == 404
    assert client.post(path, {"email": "mine@elsewhere.example", "action_add": ""}).status_code == 404


def test_nobody_signs_up(client: Client, sophie: Membership) -> None:
    before = Person.objects.count()
    client.post("/accounts/signup/", {"email": "new@nowhere.example", "password1": "une phrase longue 7"})
    assert Person.objects.count() == before


@pytest.mark.parametrize(
    ("written", "folded"), [("Ann@Example.BE ", "ann@example.be"), ("ﬁn@example.be", "fin@example.be")]
)
def test_an_address_is_written_one_way(written: str, folded: str) -> None:
    assert folded_address(written) == folded
