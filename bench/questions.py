"""How long a large dossier takes to raise its questions, with the matches that its payments have found."""

from __future__ import annotations

import time
from collections import Counter
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from bench.labelled_kinds import labelled
from bench.measure import tell
from comptoir.questions.drafting import drafts, raised
from comptoir.questions.facts import Facts, Invoice, Payment
from comptoir.questions.thresholds import DEFAULT
from comptoir.questions.withdrawals import withdrawals

if TYPE_CHECKING:
    from datetime import date

    from bench.labelled import Labelled
    from bench.run import Run

PAYMENTS, INVOICES, OWN = 100_000, 20_000, "0403170701"


def questions(run: Run) -> None:
    """Looked at for the first time, and again when half of what was unpaid has been paid."""
    made = labelled(PAYMENTS, seed=1, parties=2_000)
    facts = facts_of(made)
    today = max(one.booked_on for one in facts.payments) + timedelta(days=30)
    note = run.results.note
    began = time.perf_counter()
    found = raised(facts, DEFAULT, today)
    new = drafts(found, DEFAULT, rules=(), known=(), today=today).drafts
    note("questions: of 20,000 invoices and 100,000 payments", time.perf_counter() - began, "s (< 120)")
    note("questions: raised", len(new), "")
    tell(f"  {dict(Counter(one.type for one in new))}")
    settled, seconds = again(facts, [one.key for one in new], today)
    note("questions: settled by data", settled, f"of {len(new):,}")
    note("questions: looked at again", seconds, "s")


def again(facts: Facts, keys: list[str], today: date) -> tuple[int, float]:
    invoices = tuple(replace(one, paid=one.total) for one in facts.invoices[::2]) + facts.invoices[1::2]
    began = time.perf_counter()
    after = replace(facts, invoices=invoices)
    settled = withdrawals(keys, after, still=raised(after, DEFAULT, today).keys())
    return len(settled), time.perf_counter() - began


def facts_of(made: Labelled) -> Facts:
    """The true matches stand; what pays nothing is what is asked about."""
    paid = Counter[str]()
    for truth in made.truth.values():
        paid.update({invoice: int(amount * 1000) for invoice, amount in truth.items()})
    return Facts(
        OWN,
        invoices=tuple(
            Invoice(
                one.id, one.number, one.party, one.total, one.issued_on, one.due_on, str(one.direction) == "sale",
                one.is_credit_note, paid=Decimal(paid[one.id]) / 1000, party_number=one.party_number,
                buyer_number=OWN, line_text="Fournitures", currency=one.currency,
            )
            for one in made.invoices[:INVOICES]
        ),
        payments=tuple(
            Payment(
                one.id, one.booked_on, one.amount, one.party, one.iban, one.text,
                is_matched=bool(made.truth[one.id]), currency=one.currency,
            )
            for one in made.movements
        ),
    )  # fmt: skip
