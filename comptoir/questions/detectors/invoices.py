"""A1 A2 A3 A6 A7 B2 of purchases, and C1 of sales."""

from __future__ import annotations

import itertools
import re
from collections import defaultdict
from datetime import timedelta
from typing import TYPE_CHECKING

from stdnum.be import vat

from comptoir.ledger.matching.texts import name_key, plain_number
from comptoir.questions.facts import Draft

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from comptoir.questions.facts import Facts, Invoice
    from comptoir.questions.thresholds import Thresholds

_RUNNING = re.compile(r"(\d+)\D*$")
_SERIES = 3  # fewer numbers are no series
_LETTERS = 4  # a shorter text says nothing


def purchases(facts: Facts) -> list[Invoice]:
    return [one for one in facts.invoices if not one.is_sale and not one.is_credit_note]


def of_invoice(kind: str, reason: str, one: Invoice, **more: object) -> Draft:
    found = {"party": one.party, "number": one.number, "issued_on": one.issued_on, "due_on": one.due_on}
    amounts = {"amount": one.total, "paid": one.paid, "rest": one.total - one.paid, "currency": one.currency}
    return Draft(kind, one.id, reason, one.party, {**found, **amounts, **more})


def a1_for_business(facts: Facts, thresholds: Thresholds, today: date) -> Iterator[Draft]:  # noqa: ARG001 -- one form for all
    seen: set[str] = set()
    for one in sorted(purchases(facts), key=lambda invoice: (invoice.issued_on, invoice.id)):
        words = name_key(one.party)
        is_first = words not in seen
        seen.add(words)
        if any(word in words.split() for word in thresholds.private_words):
            yield of_invoice("A1", "private_merchant", one)
        elif is_first and one.total >= thresholds.new_supplier_from:
            yield of_invoice("A1", "new_supplier", one)


def a2_how_paid(facts: Facts, thresholds: Thresholds, today: date) -> Iterator[Draft]:
    for one in purchases(facts):
        due_on = one.due_on or one.issued_on
        days = (today - due_on).days
        if one.total > 0 and not one.paid and days >= thresholds.overdue_days:
            yield of_invoice("A2", "no_payment", one, due_on=due_on, days=days)


def a3_what_bought(facts: Facts, thresholds: Thresholds, today: date) -> Iterator[Draft]:  # noqa: ARG001 -- one form for all
    for one in purchases(facts):
        text = name_key(one.line_text)
        if len(text) < _LETTERS or text in thresholds.vague_words:
            yield of_invoice("A3", "vague_text", one, text=one.line_text)
        elif one.total >= thresholds.investment_from:
            yield of_invoice("A3", "large_amount", one, least=thresholds.investment_from)


def a6_not_to_you(facts: Facts, thresholds: Thresholds, today: date) -> Iterator[Draft]:  # noqa: ARG001 -- one form for all
    own = _digits(facts.enterprise_number)
    for one in purchases(facts):
        number = _digits(one.buyer_number)
        if not number:
            yield of_invoice("A6", "no_buyer_number", one)
        elif number != own:
            reason = "other_buyer" if vat.is_valid(number) else "wrong_buyer_number"
            yield of_invoice("A6", reason, one, buyer_number=one.buyer_number)


def _digits(number: str) -> str:
    return "".join(filter(str.isdigit, number))


def a7_duplicate(facts: Facts, thresholds: Thresholds, today: date) -> Iterator[Draft]:  # noqa: ARG001 -- one form for all
    """The later of two asks; a third asks about the one before it."""
    by_number: dict[tuple[str, str], Invoice] = {}
    by_amount: dict[tuple[str, object], Invoice] = {}
    for one in sorted(purchases(facts), key=lambda invoice: (invoice.issued_on, invoice.id)):
        party = name_key(one.party)
        number, amount = (party, plain_number(one.number)), (party, one.total)
        same, alike = by_number.get(number) if one.number else None, by_amount.get(amount)
        if other := same:
            yield of_invoice("A7", "same_number", one, other_number=other.number, other_on=other.issued_on)
        elif alike and one.issued_on - alike.issued_on <= timedelta(days=thresholds.duplicate_days):
            yield of_invoice("A7", "same_amount", one, other_number=alike.number, other_on=alike.issued_on)
        by_number[number] = by_amount[amount] = one


def b2_paid_in_part(facts: Facts, thresholds: Thresholds, today: date) -> Iterator[Draft]:
    for one in facts.invoices:
        days = (today - (one.due_on or one.issued_on)).days
        if not one.is_credit_note and 0 < one.paid < one.total and days >= thresholds.part_days:
            yield of_invoice("B2", "paid_in_part", one, due_on=one.due_on or one.issued_on)


def c1_number_missing(facts: Facts, thresholds: Thresholds, today: date) -> Iterator[Draft]:
    series: dict[str, dict[int, Invoice]] = defaultdict(dict)
    for one in facts.invoices:
        if one.is_sale and (running := _RUNNING.search(one.number)):
            prefix = f"{one.number[: running.start()]}|{one.number[running.end(1) :]}|{len(running[1])}"
            series[prefix][int(running[1])] = one
    for numbers in series.values():
        known = sorted(numbers) if len(numbers) >= _SERIES else []
        for before, after in itertools.pairwise(known):
            following = numbers[after]
            is_settled = (today - following.issued_on).days >= thresholds.series_days
            if is_settled and after - before - 1 <= thresholds.series_gap:
                yield from (
                    _missing(numbers[before], following, number) for number in range(before + 1, after)
                )


def _missing(before: Invoice, after: Invoice, running: int) -> Draft:
    found = _RUNNING.search(before.number)
    width = len(found[1]) if found else 0
    begin = before.number[: found.start()] if found else ""
    number = f"{begin}{running:0{width}d}{before.number[found.end(1) :] if found else ''}"
    facts = {"number": number, "before": before.number, "after": after.number, "after_on": after.issued_on}
    return Draft("C1", number, "number_missing", "", facts)
