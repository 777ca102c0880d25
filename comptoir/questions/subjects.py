"""What a question is about, as plain facts: days as 2026-11-12, amounts as 428.90. Pure."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from comptoir.core.money import exact
from comptoir.questions.catalogue import CATALOGUE

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from comptoir.ledger.models import Invoice, Payment

FIELD = re.compile(r"%\((\w+)\)s")


def facts_of_invoice(invoice: Invoice) -> dict[str, str]:
    facts = {
        "party": invoice.party,
        "number": invoice.number,
        "amount": exact(invoice.payable),
        "currency": invoice.currency,
        "issued_on": invoice.issued_on,
        "due_on": invoice.due_on,
    }
    return {name: str(value) for name, value in facts.items() if value}


def facts_of_payment(payment: Payment) -> dict[str, str]:
    facts = {
        "party": payment.party,
        "amount": exact(payment.amount),
        "currency": payment.currency,
        "booked_on": payment.booked_on,
        "iban": payment.party_iban,
        "reference": payment.structured,
    }
    return {name: str(value) for name, value in facts.items() if value}


def as_text(facts: Mapping[str, Any]) -> dict[str, Any]:
    """What a detector found, as the row keeps it; numbers of days and documents stay numbers."""
    return {name: _as_text(value) for name, value in facts.items()}


def _as_text(value: Any) -> Any:
    if isinstance(value, Decimal):
        return exact(value)
    if isinstance(value, date):
        return value.isoformat()
    return [_as_text(one) for one in value] if isinstance(value, list | tuple) else value


def is_sayable(type_id: str, facts: Mapping[str, Any]) -> bool:
    """Whether the catalogue's text has all that it names; else somebody has to write the question."""
    return type_id in CATALOGUE and bool(CATALOGUE[type_id].text) and set(_named(type_id)) <= facts.keys()


def _named(type_id: str) -> Iterator[str]:
    return (found[1] for found in FIELD.finditer(CATALOGUE[type_id].text))
