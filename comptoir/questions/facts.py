"""What detectors look at, and what they find. Amounts are as the ledger has them: payments signed, invoices positive."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

NONE = Decimal(0)


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
    paid: Decimal = NONE  # matched so far
    buyer_number: str = ""
    line_text: str = ""
    currency: str = "EUR"


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
    has_document: bool = False
    may_cover: tuple[str, ...] = ()  # numbers of invoices that could add up to it
    currency: str = "EUR"


@dataclass(frozen=True)
class Statement:
    account: str
    number: int | None  # starts anew each year
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
    is_complete: bool = False  # the client said so


@dataclass(frozen=True)
class Facts:
    """Of one dossier."""

    enterprise_number: str
    owner_ibans: frozenset[str] = frozenset()
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

    @property
    def key(self) -> str:
        return f"{self.type}:{self.subject}"
