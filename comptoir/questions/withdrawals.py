"""Questions that the data has answered meanwhile: they withdraw themselves, and say why."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from comptoir.questions.words import gettext_noop

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from comptoir.questions.facts import Facts, Invoice, Payment

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


def withdrawals(open_keys: Iterable[str], facts: Facts, *, still: Collection[str]) -> list[Withdrawal]:
    """Of questions that detectors raised; one asked by hand has no such key. Age alone settles nothing: `still` are all keys that are raised, however old."""
    gone = [key for key in open_keys if key not in still]
    subjects = {key.partition(":")[2] for key in gone}
    invoices = {one.id: one for one in facts.invoices if one.id in subjects}
    payments = {one.id: one for one in facts.payments if one.id in subjects}
    return [_withdrawal(key, facts, invoices, payments) for key in gone]


def _withdrawal(
    key: str, facts: Facts, invoices: dict[str, Invoice], payments: dict[str, Payment]
) -> Withdrawal:
    kind, _, subject = key.partition(":")
    if kind == "B10":
        return Withdrawal(key, "statements", {})
    if kind == "C1":
        arrived = any(one.is_sale and one.number == subject for one in facts.invoices)
        return Withdrawal(key, "arrived" if arrived else "changed", {"number": subject})
    if kind == "D2":
        return _of_period(key, subject, facts)
    if kind.startswith("B") and kind != "B2":
        return _of_payment(key, payments.get(subject))
    return _of_invoice(key, invoices.get(subject))


def _of_period(key: str, subject: str, facts: Facts) -> Withdrawal:
    period = next((one for one in facts.periods if one.id == subject), None)
    if period is None:
        return Withdrawal(key, "gone", {})
    return Withdrawal(key, "documents", {"documents": period.documents, "period": subject})


def _of_payment(key: str, payment: Payment | None) -> Withdrawal:
    if payment is None:
        return Withdrawal(key, "gone", {})
    why = "matched" if payment.is_matched else "document" if payment.has_document else "changed"
    return Withdrawal(key, why, {"booked_on": payment.booked_on})


def _of_invoice(key: str, invoice: Invoice | None) -> Withdrawal:
    if invoice is None:
        return Withdrawal(key, "gone", {})
    is_about_paying = key.startswith(("A2:", "B2:")) and invoice.paid
    return Withdrawal(key, "paid" if is_about_paying else "changed", {"paid": invoice.paid})
