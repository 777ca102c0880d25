"""What detectors look at, and what they find. Amounts are as the ledger has them: payments signed, invoices positive."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING

from comptoir.ledger.matching.texts import name_key

if TYPE_CHECKING:
    from datetime import date

NONE = Decimal(0)
EURO = "EUR"  # the office's thresholds are in it; what is in another currency is not held against them


class Way(StrEnum):
    TRANSFER = "transfer"
    CARD = "card"
    CASH = "cash"


@dataclass(frozen=True)
class Invoice:
    id: str
    number: str
    party: str
    total: Decimal
    issued_on: date
    due_on: date | None = None
    is_sale: bool = False
    is_credit_note: bool = False
    is_ours: bool = True  # the dossier is its buyer or its seller
    paid: Decimal = NONE  # matched so far
    prepaid: Decimal = NONE  # of the total, before it was made out
    is_proposed: bool = False  # a match of it waits for the accountant
    party_number: str = ""
    iban: str = ""  # the supplier's
    buyer_number: str = ""
    line_text: str = ""
    currency: str = "EUR"

    @property
    def payable(self) -> Decimal:
        return self.total - self.prepaid

    @property
    def party_keys(self) -> tuple[str, ...]:
        """A name is spelled in several ways, a number is not; files without one are known by the name."""
        return tuple(key for key in (name_key(self.party), self.party_number) if key)


@dataclass(frozen=True)
class Payment:
    id: str
    booked_on: date
    amount: Decimal
    party: str = ""
    iban: str = ""
    text: str = ""
    way: Way = Way.TRANSFER
    is_matched: bool = False
    is_proposed: bool = False  # with one invoice, which waits for the accountant
    is_charge: bool = False  # the bank's own: its statement is the document
    has_document: bool = False
    may_cover: tuple[str, ...] = ()  # numbers of invoices that could add up to it
    currency: str = "EUR"


@dataclass(frozen=True)
class Statement:
    account: str
    number: str
    from_on: date
    to_on: date
    old_balance: Decimal
    new_balance: Decimal


@dataclass(frozen=True)
class Period:
    id: str  # 2026-10, 2026-Q3
    ends_on: date
    documents: int
    usual: tuple[int, ...]  # in the periods before


@dataclass(frozen=True)
class Facts:
    """Of one dossier."""

    enterprise_number: str
    owner_ibans: frozenset[str] = frozenset()
    own_ibans: frozenset[str] = frozenset()  # the dossier's accounts
    invoices: tuple[Invoice, ...] = ()
    payments: tuple[Payment, ...] = ()
    statements: tuple[Statement, ...] = ()
    periods: tuple[Period, ...] = ()


@dataclass(frozen=True)
class Draft:
    """A question that the data proposes. `key` is the same whenever the same thing is found: it is asked once."""

    type: str
    subject: str
    reason: str  # of reasons.py
    party: str = ""  # drafts are shown by supplier
    facts: dict[str, object] = field(default_factory=dict)
    on: date | None = None  # the day of what it is about: what is long past is not asked

    @property
    def key(self) -> str:
        return f"{self.type}:{self.subject}"
