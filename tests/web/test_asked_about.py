"""Questions and accepted answers stand on the page of the invoice and of the payment, for whoever may see them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from comptoir.activity.models import Event
from comptoir.questions.actions.deciding import accept_answers
from comptoir.questions.actions.merging import merge_drafts
from tests.questions.asked import answer, ask, draft
from tests.questions.books import invoice_in, payment_in
from tests.world import NOW

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

    from comptoir.ledger.models import Payment
    from comptoir.people.models import Company, Membership

    Browsers = Callable[[Membership], Client]

pytestmark = pytest.mark.django_db
TITLE = "Questions et réponses"


@pytest.fixture(autouse=True)
def _kept_apart(settings: Any, tmp_path: Any) -> None:
    settings.FILES = tmp_path


@pytest.fixture
def payment(bakery: Company) -> Payment:
    return payment_in(bakery)


def page(browser: Client, path: str) -> str:
    shown = browser.get(path)
    assert shown.status_code == 200
    return shown.content.decode()


def test_asked_answered_accepted_on_both_sides(
    browser_of: Browsers, accountant: Membership, sophie: Membership, bakery: Company, payment: Payment
) -> None:
    path, desk, phone = f"/payments/{payment.pk}/", browser_of(accountant), browser_of(sophie)
    one = draft(accountant, bakery, "", kind="B1", payment_id=payment.pk)
    assert "Brouillon" in page(desk, path)
    assert TITLE not in page(phone, path)
    asked = ask(accountant, bakery, one)
    assert f'href="/desk/c/{asked.conversation.pk}/"' in page(desk, path)
    assert f'href="/communication/{asked.conversation.pk}/"' in page(phone, path)
    assert "À répondre" in page(phone, path)
    answer(sophie, one, choice="lost", body="")
    assert "À valider" in page(desk, path)
    accept_answers([one.pk], by=accountant, at=NOW)
    for browser in (desk, phone):
        shown = page(browser, path)
        assert "Perdu" in shown
        assert f"acceptée par {accountant.person.name}" in shown
    assert Event.objects.get(verb="question.accepted").facts["choice"] == "lost"


def test_not_for_whoever_sees_no_questions(  # noqa: PLR0917 -- people
    browser_of: Browsers,
    accountant: Membership,
    sophie: Membership,
    partner: Membership,
    reader: Membership,
    bakery: Company,
) -> None:
    invoice = invoice_in(bakery)
    path = f"/invoices/{invoice.pk}/"
    before = page(browser_of(reader), path)
    ask(accountant, bakery, draft(accountant, bakery, "Canari ?", invoice_id=invoice.pk), to=sophie)
    assert "Canari" in page(browser_of(sophie), path)
    assert page(browser_of(reader), path).count("Canari") == before.count("Canari") == 0
    assert "Canari" not in page(browser_of(partner), path)  # asked of Sophie alone


def test_one_put_together_stands_with_each(
    browser_of: Browsers, accountant: Membership, bakery: Company, payment: Payment
) -> None:
    free, receipt = (draft(accountant, bakery, "Qui ?", kind="B1") for _ in "12")
    type(receipt).objects.filter(pk=receipt.pk).update(payment=payment)
    merge_drafts([free.pk, receipt.pk], by=accountant, at=NOW)
    ask(accountant, bakery, type(free).objects.get(pk=free.pk))
    assert "Qui ?" in page(browser_of(accountant), f"/payments/{payment.pk}/")


def test_a_page_costs_the_same_for_one_and_for_three(
    browser_of: Browsers, accountant: Membership, sophie: Membership, bakery: Company, payment: Payment
) -> None:
    browser, costs = browser_of(accountant), []
    for _ in "123":
        one = draft(accountant, bakery, "Qui ?", payment_id=payment.pk)
        ask(accountant, bakery, one)
        answer(sophie, one)
        page(browser, f"/payments/{payment.pk}/")
        with CaptureQueriesContext(connection) as made:
            page(browser, f"/payments/{payment.pk}/")
        costs.append(len(made))
    assert len(set(costs)) == 1, costs
