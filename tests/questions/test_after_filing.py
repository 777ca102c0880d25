"""Round the filing of a return: what is typed is checked, asked once, answered in one tap, and paid without typing."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from typing import TYPE_CHECKING, Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils.translation import override

from comptoir.conversations.models import Conversation
from comptoir.core.errors import Invalid, NotAllowed
from comptoir.core.ids import new_id
from comptoir.files.actions import store_attachment
from comptoir.people.models import Company
from comptoir.questions.actions.after_filing import ask_after_filing
from comptoir.questions.actions.answers import answer_question
from comptoir.questions.after_filing import APPROVAL, CREDIT, TO_PAY, checked_facts, vat_account
from comptoir.questions.models import Question
from comptoir.questions.question_words import answer_said, question_said
from comptoir.questions.refusals import AskedAlready, NoReturnAttached
from tests.files import corpus
from tests.world import NOW

if TYPE_CHECKING:
    from collections.abc import Callable
    from uuid import UUID

    from django.test import Client

    from comptoir.people.models import Membership
    from comptoir.questions.actions.asking import Asked

pytestmark = pytest.mark.django_db

TYPED = {
    "period": "2026-10",
    "amount": "1.234,50 €",
    "due_on": "2026-11-20",
    "account": "BE41 6792 0036 4210",
    "reference": "+++090/9337/55493+++",
}
FACTS = TYPED | {"amount": "1234.50", "account": "BE41679200364210", "reference": "090933755493"}


@pytest.fixture
def payer(bakery: Company) -> Company:
    Company.objects.filter(pk=bakery.pk).update(vat_regime="monthly")
    bakery.refresh_from_db()
    return bakery


def asks(by: Membership, company: Company, kind: str = TO_PAY, **more: Any) -> Asked:
    words = {"subject": "TVA de {{ period }}", "body": "Bonjour {{ company }}"}
    return ask_after_filing(
        company.pk, by=by, at=NOW, **{"key": new_id(), "kind": kind, "typed": TYPED, **words, **more}
    )


def the_return(by: Membership) -> UUID:
    return store_attachment(BytesIO(corpus.pdf()), name="declaration.pdf", by=by, at=NOW).pk


def test_the_account_of_the_administration_is_that_of_the_day() -> None:
    assert vat_account(date(2026, 4, 30)) == "BE22679200300047"
    assert vat_account(date(2026, 5, 1)) == "BE41679200364210"


def test_what_is_typed_from_the_receipt_is_kept_plain() -> None:
    assert checked_facts(TO_PAY, TYPED) == FACTS
    assert checked_facts(CREDIT, TYPED) == {"period": "2026-10", "amount": "1234.50"}
    assert checked_facts(APPROVAL, TYPED) == {"period": "2026-10"}


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("12", "12.00"),
        ("1234,5", "1234.50"),
        ("1 234,50", "1234.50"),
        ("1.234", "1234.00"),
        ("1,234.56", "1234.56"),
    ],
)
def test_an_amount_is_read_as_people_write_it(typed: str, kept: str) -> None:
    assert checked_facts(CREDIT, TYPED | {"amount": typed})["amount"] == kept


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("period", "octobre"),
        ("period", "2026-13"),
        ("amount", "beaucoup"),
        ("amount", "0,00"),
        ("amount", "-12"),
        ("due_on", "vendredi"),
        ("account", "BE41 6792 0036 4211"),
        ("account", ""),
        ("reference", "+++090/9337/55494+++"),  # its check digits say otherwise
        ("reference", "90/9337/55493"),
    ],
)
def test_what_was_mistyped_is_refused_with_its_field(field: str, typed: str) -> None:
    with pytest.raises(Invalid) as refusal:
        checked_facts(TO_PAY, TYPED | {field: typed})
    assert refusal.value.field == field


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("fr", ["octobre 2026", "1.234,50 €", "20 nov", "BE41 6792 0036 4210", "+++090/9337/55493+++"]),
        ("nl", ["oktober 2026", "Te betalen btw"]),
        ("en", ["VAT to pay for October 2026"]),
        ("de", ["Oktober 2026"]),
    ],
)
def test_it_is_asked_in_the_readers_language(
    language: str, words: list[str], payer: Company, accountant: Membership
) -> None:
    asked = asks(accountant, payer)
    with override(language):
        said = question_said(asked.questions[0])
    assert [word for word in words if word not in said.replace("\N{NO-BREAK SPACE}", " ")] == []


def test_one_conversation_carries_it_with_its_fields_filled(payer: Company, accountant: Membership) -> None:
    asked = asks(accountant, payer)
    assert asked.conversation.subject == "TVA de octobre 2026"
    question = Question.objects.get(pk=asked.questions[0].pk)
    assert (question.state, question.facts, question.due_on) == ("asked", FACTS, date(2026, 11, 20))


def test_the_same_again_is_the_same_and_another_for_the_period_is_refused(
    payer: Company, accountant: Membership
) -> None:
    key = new_id()
    first, again = asks(accountant, payer, key=key), asks(accountant, payer, key=key)
    assert (again.is_new, again.conversation) == (False, first.conversation)
    with pytest.raises(AskedAlready):
        asks(accountant, payer)
    asks(accountant, payer, typed=TYPED | {"period": "2026-09"})
    assert Question.objects.filter(company=payer, type=TO_PAY).count() == 2


def test_a_return_is_approved_only_where_it_can_be_read(payer: Company, accountant: Membership) -> None:
    with pytest.raises(NoReturnAttached):
        asks(accountant, payer, APPROVAL)
    assert asks(accountant, payer, APPROVAL, files=[the_return(accountant)]).is_new


def test_an_assistant_asks_nothing(payer: Company, assistant: Membership) -> None:
    before = Conversation.objects.count()
    with pytest.raises(NotAllowed):
        asks(assistant, payer)
    assert Conversation.objects.count() == before


ONE_TAP = [
    (TO_PAY, "will_pay", "Je paie moi-même"),
    (TO_PAY, "mandate", "Par domiciliation (mandat)"),
    (CREDIT, "refund", "Demander le remboursement"),
    (APPROVAL, "approve", "Je l’approuve"),
]


@pytest.mark.parametrize("answer", ONE_TAP, ids=lambda answer: answer[1])
def test_one_tap_answers(
    answer: tuple[str, str, str], payer: Company, accountant: Membership, sophie: Membership
) -> None:
    kind, choice, said = answer
    [question] = asks(accountant, payer, kind, files=[the_return(accountant)]).questions
    given = answer_question(question.pk, by=sophie, at=NOW, key=new_id(), choice=choice).answer
    with override("fr"):
        assert answer_said(given, type_id=kind) == said


def test_the_client_copies_or_scans_what_is_to_be_paid(
    payer: Company, accountant: Membership, sophie: Membership, browser_of: Callable[[Membership], Client]
) -> None:
    asked = asks(accountant, payer)
    [question] = asked.questions
    page = browser_of(sophie).get(reverse("portal_question", args=[asked.conversation.pk, question.pk]))
    shown = page.content.decode()
    assert 'data-copy="BE41 6792 0036 4210"' in shown
    assert 'data-copy="+++090/9337/55493+++"' in shown
    assert 'class="scan"' in shown
    assert "1.234,50" in shown


def test_the_client_opens_the_return_that_is_to_be_approved(
    payer: Company, accountant: Membership, sophie: Membership, browser_of: Callable[[Membership], Client]
) -> None:
    file = the_return(accountant)
    asked = asks(accountant, payer, APPROVAL, files=[file])
    browser = browser_of(sophie)
    page = browser.get(reverse("portal_question", args=[asked.conversation.pk, asked.questions[0].pk]))
    assert reverse("file", args=[file]) in page.content.decode()
    assert browser.get(reverse("file", args=[file])).status_code == 200


def test_the_desk_asks_from_the_dossier(
    payer: Company, accountant: Membership, browser_of: Callable[[Membership], Client], clock: Any
) -> None:
    browser, place = browser_of(accountant), reverse("after_filing", args=[payer.pk])
    page = browser.get(place).content.decode()
    assert "BE41 6792 0036 4210" in page
    assert 'value="2026-11-20"' in page  # when October is paid
    words = {"key": str(new_id()), "subject": "TVA", "body": "Bonjour"}
    wrong = browser.post(place, TYPED | words | {"reference": "123"})
    assert wrong.status_code == 422
    assert "1.234,50 €" in wrong.content.decode()  # nothing typed is lost
    sent = browser.post(place, TYPED | words)
    question = Question.objects.get(company=payer, type=TO_PAY)
    assert sent.headers["Location"] == reverse("desk_thread", args=[question.conversation_id])


def test_the_desk_attaches_the_return(
    payer: Company, accountant: Membership, browser_of: Callable[[Membership], Client]
) -> None:
    browser, place = browser_of(accountant), reverse("after_filing", args=[payer.pk])
    words = {"kind": APPROVAL, "period": "2026-10", "subject": "Déclaration", "body": "Bonjour"}
    assert browser.post(place, words).status_code == 422
    brought = SimpleUploadedFile("declaration.pdf", corpus.pdf(), content_type="application/pdf")
    assert browser.post(place, words | {"upload": brought}).status_code == 302


def test_an_exempt_dossier_files_nothing(
    bakery: Company, accountant: Membership, browser_of: Callable[[Membership], Client]
) -> None:
    Company.objects.filter(pk=bakery.pk).update(vat_regime="exempt")
    assert browser_of(accountant).get(reverse("after_filing", args=[bakery.pk])).status_code == 404
