"""A2 B2: whether and how an invoice was paid."""

from __future__ import annotations

from collections import defaultdict, deque
from typing import TYPE_CHECKING

from comptoir.questions.detectors.invoices import of_invoice, purchases

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from comptoir.questions.facts import Draft, Facts, Invoice
    from comptoir.questions.thresholds import Thresholds


def a2_how_paid(facts: Facts, thresholds: Thresholds, today: date) -> Iterator[Draft]:
    credited = _credited(facts)
    for one in purchases(facts):
        due_on = one.due_on or one.issued_on
        days = (today - due_on).days
        is_open = one.payable > 0 and not one.paid and not one.is_proposed and one.id not in credited
        if is_open and days >= thresholds.overdue_days:
            yield of_invoice("A2", "no_payment", one, due_on=due_on, days=days)


def b2_paid_in_part(facts: Facts, thresholds: Thresholds, today: date) -> Iterator[Draft]:
    credited = _credited(facts)
    for one in facts.invoices:
        due_on = one.due_on or one.issued_on
        is_part = one.is_ours and not one.is_credit_note and 0 < one.paid < one.payable
        is_open = is_part and not one.is_proposed and one.id not in credited
        if is_open and (today - due_on).days >= thresholds.part_days:
            yield of_invoice("B2", "paid_in_part", one, due_on=due_on)


def _credited(facts: Facts) -> set[str]:
    """Invoices whose rest a later credit note of the same party takes away; each takes away one."""
    notes: dict[tuple[object, ...], deque[Invoice]] = defaultdict(deque)
    ours = sorted((one for one in facts.invoices if one.is_ours), key=lambda one: (one.issued_on, one.id))
    for one in ours:
        for key in one.party_keys if one.is_credit_note else ():
            notes[one.is_sale, key, one.payable, one.currency].append(one)
    used: set[str] = set()
    found = set()
    for one in ours:
        rest = one.payable - one.paid
        for key in one.party_keys if rest > 0 and not one.is_credit_note else ():
            waiting = notes.get((one.is_sale, key, rest, one.currency), deque())
            # In order of days: what is too early for this one is too early for all that follow.
            while waiting and (waiting[0].id in used or waiting[0].issued_on < one.issued_on):
                waiting.popleft()
            if waiting and one.id not in found:
                used.add(waiting.popleft().id)
                found.add(one.id)
    return found
