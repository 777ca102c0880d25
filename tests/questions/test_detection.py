"""From files to drafts: what the accounts ask by themselves, once, and take back by themselves."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.db.models import Count
from django.utils import timezone, translation
from django_tasks_db.models import DBTaskResult

from comptoir.activity.models import Event
from comptoir.activity.verbs import Verb
from comptoir.core.worker import run_one
from comptoir.ledger.actions.imports import import_file
from comptoir.ledger.actions.matches import undo_match
from comptoir.ledger.jobs import match_company
from comptoir.ledger.matching.texts import name_key
from comptoir.ledger.models import Invoice, Payment, Source
from comptoir.questions.actions.office_thresholds import set_thresholds
from comptoir.questions.detection import raise_questions
from comptoir.questions.jobs import look_everywhere, look_for_questions
from comptoir.questions.models import AnswerRule, DirectorAccounts, Question
from comptoir.questions.question_words import question_said, reason_said, withdrawn_said
from comptoir.questions.states import State
from tests.doors.things import put_a_file
from tests.ledger.samples import belgian_ubl, coda_file
from tests.questions.asked import answer, ask, draft
from tests.world import NOW

if TYPE_CHECKING:
    from comptoir.people.models import Company, Membership

LATER = NOW + timedelta(days=40)
REFERENCE = "090933755493"


def bring(company: Company, *files: bytes) -> None:
    for data in files:
        import_file(company.pk, by=None, at=NOW, name="f", data=data, source=Source.COMMAND)


def bought(company: Company, **more: str) -> bytes:
    return belgian_ubl(buyer=company.enterprise_number, **more)


def found(company: Company) -> dict[str, str]:
    rows = Question.objects.filter(company=company, by_data=True)
    return {one.type: f"{one.state} {one.withdrawn_why}".strip() for one in rows}


def test_the_accounts_ask_once(bakery: Company) -> None:
    bring(bakery, bought(bakery), coda_file(movements=((-30_000, "", "SHELL NAMUR"),)))
    assert raise_questions(bakery.pk, at=LATER) == 2
    assert found(bakery) == {"A2": "draft", "B4": "draft"}
    assert raise_questions(bakery.pk, at=LATER) == 0
    assert Question.objects.count() == 2
    asked = Question.objects.get(type="A2")
    assert (asked.invoice, asked.payment, asked.party) == (
        Invoice.objects.get(),
        None,
        "Moulins de la Senne SA",
    )
    assert Question.objects.get(type="B4").payment == Payment.objects.get()
    with translation.override("fr"):
        assert question_said(asked) == "Comment cette facture a-t-elle été payée ?"
        assert reason_said(asked).startswith("Aucun paiement de 121,00\N{NO-BREAK SPACE}€ trouvé")


def test_what_is_settled_withdraws_itself_and_says_why(bakery: Company, accountant: Membership) -> None:
    """A draft and a question that was asked alike."""
    bring(bakery, bought(bakery))
    raise_questions(bakery.pk, at=LATER)
    talk = ask(accountant, bakery, Question.objects.get(type="A2"), at=LATER).conversation
    assert talk.open_questions == 1
    bring(bakery, coda_file(movements=((-121_000, REFERENCE, "MOULINS DE LA SENNE"),)))
    match_company.call(company_id=str(bakery.pk))
    raise_questions(bakery.pk, at=LATER)
    question, talk = Question.objects.get(type="A2"), type(talk).objects.get(pk=talk.pk)
    assert (question.state, question.withdrawn_why, talk.open_questions) == (State.WITHDRAWN, "paid", 0)
    with translation.override("fr"):
        assert (
            withdrawn_said(question) == "Un paiement de 121,00\N{NO-BREAK SPACE}€ a été trouvé entre-temps."
        )
    assert Event.objects.filter(verb=Verb.QUESTION_WITHDRAWN, subject_id=question.pk).count() == 1


def test_a_rule_answers_and_is_noted_once(bakery: Company, accountant: Membership) -> None:
    rule = AnswerRule.objects.create(
        office=bakery.office, company=bakery, type="B4", party="Shell, Namur", party_key=name_key("Shell Namur"),
        choice="supplier", since_on=NOW.date(), made_by=accountant, made_at=NOW,
    )  # fmt: skip
    bring(bakery, coda_file(movements=((-30_000, "", "SHELL NAMUR"), (-40_000, "", "SHELL NAMUR"))))
    for _ in range(2):
        assert raise_questions(bakery.pk, at=LATER) == 0
    rule.refresh_from_db()
    assert (rule.dropped_count, rule.last_dropped_at) == (2, LATER)
    assert found(bakery) == {"B4": "withdrawn rule"}
    with translation.override("fr"):
        assert withdrawn_said(Question.objects.first()).startswith(
            "Non posée : pour SHELL NAMUR, la réponse est « Un fournisseur » depuis le"
        )
    rule.ended_at = LATER
    rule.save()
    bring(bakery, coda_file(movements=((-50_000, "", "SHELL NAMUR"),), number=2, opening=9))
    assert (
        raise_questions(bakery.pk, at=LATER) == 1 + 1
    )  # of the payment, and of the gap before its statement


def test_a_photo_that_answers_is_the_document_and_settles_what_asks_for_it(
    bakery: Company, accountant: Membership, sophie: Membership
) -> None:
    bring(bakery, coda_file(movements=((-30_000, "", "SHELL NAMUR"),)))
    payment = Payment.objects.get()
    by_hand = draft(accountant, bakery, kind="B1", wording="", payment_id=payment.pk)
    [asked] = ask(accountant, bakery, by_hand).questions
    raise_questions(bakery.pk, at=LATER)
    assert found(bakery) == {"B4": "draft"}
    answer(sophie, asked, choice="attached", body="", files=[put_a_file(sophie, "ticket.txt").pk])
    raise_questions(bakery.pk, at=LATER)
    assert found(bakery) == {"B4": "withdrawn document"}
    assert Question.objects.get(pk=asked.pk).state == State.ANSWERED


def test_thresholds_and_accounts_are_the_office_s(bakery: Company, cast: object, admin: Membership) -> None:
    bring(bakery, bought(bakery), coda_file(movements=((-30_000, "", "X"),)))
    set_thresholds({"overdue_days": 60, "document_days": 60}, by=admin, at=NOW)
    assert raise_questions(bakery.pk, at=LATER) == 0
    DirectorAccounts.objects.create(
        company=bakery, office=bakery.office, ibans=[Payment.objects.get().party_iban]
    )
    raise_questions(bakery.pk, at=LATER)
    assert found(bakery) == {"B7": "draft"}


def test_an_archived_dossier_asks_nothing(bakery: Company) -> None:
    bring(bakery, bought(bakery))
    bakery.archived_at = NOW
    bakery.save()
    assert raise_questions(bakery.pk, at=LATER) == 0


def jobs() -> list[str]:
    """By name: those that wait."""
    rows = DBTaskResult.objects.filter(status="READY").values_list("task_path").annotate(n=Count("pk"))
    return sorted(f"{path.rpartition('.')[2]} {number}" for path, number in rows)


def hurry() -> None:
    DBTaskResult.objects.update(run_after=timezone.now())


def test_a_folder_of_files_is_looked_at_once_and_after_matching(bakery: Company, garage: Company) -> None:
    bring(bakery, *(bought(bakery, number=f"N{number}") for number in range(3)))
    bring(garage, bought(garage))
    assert jobs() == ["look_for_questions 2", "match_company 2"]
    look_for_questions.call(company_id=str(bakery.pk))
    assert Question.objects.count() == 0
    assert jobs() == ["look_for_questions 2", "match_company 2"]
    hurry()
    while run_one("me"):
        pass
    assert jobs() == []


def test_what_somebody_decides_of_a_match_is_looked_at(bakery: Company, accountant: Membership) -> None:
    bring(bakery, bought(bakery), coda_file(movements=((-121_000, REFERENCE, "MOULINS DE LA SENNE"),)))
    DBTaskResult.objects.all().delete()
    match_company.call(company_id=str(bakery.pk))
    assert jobs() == []
    undo_match(Payment.objects.get().pk, by=accountant, at=NOW)
    assert jobs() == ["look_for_questions 1", "match_company 1"]


def test_every_night_each_dossier_with_accounts_is_looked_at(bakery: Company, garage: Company) -> None:
    bring(bakery, bought(bakery))
    DBTaskResult.objects.all().delete()
    for _ in range(2):
        look_everywhere.call()
    assert jobs() == ["look_for_questions 1"]


@pytest.mark.parametrize("number", [1, 3])
def test_looking_costs_as_many_queries_for_many_rows(
    bakery: Company, number: int, django_assert_num_queries: object
) -> None:
    bring(bakery, *(bought(bakery, number=f"N{one}") for one in range(number)))
    raise_questions(bakery.pk, at=LATER)
    with django_assert_num_queries(11):  # type: ignore[operator]  # a fixture
        raise_questions(bakery.pk, at=LATER)
