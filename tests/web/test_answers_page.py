"""Answers to accept: one or many, sent back with a reason, remembered; what was accepted, as a spreadsheet."""

from __future__ import annotations

import re
from io import BytesIO
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from comptoir.files.actions import store_attachment
from comptoir.ledger.models import PaymentDocument
from comptoir.questions.actions.deciding import accept_answers
from comptoir.questions.models import AnswerRule
from tests.files import corpus
from tests.questions.asked import answer, ask, draft, now_of
from tests.questions.books import invoice_in, payment_in
from tests.world import NOW

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

    from comptoir.people.models import Company, Membership
    from comptoir.questions.models import Question

pytestmark = pytest.mark.usefixtures("clock")


@pytest.fixture(autouse=True)
def _kept_apart(settings: Any, tmp_path: Any) -> None:
    settings.FILES = tmp_path


@pytest.fixture
def desk(browser_of: Callable[[Membership], Client], accountant: Membership) -> Client:
    return browser_of(accountant)


@pytest.fixture
def answered(accountant: Membership, sophie: Membership, bakery: Company) -> list[Question]:
    """About an invoice, and in words."""
    about = draft(accountant, bakery, "", kind="A1", invoice_id=invoice_in(bakery).pk)
    asked = ask(accountant, bakery, about, draft(accountant, bakery, "Un nouveau véhicule ?")).questions
    return [
        answer(sophie, asked[0], choice="mixed", detail={"percent": "40"}, body=""),
        answer(sophie, asked[1], "Oui, une Fiat"),
    ]


def test_they_stand_there_with_what_was_asked(desk: Client, answered: list[Question]) -> None:
    page = desk.get("/desk/answers/").content.decode()
    for part in ("Moulins de la Senne", "40 %", "121,00", "Un nouveau véhicule ?", "Oui, une Fiat"):
        assert part in page
    assert "Boulangerie" in page


def test_many_are_accepted_at_once_and_leave(desk: Client, answered: list[Question]) -> None:
    desk.post("/desk/answers/accept", {"question": [str(one.pk) for one in answered]})
    assert [now_of(one).state for one in answered] == ["accepted"] * 2
    page = desk.get("/desk/answers/").content.decode()
    assert "2 réponses sont acceptées" in page
    assert "Oui, une Fiat" not in page


def test_one_that_was_decided_meanwhile_stops_all(
    desk: Client, answered: list[Question], accountant: Membership
) -> None:
    accept_answers([answered[0].pk], by=accountant, at=NOW)
    refused = desk.post("/desk/answers/accept", {"question": [str(one.pk) for one in answered]})
    assert refused.status_code == 409
    assert "Oui, une Fiat" in refused.content.decode()
    assert now_of(answered[1]).state == "answered"


def test_an_answer_changed_meanwhile_is_not_accepted_unread(
    desk: Client, answered: list[Question], sophie: Membership
) -> None:
    page = desk.get("/desk/answers/").content.decode()
    read = re.findall(r'name="read" value="([^"]+)" form="accepting"', page)
    assert len(read) == 2
    data = {"question": [str(one.pk) for one in answered], "read": read}
    answer(sophie, answered[1], "Non, une Volvo")
    refused = desk.post("/desk/answers/accept", data)
    assert refused.status_code == 409
    assert "Non, une Volvo" in refused.content.decode()
    assert [now_of(one).state for one in answered] == ["answered"] * 2
    read = re.findall(r'name="read" value="([^"]+)" form="accepting"', refused.content.decode())
    assert desk.post("/desk/answers/accept", data | {"read": read}).status_code == 302


def test_sent_back_with_a_reason_and_never_without(desk: Client, answered: list[Question]) -> None:
    where = f"/desk/questions/{answered[1].pk}/send-back"
    assert desk.post(where, {"reason": "  "}).status_code == 422
    desk.post(where, {"reason": "Depuis quand ?"})
    assert now_of(answered[1]).state == "sent_back"
    assert "Depuis quand" in desk.get(f"/desk/c/{answered[1].conversation_id}/").content.decode()


def test_always_so_is_a_rule_and_accepts(desk: Client, answered: list[Question]) -> None:
    desk.post(f"/desk/questions/{answered[0].pk}/remember")
    assert now_of(answered[0]).state == "accepted"
    assert AnswerRule.objects.get().detail == {"percent": "40"}


def test_a_photographed_receipt_documents_the_payment(
    desk: Client, accountant: Membership, sophie: Membership, bakery: Company
) -> None:
    payment = payment_in(bakery)
    [question] = ask(
        accountant, bakery, draft(accountant, bakery, "", kind="B1", payment_id=payment.pk)
    ).questions
    photo = store_attachment(BytesIO(corpus.pdf()), name="ticket.pdf", by=sophie, at=NOW)
    answer(sophie, question, choice="attached", body="", files=[photo.pk])
    assert PaymentDocument.objects.get().payment_id == payment.pk
    page = desk.get("/desk/answers/").content.decode()
    assert f"/files/{photo.pk}/" in page
    assert desk.get(f"/files/{photo.pk}/").status_code == 200


def test_what_was_accepted_as_a_spreadsheet(
    desk: Client, answered: list[Question], accountant: Membership
) -> None:
    accept_answers([answered[0].pk], by=accountant, at=NOW)
    lines = b"".join(desk.get("/desk/answers/accepted.csv").streaming_content).decode().splitlines()
    assert len(lines) == 2
    for part in ('"121.00"', '"EUR"', "40 %", "Moulins de la Senne"):
        assert part in lines[1]
    later = b"".join(desk.get("/desk/answers/accepted.csv?since=2999-01-01").streaming_content)
    assert len(later.decode().splitlines()) == 1


def test_an_assistant_reads_and_decides_nothing(
    answered: list[Question], assistant: Membership, browser_of: Callable[[Membership], Client]
) -> None:
    page = browser_of(assistant).get("/desk/answers/").content.decode()
    assert "Oui, une Fiat" in page
    assert "/desk/answers/accept" not in page.replace("/desk/answers/accepted.csv", "")


def test_its_cost_is_that_of_one(
    desk: Client, accountant: Membership, sophie: Membership, bakery: Company
) -> None:
    costs = []
    for count in (1, 2):
        for question in ask(
            accountant, bakery, *(draft(accountant, bakery, f"{count}{n} ?") for n in range(count))
        ).questions:
            answer(sophie, question)
        desk.get("/desk/answers/")
        with CaptureQueriesContext(connection) as page:
            desk.get("/desk/answers/")
        costs.append(len(page))
    assert costs[0] == costs[1]
