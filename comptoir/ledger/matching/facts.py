"""What is compared, and what comes out: invoices, movements of a bank account, and proposals with their reason."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

THOUSANDTHS = 1000  # three decimals: no currency in use has more


class Direction(StrEnum):
    SALE = "sale"
    PURCHASE = "purchase"


class Certainty(StrEnum):
    CERTAIN = "certain"  # matches itself
    LIKELY = "likely"  # waits for the accountant, who will mostly agree
    POSSIBLE = "possible"  # waits as well; worth a look


class Reason(StrEnum):
    """Why a payment is taken to pay an invoice; `words.py` says each in a sentence."""

    REFERENCE = "reference"
    REFERENCE_PART = "reference_part"
    REFERENCE_SHORT = "reference_short"
    REFERENCE_OVER = "reference_over"
    REFERENCE_REUSED = "reference_reused"
    NUMBER = "number"
    NUMBERS = "numbers"
    NUMBER_PART = "number_part"
    NUMBER_SHORT = "number_short"
    NUMBER_OVER = "number_over"
    NUMBERS_PART = "numbers_part"
    PARTY_AMOUNT = "party_amount"
    SAME_AMOUNTS = "same_amounts"
    GROUP = "group"
    INSTALMENTS = "instalments"
    PARTY_SHORT = "party_short"
    PARTY_PART = "party_part"
    FOREIGN = "foreign"
    AMOUNT = "amount"
    PAID_AGAIN = "paid_again"
    BY_HAND = "by_hand"  # somebody said so; never proposed


@dataclass(frozen=True, slots=True)
class OpenInvoice:
    """An invoice or credit note. Amounts are positive; `open` is what is still to be paid, zero once it is."""

    id: str
    direction: Direction
    number: str
    total: Decimal
    open: Decimal
    issued_on: date
    party: str  # the other side's name
    currency: str = "EUR"
    is_credit_note: bool = False
    due_on: date | None = None
    party_number: str = ""  # its enterprise number: two spellings of a name are one party then
    ibans: tuple[str, ...] = ()  # its accounts, as far as they are known
    reference: str = ""  # structured: +++…+++ or RF…

    @property
    def comes_in(self) -> bool:
        """Whether paying it raises the balance of our account."""
        return (self.direction is Direction.SALE) != self.is_credit_note


@dataclass(frozen=True, slots=True)
class Movement:
    """A line of a statement. `amount` is what is not matched of it yet: positive came in, negative went out."""

    id: str
    booked_on: date
    amount: Decimal
    currency: str = "EUR"
    party: str = ""
    iban: str = ""
    reference: str = ""
    text: str = ""
    original: Decimal | None = None  # as it was sent, where the bank changed it into our currency; same sign
    original_currency: str = ""


@dataclass(frozen=True, slots=True)
class Allocation:
    """So much of this invoice, in its currency; and what of the movement pays that, in the movement's.

    A credit note that is deducted is paid by a negative part: 900 is 1,000 for the invoice and −100 for the note.
    """

    invoice: str
    amount: Decimal
    paid: Decimal


@dataclass(frozen=True, slots=True)
class Proposal:
    movement: str
    allocations: tuple[Allocation, ...]
    reason: Reason
    certainty: Certainty
    facts: dict[str, object] = field(default_factory=dict)  # for the sentence
    excess: Decimal = Decimal(0)  # paid beyond what was open of what it is about


def units(amount: Decimal) -> int:
    """Whole numbers are exact and quick to add; thousandths of the currency."""
    return int(amount * THOUSANDTHS)


def amount_of(thousandths: int) -> Decimal:
    return (Decimal(thousandths) / THOUSANDTHS).quantize(Decimal("0.001" if thousandths % 10 else "0.01"))
