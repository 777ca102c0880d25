"""Scenarios by hand: what raises which question, and what just does not."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from comptoir.questions.facts import Invoice, Payment, Period, Statement, Way

OWN = "BE0403170701"
FINE = Invoice(
    "i1", "77", "Garage Maes", Decimal(40), date(2026, 11, 1), date(2026, 12, 1), buyer_number=OWN, line_text="entretien"
)  # fmt: skip
OWNER = "BE68539007547034"
OWN_ACCOUNT = "BE71096123456769"


LONG_AGO = replace(
    FINE, id="i0", number="1", party="Proximus", party_number="1", issued_on=date(2026, 7, 1), paid=Decimal(40)
)  # fmt: skip


def bought(**other: object) -> Invoice:
    return replace(FINE, **other)  # type: ignore[arg-type]


def sold(number: str, on: date = date(2026, 11, 1)) -> Invoice:
    return bought(id=number, number=number, is_sale=True, issued_on=on)


def paid(amount: str, on: date, **other: object) -> Payment:
    return Payment("p1", on, Decimal(amount), **other)  # type: ignore[arg-type]


def statement(number: str, begins: date, ends: date, old: str, new: str) -> Statement:
    return Statement("BE1", number, begins, ends, Decimal(old), Decimal(new))


FIRST = statement("1", date(2026, 1, 1), date(2026, 1, 31), "0", "10")
CASES: list[tuple[str, dict[str, tuple], set[tuple[str, str]]]] = [
    ("nothing to ask", {"invoices": (FINE,)}, set()),
    ("A1 first invoice", {"invoices": (LONG_AGO, bought(total=Decimal(50)))}, {("A1", "new_supplier")}),
    ("A1 the first one small", {"invoices": (LONG_AGO, bought(total=Decimal("49.99")))}, set()),
    ("A1 the books begin", {"invoices": (bought(total=Decimal(50)),)}, set()),
    (
        "A1 spelled otherwise",
        {"invoices": (LONG_AGO, bought(party="Prox. Group", party_number="1", total=Decimal(50)))},
        set(),
    ),
    (
        "A1 dollars",
        {"invoices": (LONG_AGO, bought(total=Decimal(5000), currency="USD"))},
        set(),
    ),
    ("nothing of nought", {"invoices": (bought(total=Decimal(0), line_text="", party="Lego"),)}, set()),
    (
        "nothing but A6 of another's",
        {"invoices": (bought(is_ours=False, due_on=date(2026, 1, 1), line_text="", buyer_number=""),)},
        {("A6", "no_buyer_number")},
    ),
    (
        "A1 the second is no first",
        {"invoices": (FINE, bought(id="i2", number="78", total=Decimal(50)))},
        set(),
    ),
    ("A1 merchant", {"invoices": (bought(party="COLRUYT NV"),)}, {("A1", "private_merchant")}),
    ("A2 on the day", {"invoices": (bought(due_on=date(2026, 11, 10)),)}, {("A2", "no_payment")}),
    ("A2 the day before", {"invoices": (bought(due_on=date(2026, 11, 11)),)}, set()),
    ("A2 paid", {"invoices": (bought(due_on=date(2026, 11, 1), paid=Decimal(40)),)}, set()),
    ("A2 about to be matched", {"invoices": (bought(due_on=date(2026, 11, 1), is_proposed=True),)}, set()),
    ("A2 paid before it came", {"invoices": (bought(due_on=date(2026, 11, 1), prepaid=Decimal(40)),)}, set()),
    (
        "A2 credited",
        {"invoices": (bought(due_on=date(2026, 11, 1)), bought(id="i2", number="C1", is_credit_note=True))},
        set(),
    ),
    (
        "A2 one of two credited",
        {
            "invoices": (
                bought(due_on=date(2026, 11, 1)),
                bought(id="i2", number="C1", is_credit_note=True),
                bought(id="i3", number="79", issued_on=date(2026, 9, 1), due_on=date(2026, 10, 1)),
            )
        },
        {("A2", "no_payment")},
    ),
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
        "A7 same number, spelled otherwise",
        {
            "invoices": (
                bought(party_number="5"),
                bought(id="i2", party="Maes-auto", party_number="5", issued_on=date(2026, 11, 20)),
            )
        },
        {("A7", "same_number")},
    ),
    (
        "A7 another currency",
        {"invoices": (FINE, bought(id="i2", number="78", currency="USD"))},
        set(),
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
        "B1 known by account",
        {
            "invoices": (bought(iban=OWNER[:-1]),),
            "payments": (paid("-30", date(2026, 11, 3), iban=OWNER[:-1], party="?"),),
        },
        {("B1", "no_document")},
    ),
    ("nothing of the bank's charges", {"payments": (paid("-3", date(2026, 11, 3), is_charge=True),)}, set()),
    ("nothing between own accounts", {"payments": (paid("-30", date(2026, 11, 3), iban=OWN_ACCOUNT),)}, set()),
    ("nothing of a proposal", {"payments": (paid("-30", date(2026, 11, 3), is_proposed=True),)}, set()),
    (
        "B2 the rest credited",
        {
            "invoices": (
                bought(due_on=date(2026, 11, 1), paid=Decimal(10)),
                bought(id="i2", number="C1", is_credit_note=True, total=Decimal(30)),
            )
        },
        set(),
    ),
    (
        "B2 part, 14 days",
        {"invoices": (bought(due_on=date(2026, 11, 10), paid=Decimal(10)),)},
        {("B2", "paid_in_part")},
    ),
    ("B2 part, 13 days", {"invoices": (bought(due_on=date(2026, 11, 11), paid=Decimal(10)),)}, set()),
    ("B3 receipt, 7 days", {"payments": (paid("30", date(2026, 11, 17)),)}, {("B3", "unknown_receipt")}),
    ("B3 receipt, 6 days", {"payments": (paid("30", date(2026, 11, 18)),)}, set()),
    ("B3 takings by card", {"payments": (paid("30", date(2026, 11, 1), party="SumUp Limited"),)}, set()),
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
        {"statements": (FIRST, statement("", date(2026, 3, 1), date(2026, 3, 31), "12", "20"))},
        {("B10", "balance_gap")},
    ),
    (
        "B10 number",
        {"statements": (FIRST, statement("3", date(2026, 3, 1), date(2026, 3, 31), "10", "20"))},
        {("B10", "number_gap")},
    ),
    ("B10 none", {"statements": (FIRST, statement("2", date(2026, 2, 1), date(2026, 2, 28), "10", "20"))}, set()),
    (
        "B10 a new year",
        {"statements": (statement("52", date(2025, 12, 1), date(2025, 12, 31), "5", "0"), FIRST)},
        set(),
    ),
    ("C1 gap", {"invoices": (sold("V-08"), sold("V-09"), sold("V-11"))}, {("C1", "number_missing")}),
    ("C1 no gap", {"invoices": (sold("V-08"), sold("V-09"), sold("V-10"))}, set()),
    ("C1 too new", {"invoices": (sold("V-08"), sold("V-09"), sold("V-11", date(2026, 11, 18)))}, set()),
    ("C1 another's", {"invoices": (sold("V-08"), sold("V-09"), replace(sold("V-11"), is_ours=False))}, set()),
    (
        "C1 two prefixes",
        {"invoices": tuple(map(sold, ("A-08", "A-09", "A-10", "B-12", "B-13", "B-14")))},
        set(),
    ),
    (
        "C1 a new year counts anew",
        {
            "invoices": (
                *(sold(f"{n:03}", date(2025, 12, 1)) for n in (1, 2, 3, 4)),
                *(replace(sold(f"{n:03}"), id=f"new{n}") for n in (1, 2, 4)),
            )
        },
        {("C1", "number_missing")},
    ),
    (
        "C1 not all of the sales come here",
        {"invoices": tuple(sold(f"V-{number:03}") for number in range(1, 60, 3))},
        set(),
    ),
    ("C1 another series", {"invoices": (sold("V-08"), sold("V-09"), sold("V-90"))}, set()),
    (
        "D2 fewer",
        {"periods": (Period("2026-10", date(2026, 10, 31), 5, (10, 9, 30)),)},
        {("D2", "fewer_than_usual")},
    ),
    ("D2 as usual", {"periods": (Period("2026-10", date(2026, 10, 31), 6, (10, 9, 30)),)}, set()),
    ("D2 the books begin", {"periods": (Period("2026-10", date(2026, 10, 31), 1, (30,)),)}, set()),
    ("D2 too early", {"periods": (Period("2026-11", date(2026, 11, 20), 0, (10,)),)}, set()),
]  # fmt: skip
