"""Scenarios by hand: what raises which question, and what just does not."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from comptoir.questions.catalogue import CATALOGUE
from comptoir.questions.drafting import raised
from comptoir.questions.facts import Facts, Invoice, Payment, Period, Statement, Way
from comptoir.questions.reasons import REASONS
from comptoir.questions.thresholds import DEFAULT

TODAY = date(2026, 11, 24)
OWN = "BE0403170701"
FINE = Invoice(
    "i1", "77", "Garage Maes", Decimal(40), date(2026, 11, 1), date(2026, 12, 1), buyer_number=OWN, line_text="entretien"
)  # fmt: skip
OWNER = "BE68539007547034"


def bought(**other: object) -> Invoice:
    return replace(FINE, **other)  # type: ignore[arg-type]


def sold(number: str, on: date = date(2026, 11, 1)) -> Invoice:
    return bought(id=number, number=number, is_sale=True, issued_on=on)


def paid(amount: str, on: date, **other: object) -> Payment:
    return Payment("p1", on, Decimal(amount), **other)  # type: ignore[arg-type]


def statement(number: int | None, begins: date, ends: date, old: str, new: str) -> Statement:
    return Statement("BE1", number, begins, ends, Decimal(old), Decimal(new))


FIRST = statement(1, date(2026, 1, 1), date(2026, 1, 31), "0", "10")
CASES: list[tuple[str, dict[str, tuple], set[tuple[str, str]]]] = [
    ("nothing to ask", {"invoices": (FINE,)}, set()),
    ("A1 first invoice", {"invoices": (bought(total=Decimal(50)),)}, {("A1", "new_supplier")}),
    ("A1 the first one small", {"invoices": (bought(total=Decimal("49.99")),)}, set()),
    (
        "A1 the second is no first",
        {"invoices": (FINE, bought(id="i2", number="78", total=Decimal(50)))},
        set(),
    ),
    ("A1 merchant", {"invoices": (bought(party="COLRUYT NV"),)}, {("A1", "private_merchant")}),
    ("A2 on the day", {"invoices": (bought(due_on=date(2026, 11, 10)),)}, {("A2", "no_payment")}),
    ("A2 the day before", {"invoices": (bought(due_on=date(2026, 11, 11)),)}, set()),
    ("A2 paid", {"invoices": (bought(due_on=date(2026, 11, 1), paid=Decimal(40)),)}, set()),
    ("A2 a credit note", {"invoices": (bought(due_on=date(2026, 1, 1), is_credit_note=True),)}, set()),
    ("A3 empty", {"invoices": (bought(line_text=""),)}, {("A3", "vague_text")}),
    ("A3 vague", {"invoices": (bought(line_text="Divers"),)}, {("A3", "vague_text")}),
    (
        "A3 large",
        {"invoices": (FINE, bought(id="i2", number="78", total=Decimal(1000)))},
        {("A3", "large_amount")},
    ),
    (
        "A3 just not large",
        {"invoices": (FINE, bought(id="i2", number="78", total=Decimal("999.99")))},
        set(),
    ),
    ("A6 none", {"invoices": (bought(buyer_number=""),)}, {("A6", "no_buyer_number")}),
    ("A6 another's", {"invoices": (bought(buyer_number="BE0202239951"),)}, {("A6", "other_buyer")}),
    ("A6 not valid", {"invoices": (bought(buyer_number="BE0403170702"),)}, {("A6", "wrong_buyer_number")}),
    ("A6 spelled otherwise", {"invoices": (bought(buyer_number="0403.170.701"),)}, set()),
    (
        "A7 same number",
        {"invoices": (FINE, bought(id="i2", issued_on=date(2026, 11, 20)))},
        {("A7", "same_number")},
    ),
    (
        "A7 same amount in ten days",
        {"invoices": (FINE, bought(id="i2", number="78", issued_on=date(2026, 11, 11)))},
        {("A7", "same_amount")},
    ),
    (
        "A7 in eleven",
        {"invoices": (FINE, bought(id="i2", number="78", issued_on=date(2026, 11, 12)))},
        set(),
    ),
    (
        "B1 by card, 21 days",
        {"payments": (paid("-30", date(2026, 11, 3), way=Way.CARD),)},
        {("B1", "no_document")},
    ),
    ("B1 by card, 20 days", {"payments": (paid("-30", date(2026, 11, 4), way=Way.CARD),)}, set()),
    (
        "B1 with document",
        {"payments": (paid("-30", date(2026, 11, 3), way=Way.CARD, has_document=True),)},
        set(),
    ),
    (
        "B1 known supplier",
        {"invoices": (FINE,), "payments": (paid("-30", date(2026, 11, 3), party="MAES GARAGE"),)},
        {("B1", "no_document")},
    ),
    (
        "B2 part, 14 days",
        {"invoices": (bought(due_on=date(2026, 11, 10), paid=Decimal(10)),)},
        {("B2", "paid_in_part")},
    ),
    ("B2 part, 13 days", {"invoices": (bought(due_on=date(2026, 11, 11), paid=Decimal(10)),)}, set()),
    ("B3 receipt, 7 days", {"payments": (paid("30", date(2026, 11, 17)),)}, {("B3", "unknown_receipt")}),
    ("B3 receipt, 6 days", {"payments": (paid("30", date(2026, 11, 18)),)}, set()),
    ("B3 matched", {"payments": (paid("30", date(2026, 11, 1), is_matched=True),)}, set()),
    (
        "B4 to a stranger",
        {"payments": (paid("-30", date(2026, 11, 3), party="X"),)},
        {("B4", "unknown_transfer")},
    ),
    ("B6 cash", {"payments": (paid("-50", date(2026, 11, 24), way=Way.CASH),)}, {("B6", "cash")}),
    ("B6 little cash", {"payments": (paid("-49.99", date(2026, 11, 24), way=Way.CASH),)}, set()),
    (
        "B7 the director's",
        {"payments": (paid("-9", date(2026, 11, 24), iban="BE68 5390 0754 7034"),)},
        {("B7", "owner_account")},
    ),
    ("B8 a group", {"payments": (paid("90", date(2026, 11, 24), may_cover=("1", "2")),)}, {("B8", "may_cover")}),
    (
        "B10 balance",
        {"statements": (FIRST, statement(None, date(2026, 3, 1), date(2026, 3, 31), "12", "20"))},
        {("B10", "balance_gap")},
    ),
    (
        "B10 number",
        {"statements": (FIRST, statement(3, date(2026, 3, 1), date(2026, 3, 31), "10", "20"))},
        {("B10", "number_gap")},
    ),
    ("B10 none", {"statements": (FIRST, statement(2, date(2026, 2, 1), date(2026, 2, 28), "10", "20"))}, set()),
    (
        "B10 a new year",
        {"statements": (statement(52, date(2025, 12, 1), date(2025, 12, 31), "5", "0"), FIRST)},
        set(),
    ),
    ("C1 gap", {"invoices": (sold("V-08"), sold("V-09"), sold("V-11"))}, {("C1", "number_missing")}),
    ("C1 no gap", {"invoices": (sold("V-08"), sold("V-09"), sold("V-10"))}, set()),
    ("C1 too new", {"invoices": (sold("V-08"), sold("V-09"), sold("V-11", date(2026, 11, 18)))}, set()),
    ("C1 another series", {"invoices": (sold("V-08"), sold("V-09"), sold("V-90"))}, set()),
    (
        "D2 fewer",
        {"periods": (Period("2026-10", date(2026, 10, 31), 5, (10, 9, 30)),)},
        {("D2", "fewer_than_usual")},
    ),
    ("D2 as usual", {"periods": (Period("2026-10", date(2026, 10, 31), 6, (10, 9, 30)),)}, set()),
    ("D2 too early", {"periods": (Period("2026-11", date(2026, 11, 20), 0, (10,)),)}, set()),
    ("D2 said so", {"periods": (Period("2026-10", date(2026, 10, 31), 0, (10,), is_complete=True),)}, set()),
]  # fmt: skip


@pytest.mark.parametrize(("said", "data", "wanted"), CASES, ids=[case[0] for case in CASES])
def test_what_raises_which_question(said: str, data: dict[str, tuple], wanted: set[tuple[str, str]]) -> None:
    facts = Facts(OWN, owner_ibans=frozenset({OWNER}), **data)
    found = raised(facts, DEFAULT, TODAY)
    assert {(one.type, one.reason) for one in found.values()} == wanted
    for one in found.values():
        assert REASONS[one.reason] % one.facts
        assert CATALOGUE[one.type].text % one.facts


def test_every_detector_has_a_case_that_raises_and_one_that_does_not() -> None:
    raising = {kind for _, _, wanted in CASES for kind, _ in wanted}
    assert raising == {one.id for one in CATALOGUE.values() if one.raised_by == "data"}
    assert {reason for _, _, wanted in CASES for _, reason in wanted} == set(REASONS)


def test_a_missing_number_is_named_as_the_others_are_written() -> None:
    facts = Facts(OWN, invoices=(sold("V-08/A"), sold("V-09/A"), sold("V-12/A")))
    assert list(raised(facts, DEFAULT, TODAY)) == ["C1:V-10/A", "C1:V-11/A"]


def test_the_thresholds_are_the_office_s() -> None:
    facts = Facts(OWN, invoices=(bought(due_on=date(2026, 11, 20)),))
    assert not raised(facts, DEFAULT, TODAY)
    assert list(raised(facts, replace(DEFAULT, overdue_days=4), TODAY)) == ["A2:i1"]
