"""The accounts of a dossier as detectors see them: brought in as files, read in a handful of queries."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from comptoir.ledger.actions.imports import import_file
from comptoir.ledger.actions.matches import accept_match, match_payments
from comptoir.ledger.models import Match, Payment, Source
from comptoir.questions.accounts import facts_of
from comptoir.questions.facts import Period, Way
from comptoir.questions.vat_periods import periods_of
from comptoir.questions.ways import told
from tests.ledger.samples import belgian_ubl, coda_file
from tests.world import NOW

if TYPE_CHECKING:
    from pathlib import Path

    from comptoir.people.models import Company, Membership

TODAY = date(2026, 11, 24)


@pytest.fixture(autouse=True)
def _kept_apart(settings: Any, tmp_path: Path) -> None:
    settings.FILES = tmp_path


def bring(company: Company, *files: bytes) -> None:
    for data in files:
        import_file(company.pk, by=None, at=NOW, name="f", data=data, source=Source.COMMAND)


def test_an_invoice_and_what_it_bears(bakery: Company) -> None:
    own = bakery.enterprise_number
    bring(
        bakery,
        belgian_ubl(buyer=own),
        belgian_ubl(number="V1", seller=own),
        belgian_ubl(number="X", buyer="0202239951"),
    )
    bought, sold, other = sorted(facts_of(bakery, today=TODAY).invoices, key=lambda one: one.number)
    assert (bought.party, bought.total, bought.payable) == (
        "Moulins de la Senne SA",
        Decimal(121),
        Decimal(121),
    )
    assert (bought.buyer_number, bought.issued_on, bought.due_on) == (
        own,
        date(2026, 10, 12),
        date(2026, 11, 11),
    )
    assert (bought.iban, bought.is_ours, bought.is_sale) == ("BE71096123456769", True, False)
    assert bought.line_text
    assert (sold.iban, sold.is_ours, sold.is_sale) == ("", True, True)
    assert (other.buyer_number, other.is_ours) == ("BE0202239951", False)


def test_what_waits_for_the_accountant_is_no_question_yet(bakery: Company, accountant: Membership) -> None:
    movement = (-121_000, "facture", "MOULINS DE LA SENNE")
    bring(bakery, belgian_ubl(buyer=bakery.enterprise_number), coda_file(movements=(movement,)))
    match_payments(bakery.pk, at=NOW)
    Match.objects.update(state="proposed")
    Payment.objects.update(matched=0)
    facts = facts_of(bakery, today=TODAY)
    assert (facts.invoices[0].is_proposed, facts.payments[0].is_proposed) == (True, True)
    assert facts.payments[0].may_cover == ()
    accept_match(Payment.objects.get().pk, by=accountant, at=NOW)
    facts = facts_of(bakery, today=TODAY)
    assert (facts.invoices[0].is_proposed, facts.payments[0].is_matched) == (False, True)


def test_several_invoices_of_one_payment_may_be_asked_about(bakery: Company) -> None:
    files = [belgian_ubl(buyer=bakery.enterprise_number, number=number) for number in ("A1", "A2")]
    bring(bakery, *files, coda_file(movements=((-242_000, "", "MOULINS DE LA SENNE"),)))
    match_payments(bakery.pk, at=NOW)
    Match.objects.update(state="proposed")
    Payment.objects.update(matched=0)
    (payment,) = facts_of(bakery, today=TODAY).payments
    assert (payment.may_cover, payment.is_proposed) == (("A1", "A2"), False)


def test_statements_and_accounts_of_our_own(bakery: Company) -> None:
    bring(
        bakery,
        coda_file(movements=((5_000, "", "X"),), number=1),
        coda_file(movements=((5_000, "", "X"),), number=3, opening=7),
    )
    facts = facts_of(bakery, today=TODAY)
    assert len(facts.statements) == 2
    assert {one.account for one in facts.statements} == facts.own_ibans
    Payment.objects.update(document_count=1)
    assert facts_of(bakery, today=TODAY).payments[0].has_document


def test_as_many_queries_for_one_row_as_for_three(bakery: Company) -> None:
    counts = []
    for number in (1, 2, 3):
        bring(
            bakery,
            belgian_ubl(buyer=bakery.enterprise_number, number=f"N{number}"),
            coda_file(movements=((-number, "", "X"),), number=number, opening=number),
        )
        with CaptureQueriesContext(connection) as queries:
            facts = facts_of(bakery, today=TODAY)
        assert (len(facts.invoices), len(facts.payments)) == (number, number)
        counts.append(len(queries))
    assert counts == [5, 5, 5]


WAYS = [
    ("00402000", "", Way.CARD, False),
    ("00404000", "", Way.CASH, False),
    ("00453000", "", Way.CASH, False),
    ("00901000", "", Way.CASH, False),
    ("00101000", "RETRAIT", Way.TRANSFER, False),
    ("03537000", "", Way.TRANSFER, True),
    ("08011000", "", Way.TRANSFER, True),
    ("PMNT/CCRD/CWDL", "", Way.CASH, False),
    ("PMNT/CCRD/POSD", "", Way.CARD, False),
    ("ACMT/MDOP/CHRG", "", Way.TRANSFER, True),
    ("NCHG", "", Way.TRANSFER, True),
    ("", "Retrait d'espèces Bancontact", Way.CASH, False),
    ("", "Paiement Bancontact", Way.CARD, False),
    ("", "VISAGE SPRL", Way.TRANSFER, False),
]


@pytest.mark.parametrize(("code", "text", "way", "is_charge"), WAYS)
def test_how_money_moved(code: str, text: str, way: Way, is_charge: bool) -> None:
    assert told(code, text, has_account=False) == (way, is_charge)


def test_a_text_tells_nothing_beside_an_account() -> None:
    assert told("", "Bancontact", has_account=True).way is Way.TRANSFER


def test_periods_begin_with_the_first_whole_one() -> None:
    days = [date(2026, 2, 10) + timedelta(days=one) for one in range(0, 200, 10)]
    quarters = periods_of(days, regime="quarterly", today=TODAY)
    assert quarters == (
        Period("2026-Q2", date(2026, 6, 30), 10, ()),
        Period("2026-Q3", date(2026, 9, 30), 5, (10,)),
    )
    months = periods_of(days, regime="monthly", today=date(2026, 5, 1))
    assert [(one.id, one.documents, one.usual) for one in months] == [
        ("2026-03", 3, ()),
        ("2026-04", 3, (3,)),
    ]
    assert (
        periods_of(days, regime="exempt", today=TODAY) == periods_of([], regime="monthly", today=TODAY) == ()
    )
