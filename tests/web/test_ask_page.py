"""Answering without a script: one question after the other, what was said at the end, and who sees none of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from comptoir.core.ids import new_id
from comptoir.notifications.actions.item_links import make_item_link
from comptoir.questions.actions.deciding import accept_answers, send_back_answer
from comptoir.questions.models import Answer, AnswerRule
from tests.files import corpus
from tests.questions.asked import answer, ask, draft, now_of
from tests.questions.books import invoice_in, payment_in
from tests.world import NOW, begin

if TYPE_CHECKING:
    from collections.abc import Callable

    from comptoir.people.models import Company, Membership
    from comptoir.questions.actions.asking import Asked

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _kept_apart(settings: Any, tmp_path: Any) -> None:
    settings.FILES = tmp_path


@pytest.fixture
def asked(accountant: Membership, bakery: Company) -> Asked:
    """About an invoice, about a payment, and in words."""
    invoice, payment = invoice_in(bakery), payment_in(bakery)
    paid = draft(accountant, bakery, "", kind="A2", invoice_id=invoice.pk)
    receipt = draft(accountant, bakery, "", kind="B1", payment_id=payment.pk)
    return ask(accountant, bakery, paid, receipt, draft(accountant, bakery, "Un nouveau véhicule ?"))


def all_of(asked: Asked) -> str:
    return reverse("portal_questions", args=[asked.conversation.pk])


def place(asked: Asked, number: int, name: str = "portal_question") -> str:
    return reverse(name, args=[asked.conversation.pk, asked.questions[number].pk])


def test_one_tap_each_leads_from_the_first_to_thanks(
    asked: Asked, sophie: Membership, browser_of: Callable[[Membership], Client]
) -> None:
    browser = browser_of(sophie)
    assert browser.get(all_of(asked)).headers["Location"] == place(asked, 0)
    page = browser.get(place(asked, 0)).content.decode()
    assert "Comment cette facture a-t-elle été payée" in page
    assert "Moulins de la Senne" in page
    assert "121,00" in page
    taps = [{"choice": "account"}, {"choice": "lost"}, {"choice": "dont_know"}]
    led = [browser.post(place(asked, n), tap).headers["Location"] for n, tap in enumerate(taps)]
    assert led == [place(asked, 1), place(asked, 2), f"{all_of(asked)}?recap"]
    thanks = browser.get(led[2]).content.decode()
    assert "Perdu" in thanks
    assert place(asked, 1) in thanks
    assert [now_of(one).state for one in asked.questions] == ["answered"] * 3
    assert (
        browser.get(all_of(asked)).status_code == 200
    )  # nothing waits: the end, not a way round in a circle


def test_what_was_left_out_comes_round_again(
    asked: Asked, sophie: Membership, browser_of: Callable[[Membership], Client]
) -> None:
    browser = browser_of(sophie)
    last = browser.post(place(asked, 2), {"choice": "text", "body": "Non"})
    assert last.headers["Location"] == place(asked, 0)


def test_a_choice_that_lacks_something_is_said_and_nothing_typed_is_lost(
    asked: Asked, sophie: Membership, browser_of: Callable[[Membership], Client]
) -> None:
    browser = browser_of(sophie)
    refused = browser.post(place(asked, 0), {"choice": "privately", "name": " "})
    assert refused.status_code == 422
    assert "Il manque quelque chose à cette réponse" in refused.content.decode()
    too_long = "é" * 6000
    kept = browser.post(place(asked, 0), {"choice": "text", "body": too_long})
    assert kept.status_code == 422
    assert too_long in kept.content.decode()
    assert not Answer.objects.exists()


def test_a_photo_is_an_answer(
    asked: Asked, sophie: Membership, browser_of: Callable[[Membership], Client]
) -> None:
    photo = SimpleUploadedFile("ticket.pdf", corpus.pdf(), content_type="application/pdf")
    browser_of(sophie).post(place(asked, 1), {"choice": "attached", "upload": photo})
    [given] = Answer.objects.all()
    assert (given.choice, given.files.count()) == ("attached", 1)


def test_the_same_form_sent_twice_is_one_answer(
    asked: Asked, sophie: Membership, browser_of: Callable[[Membership], Client]
) -> None:
    browser, key = browser_of(sophie), str(new_id())
    for _time in "12":
        browser.post(place(asked, 0), {"choice": "account", "key": key})
    assert Answer.objects.count() == 1


def test_it_can_be_changed_until_it_is_accepted(
    asked: Asked, sophie: Membership, accountant: Membership, browser_of: Callable[[Membership], Client]
) -> None:
    browser = browser_of(sophie)
    browser.post(place(asked, 0), {"choice": "account"})
    assert 'value="account" aria-pressed="true"' in browser.get(place(asked, 0)).content.decode()
    browser.post(place(asked, 0), {"choice": "card"})
    accept_answers([asked.questions[0].pk], by=accountant, at=NOW)
    page = browser.get(place(asked, 0)).content.decode()
    assert "la carte de l’entreprise" in page
    assert "<button" not in page.partition("<main")[2]
    assert browser.post(place(asked, 0), {"choice": "cash"}).status_code == 409


def test_sent_back_it_says_why_and_asks_again(
    asked: Asked, sophie: Membership, accountant: Membership, browser_of: Callable[[Membership], Client]
) -> None:
    answer(sophie, asked.questions[0], choice="account", body="")
    send_back_answer(asked.questions[0].pk, by=accountant, at=NOW, reason="De quel compte ?")
    page = browser_of(sophie).get(place(asked, 0)).content.decode()
    assert "De quel compte" in page
    assert 'aria-pressed="true"' not in page


def test_a_colleague_is_handed_it(
    asked: Asked, sophie: Membership, partner: Membership, browser_of: Callable[[Membership], Client]
) -> None:
    browser = browser_of(sophie)
    assert partner.person.name in browser.get(place(asked, 0)).content.decode()
    passed = browser.post(place(asked, 0, "portal_pass_on"), {"to": str(partner.pk)})
    assert passed.headers["Location"] == place(asked, 1)
    assert now_of(asked.questions[0]).passed_to_id == partner.pk


def test_a_wish_becomes_a_rule_when_it_is_accepted(
    accountant: Membership, sophie: Membership, bakery: Company, browser_of: Callable[[Membership], Client]
) -> None:
    invoice = invoice_in(bakery)
    asked = ask(accountant, bakery, draft(accountant, bakery, "", kind="A1", invoice_id=invoice.pk))
    browser = browser_of(sophie)
    thanks = browser.post(place(asked, 0), {"choice": "business"}, follow=True).content.decode()
    assert place(asked, 0, "portal_remember") in thanks
    browser.post(place(asked, 0, "portal_remember"))
    assert not AnswerRule.objects.exists()
    accept_answers([asked.questions[0].pk], by=accountant, at=NOW)
    assert AnswerRule.objects.get().choice == "business"


@pytest.mark.parametrize("part", ["documents", "reader", "other", "accountant"])
def test_others_are_told_what_they_are_told_of_what_is_missing(
    part: str, asked: Asked, request: pytest.FixtureRequest, browser_of: Callable[[Membership], Client]
) -> None:
    browser = browser_of(request.getfixturevalue(part))
    for number, name in ((0, "portal_question"), (0, "portal_questions")):
        args = [asked.conversation.pk] if name == "portal_questions" else [
            asked.conversation.pk, asked.questions[number].pk
        ]  # fmt: skip
        missing = browser.get(reverse(name, args=[new_id() for _ in args]))
        seen = browser.get(reverse(name, args=args))
        assert (seen.status_code, seen.content) == (404, missing.content)


def test_without_a_question_the_page_is_missing(
    accountant: Membership, sophie: Membership, bakery: Company, browser_of: Callable[[Membership], Client]
) -> None:
    talk = begin(accountant, bakery).conversation
    assert browser_of(sophie).get(reverse("portal_questions", args=[talk.pk])).status_code == 404


def test_the_link_of_a_mail_opens_the_questions_with_their_conversation(
    asked: Asked, sophie: Membership
) -> None:
    made = make_item_link(asked.conversation, to=sophie, at=timezone.now())
    browser = Client()
    browser.post(reverse("open"), {"secret": made.secret})
    assert browser.get(all_of(asked)).headers["Location"] == place(asked, 0)
    assert browser.get(place(asked, 0)).status_code == 200
    assert browser.post(place(asked, 0), {"choice": "account"}).headers["Location"] == place(asked, 1)


def test_its_cost_is_that_of_one(
    accountant: Membership, sophie: Membership, bakery: Company, browser_of: Callable[[Membership], Client]
) -> None:
    costs = []
    browser = browser_of(sophie)
    for count in (1, 3):
        asked = ask(accountant, bakery, *(draft(accountant, bakery, f"{count} {n} ?") for n in range(count)))
        browser.get(place(asked, 0))
        for question in asked.questions:
            answer(sophie, question)
        with CaptureQueriesContext(
            connection,
        ) as page:
            browser.get(place(asked, 0))
        with CaptureQueriesContext(connection) as thanks:
            browser.get(all_of(asked))
        costs.append((len(page), len(thanks)))
    assert costs[0] == costs[1]
