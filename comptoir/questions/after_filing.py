"""What is asked round the filing of a return: approve it (D5), what becomes of a credit (D4), what to pay (D3).

What is paid to the administration is typed from the receipt of the filing, never computed, and checked here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from comptoir.core.money import exact
from comptoir.ledger.figures import belgian_reference, is_iban, tidy
from comptoir.questions.refusals import NotAmount, NotAnAccount, NotAPeriod, NotAReference, NotPayableBy

if TYPE_CHECKING:
    from collections.abc import Mapping

TO_PAY, CREDIT, APPROVAL = "D3", "D4", "D5"
FIELDS = {
    APPROVAL: ("period",),
    CREDIT: ("period", "amount"),
    TO_PAY: ("period", "amount", "due_on", "account", "reference"),
}
_PERIOD = re.compile(r"20[0-9]{2}-(0[1-9]|1[0-2]|Q[1-4])", re.ASCII)
_AMOUNT = re.compile(r"[0-9]{1,9}([.,][0-9]{1,2})?", re.ASCII)
_THOUSANDS = re.compile(r"[.,](?=[0-9]{3}(?![0-9]))", re.ASCII)


@dataclass(frozen=True)
class TaxAccount:
    """To which VAT is paid, for payments from one day to another."""

    iban: str
    valid_from: date
    valid_to: date | None = None


VAT_ACCOUNTS = (
    TaxAccount("BE22679200300047", date(2000, 1, 1), date(2026, 4, 30)),
    TaxAccount("BE41679200364210", date(2026, 5, 1)),  # with the provision account of the VAT chain
)


def vat_account(on: date) -> str:
    return next(one.iban for one in reversed(VAT_ACCOUNTS) if one.valid_from <= on)


def checked_facts(kind: str, typed: Mapping[str, str]) -> dict[str, str]:
    """As the question keeps them. Raises what is wrong, with its field."""
    check = {
        "period": _period,
        "amount": _amount,
        "due_on": _day,
        "account": _account,
        "reference": _reference,
    }
    return {name: check[name](typed.get(name, "")) for name in FIELDS[kind]}


def _period(text: str) -> str:
    if not _PERIOD.fullmatch(text):
        raise NotAPeriod(field="period")
    return text


def _amount(text: str) -> str:
    """`1.234,50`, `1 234,50 €`, `1234.50`: as people write it."""
    plain = _THOUSANDS.sub("", re.sub(r"[\s€]", "", text[:40]))
    if not _AMOUNT.fullmatch(plain):
        raise NotAmount(field="amount")
    amount = Decimal(plain.replace(",", "."))
    if not amount:
        raise NotAmount(field="amount")
    return exact(amount)


def _day(text: str) -> str:
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        raise NotPayableBy(field="due_on") from None


def _account(text: str) -> str:
    plain = tidy(text)
    if not is_iban(plain):
        raise NotAnAccount(text[:40], field="account")
    return plain


def _reference(text: str) -> str:
    found = belgian_reference(re.sub(r"[+*/\s]", "", text[:40]))
    if not found:
        raise NotAReference(field="reference")
    return found
