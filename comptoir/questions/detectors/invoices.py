"""A1 A3 A6 A7 of purchases: what they are, and whether they are the dossier's."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from stdnum.be import vat

from comptoir.ledger.matching.texts import name_key, plain_number
from comptoir.questions.facts import EURO, Draft

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date
    from decimal import Decimal

    from comptoir.questions.facts import Facts, Invoice
    from comptoir.questions.thresholds import Thresholds

_LETTERS = 4  # a shorter text says nothing


def purchases(facts: Facts) -> list[Invoice]:
    """The oldest first, so that it does not matter in which order they came."""
    found = [one for one in facts.invoices if _is_purchase(one) and one.total > 0]
    return sorted(found, key=lambda invoice: (invoice.issued_on, invoice.id))


def _is_purchase(one: Invoice) -> bool:
    return one.is_ours and not one.is_sale and not one.is_credit_note


def of_invoice(kind: str, reason: str, one: Invoice, **more: object) -> Draft:
    found = {"party": one.party, "number": one.number, "issued_on": one.issued_on, "due_on": one.due_on}
    amounts = {
        "amount": one.payable,
        "paid": one.paid,
        "rest": one.payable - one.paid,
        "currency": one.currency,
    }
    return Draft(kind, one.id, reason, one.party, {**found, **amounts, **more}, one.issued_on)


def a1_for_business(facts: Facts, thresholds: Thresholds, today: date) -> Iterator[Draft]:  # noqa: ARG001 -- one form for all
    """Where the books have just begun every supplier would be new."""
    seen: set[str] = set()
    bought = purchases(facts)
    since_on = bought[0].issued_on + timedelta(days=thresholds.history_days) if bought else None
    for one in bought:
        is_first = seen.isdisjoint(one.party_keys)
        seen.update(one.party_keys)
        if not set(thresholds.private_words).isdisjoint(name_key(one.party).split()):
            yield of_invoice("A1", "private_merchant", one, amount=one.total)
        elif (
            one.party_keys
            and is_first
            and since_on
            and one.issued_on >= since_on
            and _reaches(one, thresholds.new_supplier_from)
        ):
            yield of_invoice("A1", "new_supplier", one, amount=one.total)


def _reaches(one: Invoice, least: Decimal) -> bool:
    return one.currency == EURO and one.total >= least


def a3_what_bought(facts: Facts, thresholds: Thresholds, today: date) -> Iterator[Draft]:  # noqa: ARG001 -- one form for all
    for one in purchases(facts):
        text = name_key(one.line_text)
        if len(text) < _LETTERS or text in thresholds.vague_words:
            yield of_invoice("A3", "vague_text", one, amount=one.total, text=one.line_text)
        elif _reaches(one, thresholds.investment_from):
            yield of_invoice("A3", "large_amount", one, amount=one.total, least=thresholds.investment_from)


def a6_not_to_you(facts: Facts, thresholds: Thresholds, today: date) -> Iterator[Draft]:  # noqa: ARG001 -- one form for all
    """Also of those that are of another party: that is how an invoice is taken that names somebody else."""
    own = _digits(facts.enterprise_number)
    for one in facts.invoices:
        if one.is_sale or one.is_credit_note or not one.total:
            continue
        number = _digits(one.buyer_number)
        if not number:
            yield of_invoice("A6", "no_buyer_number", one, amount=one.total)
        elif number != own:
            reason = "other_buyer" if vat.is_valid(number) else "wrong_buyer_number"
            yield of_invoice("A6", reason, one, amount=one.total, buyer_number=one.buyer_number)


def _digits(number: str) -> str:
    return "".join(filter(str.isdigit, number))


def a7_duplicate(facts: Facts, thresholds: Thresholds, today: date) -> Iterator[Draft]:  # noqa: ARG001 -- one form for all
    """The later of two asks; a third asks about the one before it."""
    seen: dict[tuple[object, ...], Invoice] = {}
    days = timedelta(days=thresholds.duplicate_days)
    for one in purchases(facts):
        numbers = [(key, plain_number(one.number)) for key in one.party_keys if plain_number(one.number)]
        amounts = [(key, one.total, one.currency) for key in one.party_keys]
        same = next((seen[key] for key in numbers if key in seen), None)
        alike = next((seen[key] for key in amounts if key in seen), None)
        if same:
            yield _duplicate("same_number", one, same)
        elif alike and one.issued_on - alike.issued_on <= days:
            yield _duplicate("same_amount", one, alike)
        seen.update(dict.fromkeys((*numbers, *amounts), one))


def _duplicate(reason: str, one: Invoice, other: Invoice) -> Draft:
    found = {"other_number": other.number, "other_on": other.issued_on}
    return of_invoice("A7", reason, one, amount=one.total, **found)
