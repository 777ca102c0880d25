"""The facts of an invoice or a payment on one slip: what a question is about. Nothing here asks the database."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from comptoir.ledger.figures import account_shown, reference_shown
from comptoir.questions.after_filing import TO_PAY
from comptoir.web.payment_code import payment_code

if TYPE_CHECKING:
    from comptoir.ledger.models import Invoice, Payment
    from comptoir.people.models import Membership
    from comptoir.questions.models import Question
    from comptoir.web.payment_code import PaymentCode


@dataclass(frozen=True)
class LineShown:
    """`is_copied`: it is to be typed elsewhere, so a button copies it."""

    name: str
    value: str
    is_copied: bool = False


@dataclass(frozen=True)
class Voucher:
    icon: str
    kind: str
    day: date | None
    party: str
    amount: Decimal
    currency: str
    lines: tuple[LineShown, ...]
    picture: str = ""
    code: PaymentCode | None = None  # a payment to make


def voucher_of(question: Question, *, member: Membership) -> Voucher | None:
    if question.payment is not None:
        return _of_payment(question.payment)
    if question.type == TO_PAY and "reference" in question.facts:
        return _of_tax(question.facts)
    return _of_invoice(question.invoice, member=member) if question.invoice is not None else None


def _of_payment(payment: Payment) -> Voucher:
    lines = [
        (pgettext("payment", "Communication"), reference_shown(payment.structured) or payment.text),
        (_("Account"), payment.account.number),
    ]
    return Voucher(
        icon="arrow-up-right" if payment.amount < 0 else "corner-down-right",
        kind=_("Payment made") if payment.amount < 0 else _("Payment received"),
        day=payment.booked_on,
        party=payment.party or payment.party_iban,
        amount=payment.amount,
        currency=payment.currency,
        lines=_lines(lines),
    )


def _of_invoice(invoice: Invoice, *, member: Membership) -> Voucher:
    lines = [
        (_("Number"), invoice.number),
        (pgettext("payment", "Communication"), reference_shown(invoice.reference)),
    ]
    return Voucher(
        icon="file-text",
        kind=_("Credit note") if invoice.is_credit_note else _("Invoice"),
        day=invoice.issued_on,
        party=invoice.party,
        amount=invoice.payable,
        currency=invoice.currency,
        lines=_lines(lines),
        picture="" if member.is_by_link else reverse("invoice", args=[invoice.pk]),
    )


def _of_tax(facts: dict[str, str]) -> Voucher:
    """What is to be paid to the administration, with all that a bank's app asks for."""
    to, amount, communication = (
        _("FPS Finance"),
        Decimal(facts["amount"]),
        reference_shown(facts["reference"]),
    )
    return Voucher(
        icon="landmark",
        kind=_("To be paid by"),
        day=date.fromisoformat(facts["due_on"]),
        party=to,
        amount=amount,
        currency="EUR",
        lines=(
            LineShown(_("Account"), account_shown(facts["account"]), is_copied=True),
            LineShown(pgettext("payment", "Communication"), communication, is_copied=True),
        ),
        code=payment_code(to, iban=facts["account"], amount=amount, communication=communication),
    )


def _lines(lines: list[tuple[str, str]]) -> tuple[LineShown, ...]:
    return tuple(LineShown(name, value) for name, value in lines if value)


def unit_of(currency: str) -> str:
    return "€" if currency == "EUR" else currency
