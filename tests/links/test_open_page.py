"""The page behind the link: inert to whoever only looks, one button, one browser, ten minutes; and what it then shows."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.test import Client
from django.urls import reverse

from comptoir.activity.models import Event
from comptoir.conversations.actions.conversation import close_conversation
from comptoir.conversations.models import Message
from comptoir.people.models import Person, Token
from tests.doors.knock import contents
from tests.links.conftest import link_to, opened
from tests.links.test_item_links import LOSSES
from tests.world import NOW, begin, fresh, say, signed_in

if TYPE_CHECKING:
    import time_machine
    from django.http import HttpResponse

    from comptoir.conversations.models import Conversation
    from comptoir.people.models import Company, Membership
    from comptoir.people.one_time import Made
    from tests.world import Cast

pytestmark = pytest.mark.usefixtures("clock")


def thread(conversation: Conversation) -> str:
    return reverse("portal_thread", args=[conversation.pk])


def press(browser: Client, secret: str) -> HttpResponse:
    return browser.post("/open", {"secret": secret})


# ── Inert to whoever only looks ──────────────────────────────────────────
def test_looking_changes_nothing(made: Made) -> None:
    before = list(Token.objects.values()), Event.objects.count()
    scanner = Client()
    for _ in range(20):
        assert scanner.head("/open").status_code == 200
        assert scanner.get("/open").status_code == 200
    assert (list(Token.objects.values()), Event.objects.count()) == before
    assert press(Client(), made.secret).status_code == 302


def test_it_is_the_same_for_everybody(made: Made, sophie: Membership, accountant: Membership) -> None:
    Person.objects.update(theme="auto")
    visitors = [Client(), opened(made.secret)]
    assert len({contents(browser.get("/open")) for browser in visitors}) == 1
    assert made.secret not in contents(Client().get("/open")).decode()


def test_a_forged_request_opens_nothing(made: Made) -> None:
    assert press(Client(enforce_csrf_checks=True), made.secret).status_code == 403
    assert Token.objects.get(pk=made.token.pk).used_at is None


# ── The button ───────────────────────────────────────────────────────────
def test_it_leads_to_the_conversation(made: Made, asked: Conversation, sophie: Membership) -> None:
    browser = Client()
    answer = press(browser, made.secret)
    assert (answer.status_code, answer["Location"]) == (302, thread(asked))
    cookie = browser.cookies["item"]
    assert (cookie["httponly"], cookie["samesite"]) == (True, "Lax")
    page = browser.get(thread(asked))
    assert page.status_code == 200
    assert page["Content-Language"] == "fr"
    assert "Facture du Moulin" in page.content.decode()
    assert sophie.person.name in page.content.decode()
    assert "sessionid" not in browser.cookies
    assert "_auth_user_id" not in browser.session


def test_nothing_else_of_hers_is_on_the_page(made: Made, asked: Conversation, private: Conversation) -> None:
    page = opened(made.secret).get(thread(asked)).content.decode()
    assert private.subject not in page
    assert "data-counter" not in page
    for name in ("portal_list", "portal_new", "profile", "search", "enter_sends"):
        assert f'href="{reverse(name)}' not in page
    assert f'href="{reverse("account_login")}?next=' in page


def test_another_conversation_of_hers_is_missing(made: Made, private: Conversation) -> None:
    assert opened(made.secret).get(thread(private)).status_code == 404


def test_another_browser_is_told_that_it_is_over(made: Made) -> None:
    opened(made.secret)
    other = Client()
    answer = press(other, made.secret)
    assert answer.status_code == 404
    assert "item" not in other.cookies


def test_after_ten_minutes(made: Made, asked: Conversation, clock: time_machine.Coordinates) -> None:
    browser = opened(made.secret)
    clock.shift(timedelta(minutes=9, seconds=59))
    assert browser.get(thread(asked)).status_code == 200
    clock.shift(timedelta(seconds=1))
    answer = browser.get(thread(asked))
    assert (answer.status_code, answer["Location"]) == (302, reverse("open_over"))
    assert browser.get(reverse("open_over")).status_code == 200
    assert press(browser, made.secret).status_code == 404


def test_several_of_them_in_one_browser(  # noqa: PLR0917 -- its cast
    made: Made, asked: Conversation, private: Conversation, sophie: Membership, bakery: Company, cast: Cast
) -> None:
    """Each for itself; what belongs to none of them stays missing."""
    third = begin(fresh(cast.accountant), bakery).conversation
    browser = opened(made.secret)
    assert press(browser, link_to(private, sophie).secret).status_code == 302
    for talk in (asked, private):
        assert browser.get(thread(talk)).status_code == 200
        answer = browser.post(reverse("thread_post", args=[talk.pk]), {"body": "Voilà"})
        assert answer.status_code == 302
        assert Message.objects.filter(conversation=talk.pk, body="Voilà").exists()
    assert browser.get(thread(third)).status_code == 404


# ── What may be done ─────────────────────────────────────────────────────
def test_answered_and_handled(made: Made, asked: Conversation, sophie: Membership) -> None:
    browser = opened(made.secret)
    assert browser.post(reverse("thread_post", args=[asked.pk]), {"body": "Voilà"}).status_code == 302
    said = Message.objects.get(body="Voilà")
    assert (said.author_id, said.conversation_id) == (sophie.pk, asked.pk)
    assert browser.post(reverse("thread_handled", args=[asked.pk])).status_code == 302


@pytest.mark.parametrize(
    "name", ["thread_close", "thread_reopen", "message_edit", "message_delete", "message_receipts"]
)
def test_nothing_is_taken_back_or_ended(
    made: Made, private: Conversation, sophie: Membership, name: str
) -> None:
    """Of her own conversation, where she may do it once signed in."""
    said = say(private, sophie, "Dit avant")
    browser = opened(link_to(private, sophie).secret)
    pk = said.pk if name.startswith("message") else private.pk
    answer = browser.post(reverse(name, args=[pk]), {"body": "Autre"})
    assert answer["Location"].startswith(reverse("account_login"))
    page = browser.get(thread(private)).content.decode()
    for verb in ("thread_close", "message_edit", "message_delete"):
        assert reverse(verb, args=[pk]) not in page


def test_an_answer_does_not_reopen(made: Made, asked: Conversation, accountant: Membership) -> None:
    browser = opened(made.secret)
    close_conversation(asked.pk, by=fresh(accountant), at=NOW)
    for more in ({}, {"reopening": "on"}):
        answer = browser.post(reverse("thread_post", args=[asked.pk]), {"body": "Encore", **more})
        assert answer.status_code in {403, 409}
    asked.refresh_from_db()
    assert not asked.is_open
    assert not Message.objects.filter(body="Encore").exists()


# ── Whoever is signed in already ─────────────────────────────────────────
def test_signed_in_as_herself(made: Made, asked: Conversation, sophie: Membership) -> None:
    browser = signed_in(Client(), sophie)
    assert press(browser, made.secret)["Location"] == thread(asked)
    assert b"data-counter" in browser.get(thread(asked)).content  # the whole portal
    assert Token.objects.get(pk=made.token.pk).used_at is None


def test_signed_in_as_somebody_else(made: Made, other: Membership) -> None:
    answer = press(signed_in(Client(), other), made.secret)
    assert answer.status_code == 200
    assert other.person.email in answer.content.decode()
    assert Token.objects.get(pk=made.token.pk).used_at is None


# ── The code ─────────────────────────────────────────────────────────────
def test_by_the_code(made: Made, asked: Conversation) -> None:
    typed = {"email": made.token.email.upper(), "code": f" {made.code[:4]}-{made.code[4:]} "}
    answer = Client().post("/open/code", typed)
    assert (answer.status_code, answer["Location"]) == (302, thread(asked))


@pytest.mark.parametrize("email", ["client@demo.example", "nobody@demo.example"])
def test_a_wrong_code_is_one_answer(made: Made, email: str) -> None:
    wrong = f"{(int(made.code) + 1) % 10**8:08d}"
    browser = Client()
    for _ in range(5):
        answer = browser.post("/open/code", {"email": email, "code": wrong})
        assert answer.status_code == 422
    assert browser.post("/open/code", {"email": email, "code": wrong}).status_code == 429
    # And the right one too, now: it was guessed at too often.
    assert browser.post("/open/code", {"email": email, "code": made.code}).status_code == 429


def test_a_code_is_eight_digits(made: Made) -> None:
    for wrong in ("", "123", "abcdefgh", made.code + "1"):
        assert Client().post("/open/code", {"email": made.token.email, "code": wrong}).status_code == 422


# ── One page for all that opens nothing ──────────────────────────────────
def over(browser: Client, secret: str) -> tuple[int, bytes]:
    answer = press(browser, secret)
    return answer.status_code, contents(answer).replace(secret.encode(), b"")


@pytest.mark.parametrize("loss", LOSSES)
def test_lost_access_is_the_same_page_to_the_byte(made: Made, cast: Cast, loss: str) -> None:
    unknown = over(Client(), "x" * len(made.secret))
    LOSSES[loss](cast)
    assert over(Client(), made.secret) == unknown


@pytest.mark.parametrize("loss", LOSSES)
def test_lost_access_ends_what_is_open(made: Made, asked: Conversation, cast: Cast, loss: str) -> None:
    browser = opened(made.secret)
    LOSSES[loss](cast)
    assert browser.get(thread(asked))["Location"] == reverse("open_over")
    assert browser.post(reverse("thread_post", args=[asked.pk]), {"body": "Non"}).status_code == 302
    assert not Message.objects.filter(body="Non").exists()


def test_used_and_too_old_are_it_as_well(made: Made, clock: time_machine.Coordinates) -> None:
    unknown = over(Client(), "x" * len(made.secret))
    opened(made.secret)
    assert over(Client(), made.secret) == unknown
    clock.shift(timedelta(days=8))
    assert over(Client(), made.secret) == unknown
    assert Token.objects.get(pk=made.token.pk).made_at == NOW
