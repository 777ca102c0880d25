"""Payments and invoices by hand, one line for each way in which they belong together, or do not."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from comptoir.ledger.matching.facts import Certainty, Direction, Movement, OpenInvoice, Proposal, Reason
from comptoir.ledger.matching.propose import propose
from comptoir.ledger.matching.settlement import Settlement, settlement
from comptoir.ledger.matching.words import CERTAINTIES, SENTENCES

REFERENCE, OTHER_REFERENCE = "090933755493", "000000000101"
IBAN = "BE68539007547034"


def invoice(key: str, amount: str, **other: Any) -> OpenInvoice:
    facts: dict[str, Any] = {
        "direction": Direction.SALE,
        "number": f"2026-0{key}",
        "total": Decimal(amount),
        "open": Decimal(amount),
        "issued_on": date(2026, 3, 1),
        "party": "Boulangerie Lambert SRL",
        **other,
    }
    return OpenInvoice(id=key, **facts)


def paid(amount: str, **other: Any) -> Movement:
    return Movement(**{"id": "m", "booked_on": date(2026, 3, 20), "amount": Decimal(amount), **other})


A = invoice("145", "1210.00", reference=REFERENCE, ibans=(IBAN,))
B = invoice("146", "605.17", ibans=(IBAN,))
NOTE = invoice("147", "200.00", is_credit_note=True, ibans=(IBAN,))
DOLLARS = invoice("148", "1000.00", currency="USD", ibans=(IBAN,))
SAME = invoice("149", "605.17", issued_on=date(2026, 3, 5), ibans=(IBAN,))
BOUGHT = invoice("150", "80.00", direction=Direction.PURCHASE, party="Garage Maes", number="F77-2026")

CERTAIN, LIKELY, POSSIBLE = Certainty.CERTAIN, Certainty.LIKELY, Certainty.POSSIBLE
CASES = {
    "reference": ([A, B], paid("1210", reference=REFERENCE), {"145": "1210"}, Reason.REFERENCE, CERTAIN),
    "reference typed into the text": (
        [A, B],
        paid("1210", text="+++090/9337/55493+++"),
        {"145": "1210"},
        Reason.REFERENCE,
        CERTAIN,
    ),
    "part by reference": ([A], paid("400", reference=REFERENCE), {"145": "400"}, Reason.REFERENCE_PART, CERTAIN),
    "a fee is missing": ([A], paid("1207.50", reference=REFERENCE), {"145": "1207.50"}, Reason.REFERENCE_SHORT, CERTAIN),
    "too much by reference": ([A], paid("1300", reference=REFERENCE), {"145": "1210"}, Reason.REFERENCE_OVER, LIKELY),
    "reference of another": ([A, B], paid("605.17", reference=REFERENCE), {"146": "605.17"}, Reason.REFERENCE_REUSED, LIKELY),
    "number": ([A, B], paid("605.17", text="facture 2026/0146 merci"), {"146": "605.17"}, Reason.NUMBER, CERTAIN),
    "number, part, party unknown": ([A, B], paid("300", text="2026-0146"), {"146": "300"}, Reason.NUMBER_PART, LIKELY),
    "numbers": (
        [A, B],
        paid("1815.17", text="factures 2026-0145 et 2026-0146"),
        {"145": "1210", "146": "605.17"},
        Reason.NUMBERS,
        CERTAIN,
    ),
    "account and amount": ([A, B], paid("605.17", iban=IBAN), {"146": "605.17"}, Reason.PARTY_AMOUNT, CERTAIN),
    "name and amount": ([A, B], paid("605.17", party="LAMBERT BOULANGERIE"), {"146": "605.17"}, Reason.PARTY_AMOUNT, CERTAIN),
    "a name nearly the same": ([A, B], paid("605.17", party="BOULANGERIE LAMBRET"), {"146": "605.17"}, Reason.PARTY_AMOUNT, LIKELY),
    "same amounts": ([B, SAME], paid("605.17", iban=IBAN), {"146": "605.17"}, Reason.SAME_AMOUNTS, LIKELY),
    "group": ([A, B], paid("1815.17", iban=IBAN), {"145": "1210", "146": "605.17"}, Reason.GROUP, CERTAIN),
    "credit note deducted": (
        [A, NOTE],
        paid("1010", reference=REFERENCE),
        {"145": "1210", "147": "200"},
        Reason.GROUP,
        CERTAIN,
    ),
    "credit note paid back": ([A, NOTE], paid("-200", text="NC 2026-0147"), {"147": "200"}, Reason.NUMBER, CERTAIN),
    "in dollars, as the bank tells": (
        [DOLLARS],
        paid("921.40", iban=IBAN, original=Decimal(1000), original_currency="USD"),
        {"148": "1000"},
        Reason.PARTY_AMOUNT,
        CERTAIN,
    ),
    "in dollars, untold": ([DOLLARS], paid("921.40", text="2026-0148"), {"148": "1000"}, Reason.FOREIGN, LIKELY),
    "bought": ([BOUGHT], paid("-80", text="F77 2026"), {"150": "80"}, Reason.NUMBER, CERTAIN),
    "nearly the amount": ([A], paid("1209", iban=IBAN), {"145": "1209"}, Reason.PARTY_SHORT, LIKELY),
    "a part, silent": ([A], paid("300", iban=IBAN), {"145": "300"}, Reason.PARTY_PART, LIKELY),
    "the amount alone": ([A, B], paid("605.17"), {"146": "605.17"}, Reason.AMOUNT, POSSIBLE),
    "paid already": (
        [invoice("145", "1210", open=Decimal(0), reference=REFERENCE)],
        paid("1210", reference=REFERENCE),
        {},
        Reason.PAID_AGAIN,
        LIKELY,
    ),
}  # fmt: skip


def allocated(proposal: Proposal) -> dict[str, Decimal]:
    return {one.invoice: one.amount for one in proposal.allocations}


@pytest.mark.parametrize("case", CASES)
def test_what_belongs_together(case: str) -> None:
    invoices, movement, wanted, reason, certainty = CASES[case]
    (found,) = propose(invoices, [movement])
    amounts = {key: Decimal(amount) for key, amount in wanted.items()}
    assert (allocated(found), found.reason, found.certainty) == (amounts, reason, certainty)
    shown = SENTENCES[found.reason] % found.facts
    assert "%" not in shown
    assert CERTAINTIES[found.certainty]


@pytest.mark.parametrize(
    "movement",
    [
        paid("1210.00"),  # a round amount alone says nothing
        paid("-605.17", iban=IBAN),  # the other way
        paid("77.77", text="salaire 03/2026"),
        paid("605.17", booked_on=date(2025, 12, 1)),  # long before it was written
        paid("0"),
    ],
)
def test_what_does_not(movement: Movement) -> None:
    assert propose([A, B], [movement]) == []


def test_several_payments_make_one_invoice() -> None:
    parts = [paid(amount, id=f"m{amount}", iban=IBAN) for amount in ("500.11", "300.22", "409.67")]
    found = propose([A], parts)
    assert [one.reason for one in found] == [Reason.INSTALMENTS] * 3
    assert sum(one.allocations[0].amount for one in found) == A.total


def test_an_account_that_paid_for_certain_is_known_from_then_on() -> None:
    unknown = [invoice("145", "1210", reference=REFERENCE), invoice("146", "605.17")]
    movements = [
        paid("1210", id="m1", reference=REFERENCE, iban="BE71096123456769"),
        paid("605.17", id="m2", iban="BE71096123456769"),
    ]
    assert [one.certainty for one in propose(unknown, movements)] == [CERTAIN, CERTAIN]
    assert propose(unknown, movements[1:])[0].reason is Reason.AMOUNT


def test_an_old_payment_cannot_take_what_another_names() -> None:
    silent = paid("605.17", id="m1", booked_on=date(2026, 3, 10), iban=IBAN)
    named = paid("605.17", id="m2", text="2026-0146")
    found = propose([B, SAME], [silent, named])
    assert [allocated(one) for one in found] == [{"149": Decimal("605.17")}, {"146": Decimal("605.17")}]


@pytest.mark.parametrize(
    ("allocated_so_far", "wanted"),
    [
        ("0", Settlement.UNPAID),
        ("0.01", Settlement.PARTLY_PAID),
        ("99.99", Settlement.PARTLY_PAID),
        ("100", Settlement.PAID),
        ("100.01", Settlement.OVERPAID),
    ],
)
def test_unpaid_partly_paid_paid_overpaid(allocated_so_far: str, wanted: Settlement) -> None:
    assert settlement(Decimal(100), Decimal(allocated_so_far)) is wanted


def test_every_reason_has_a_sentence() -> None:
    assert set(SENTENCES) == set(Reason)
