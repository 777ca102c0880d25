"""Questions that the data has answered meanwhile: they withdraw themselves, and say why."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from comptoir.questions.drafting import raised
from comptoir.questions.words import gettext_noop

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from comptoir.questions.facts import Facts
    from comptoir.questions.thresholds import Thresholds

WHY = {
    "paid": gettext_noop("A payment of %(paid)s was found meanwhile."),
    "matched": gettext_noop("The payment of %(booked_on)s was matched meanwhile."),
    "document": gettext_noop("The document for the payment of %(booked_on)s has arrived."),
    "arrived": gettext_noop("Invoice %(number)s has arrived."),
    "statements": gettext_noop("The missing statements have arrived."),
    "documents": gettext_noop("%(documents)s documents have arrived for %(period)s."),
    "gone": gettext_noop("What it was about is not in the accounts any more."),
    "changed": gettext_noop("The data does not raise this question any more."),
}


@dataclass(frozen=True)
class Withdrawal:
    key: str
    why: str
    facts: dict[str, object]


def withdrawals(
    open_keys: Iterable[str], facts: Facts, thresholds: Thresholds, today: date
) -> list[Withdrawal]:
    """Of questions that detectors raised; one asked by hand has no such key."""
    still = raised(facts, thresholds, today)
    return [_withdrawal(key, facts) for key in open_keys if key not in still]


def _withdrawal(key: str, facts: Facts) -> Withdrawal:
    kind, _, subject = key.partition(":")
    if kind == "B10":
        return Withdrawal(key, "statements", {})
    if kind == "C1":
        arrived = any(one.is_sale and one.number == subject for one in facts.invoices)
        return Withdrawal(key, "arrived" if arrived else "changed", {"number": subject})
    if kind == "D2":
        period = next((one for one in facts.periods if one.id == subject), None)
        return Withdrawal(
            key,
            "documents" if period else "gone",
            {"documents": period.documents if period else 0, "period": subject},
        )
    if kind.startswith("B") and kind != "B2":
        return _of_payment(key, subject, facts)
    return _of_invoice(key, subject, facts)


def _of_payment(key: str, subject: str, facts: Facts) -> Withdrawal:
    payment = next((one for one in facts.payments if one.id == subject), None)
    if payment is None:
        return Withdrawal(key, "gone", {})
    why = "matched" if payment.is_matched else "document" if payment.has_document else "changed"
    return Withdrawal(key, why, {"booked_on": payment.booked_on})


def _of_invoice(key: str, subject: str, facts: Facts) -> Withdrawal:
    invoice = next((one for one in facts.invoices if one.id == subject), None)
    if invoice is None:
        return Withdrawal(key, "gone", {})
    is_about_paying = key.startswith(("A2:", "B2:")) and invoice.paid
    return Withdrawal(key, "paid" if is_about_paying else "changed", {"paid": invoice.paid})
