"""Inviting from the pages, joining by the link, and what a scanner of mails can do with it: nothing."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from django.test import Client
from django.urls import reverse

from comptoir.people.models import Membership, Person, Token
from tests.world import PASSWORD, fresh, signed_in

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.core.mail import EmailMessage
    from pytest_django.fixtures import SettingsWrapper

    from comptoir.people.models import Company

    Browser = Callable[[Membership], Client]

ADDRESS = "nouvelle@client.example"
LINK = re.compile(r"(\S+)/join#(\S+)")
JOIN = "/join"


def invite(browser: Client, company: Company, **values: str) -> int:
    typed = {"email": ADDRESS, "name": "Anne Petit", "profile": "full_access", "language": "nl", **values}
    return browser.post(reverse("company_invite", args=[company.pk]), typed).status_code


@pytest.fixture
def secret(
    browser_of: Browser, accountant: Membership, bakery: Company, mailoutbox: list[EmailMessage]
) -> str:
    assert invite(browser_of(accountant), bakery) == 302
    found = LINK.search(str(mailoutbox[0].body))
    assert found is not None
    return found[2]


def waiting() -> int:
    return Token.objects.filter(used_at__isnull=True).count()


# ── Inviting ─────────────────────────────────────────────────────────────
def test_mails_a_neutral_subject_and_a_link_behind_a_sign(
    secret: str, mailoutbox: list[EmailMessage], settings: SettingsWrapper
) -> None:
    (mail,) = mailoutbox
    assert mail.to == [ADDRESS]
    assert "Pain" not in mail.subject
    assert "Talmont" not in mail.subject
    assert f"{settings.BASE_URL}/join#{secret}" in str(mail.body)
    assert mail.extra_headers["Auto-Submitted"] == "auto-generated"


def test_the_link_leads_to_the_configured_address_whatever_the_request_says(
    browser_of: Browser,
    accountant: Membership,
    bakery: Company,
    mailoutbox: list[EmailMessage],
    settings: SettingsWrapper,
) -> None:
    settings.ALLOWED_HOSTS = ["*"]
    settings.BASE_URL = "https://comptoir.example"
    browser = browser_of(accountant)
    browser.defaults["HTTP_HOST"] = "evil.example"
    invite(browser, bakery)
    assert "https://comptoir.example/join#" in str(mailoutbox[0].body)
    assert "evil" not in str(mailoutbox[0].message())


def test_without_a_mail_server_the_link_is_shown_once(
    browser_of: Browser, accountant: Membership, bakery: Company, settings: SettingsWrapper
) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
    browser = browser_of(accountant)
    typed = {"email": ADDRESS, "profile": "full_access", "language": "fr"}
    answer = browser.post(reverse("company_invite", args=[bakery.pk]), typed)
    assert answer.status_code == 200
    assert LINK.search(answer.content.decode())
    assert not LINK.search(browser.get(reverse("company", args=[bakery.pk])).content.decode())


def test_a_mail_server_that_fails_shows_the_link_too(
    browser_of: Browser, accountant: Membership, bakery: Company, settings: SettingsWrapper
) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9  # nobody listens there
    assert invite(browser_of(accountant), bakery) == 200


def test_a_wrong_address_is_named_and_what_was_typed_survives(
    browser_of: Browser, accountant: Membership, bakery: Company
) -> None:
    browser = browser_of(accountant)
    answer = browser.post(
        reverse("company_invite", args=[bakery.pk]),
        {"email": "no", "name": "Anne Petit", "profile": "full_access"},
    )
    assert answer.status_code == 422
    assert b"Anne Petit" in answer.content
    assert waiting() == 0


def test_sends_again_and_withdraws(
    secret: str, browser_of: Browser, accountant: Membership, mailoutbox: list[EmailMessage]
) -> None:
    browser = browser_of(accountant)
    first = Token.objects.get(used_at__isnull=True)
    assert browser.post(reverse("invitation_resend", args=[first.pk])).status_code == 302
    assert len(mailoutbox) == 2
    second = Token.objects.get(used_at__isnull=True)
    assert browser.post(reverse("invitation_withdraw", args=[second.pk])).status_code == 302
    assert waiting() == 0


# ── Joining ──────────────────────────────────────────────────────────────
def test_looking_uses_nothing_up(secret: str, client: Client) -> None:
    for _ in range(3):
        assert client.get(JOIN).status_code == 200
        assert client.head(JOIN).status_code == 200
        answer = client.post(JOIN, {"secret": secret})
        assert answer.status_code == 200
        assert b"Fiduciaire Talmont" in answer.content
    assert waiting() == 1
    assert "sessionid" not in client.cookies


def test_a_newcomer_joins_and_is_signed_in(secret: str, client: Client, bakery: Company) -> None:
    answer = client.post(
        JOIN, {"secret": secret, "accept": "1", "name": "Anne Petit", "password": "un mot de passe long"}
    )
    assert (answer.status_code, answer["Location"]) == (302, "/")
    person = Person.objects.get(email=ADDRESS)
    assert person.check_password("un mot de passe long")
    assert Membership.objects.get(person=person).company_id == bakery.pk
    assert client.session["_auth_user_id"] == str(person.pk)
    assert client.post(JOIN, {"secret": secret}).status_code == 404


def test_the_whole_link_may_be_pasted(secret: str, client: Client) -> None:
    assert client.post(JOIN, {"secret": f" http://testserver/join#{secret} "}).status_code == 200


@pytest.mark.parametrize("wrong", ["", "x", "\x00", "é" * 500])
def test_anything_else_is_told_to_be_over(wrong: str, secret: str, client: Client) -> None:
    assert client.post(JOIN, {"secret": wrong, "accept": "1"}).status_code == 404
    assert waiting() == 1


def test_a_weak_password_is_refused_beside_its_field(secret: str, client: Client) -> None:
    answer = client.post(JOIN, {"secret": secret, "accept": "1", "name": "Anne", "password": "court"})
    assert answer.status_code == 422
    assert "password" in answer.context["form"].errors
    assert secret.encode() in answer.content  # so that the next try is possible
    assert waiting() == 1


@pytest.fixture
def secret_for_luc(
    browser_of: Browser, admin: Membership, other: Membership, bakery: Company, mailoutbox: list[EmailMessage]
) -> str:
    assert invite(browser_of(admin), bakery, email=other.person.email) == 302
    found = LINK.search(str(mailoutbox[0].body))
    assert found is not None
    return found[2]


def joined(member: Membership, company: Company) -> bool:
    return Membership.objects.active().filter(person=member.person_id, company=company.pk).exists()


def test_whoever_has_a_login_proves_it_by_password(
    secret_for_luc: str, client: Client, other: Membership, bakery: Company
) -> None:
    form = {"secret": secret_for_luc, "accept": "1", "name": "Impostor"}
    for password in ("", "not this one"):
        assert client.post(JOIN, {**form, "password": password}).status_code == 422
        assert not joined(other, bakery)
        assert "_auth_user_id" not in client.session
    assert client.post(JOIN, {**form, "password": PASSWORD}).status_code == 302
    assert joined(other, bakery)
    assert Person.objects.get(pk=other.person_id).name == other.person.name
    assert client.session["_auth_user_id"] == str(other.person_id)


def test_whoever_is_signed_in_just_accepts(
    secret_for_luc: str, browser_of: Browser, other: Membership, bakery: Company
) -> None:
    browser = browser_of(other)
    assert browser.post(JOIN, {"secret": secret_for_luc, "accept": "1"}).status_code == 302
    assert joined(other, bakery)
    assert browser.session["member"] != str(other.pk)


def test_somebody_else_who_is_signed_in_takes_nothing(
    secret_for_luc: str, browser_of: Browser, sophie: Membership, other: Membership, bakery: Company
) -> None:
    browser = browser_of(sophie)
    assert browser.post(JOIN, {"secret": secret_for_luc, "accept": "1"}).status_code == 422
    assert waiting() == 1
    assert not joined(other, bakery)


def test_guessing_passwords_is_limited(secret_for_luc: str, client: Client) -> None:
    form = {"secret": secret_for_luc, "accept": "1", "password": "not this one"}
    answers = [client.post(JOIN, form) for _ in range(12)]
    assert {answer.status_code for answer in answers} == {422}
    assert client.post(JOIN, {**form, "password": PASSWORD}).status_code == 422
    assert waiting() == 1


def test_ending_an_access_shuts_the_browser_out(
    browser_of: Browser, admin: Membership, partner: Membership
) -> None:
    theirs = signed_in(Client(), fresh(partner))
    assert theirs.get("/profile/").status_code == 200
    assert browser_of(admin).post(reverse("member_end", args=[partner.pk])).status_code == 302
    assert theirs.get("/profile/").status_code == 302
