"""What a file says, as it says it: invoices and bank statements as plain values. Pure.

Amounts are Decimal in the currency that stands beside them. A credit note's amounts are positive, as in the file; a
movement's amount is negative where money left the account. Unknown is None or "", never a guess.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date
    from decimal import Decimal


class FileKind(StrEnum):
    UBL = "ubl"
    CII = "cii"
    FACTURX = "facturx"
    CODA = "coda"
    CAMT = "camt"
    MT940 = "mt940"
    CSV = "csv"


class Code(StrEnum):
    """Why a file cannot be read, or what about it is doubtful; words.py has the sentence of each."""

    # It cannot be read
    EMPTY = "empty"
    TOO_LARGE = "too_large"
    UNKNOWN_KIND = "unknown_kind"
    NOT_XML = "not_xml"
    DOCTYPE = "doctype"
    TOO_DEEP = "too_deep"
    TOO_MANY = "too_many"
    BAD_AMOUNT = "bad_amount"
    BAD_DATE = "bad_date"
    MISSING = "missing"
    NO_STATEMENT = "no_statement"
    NOT_INVOICE = "not_invoice"
    BAD_PDF = "bad_pdf"
    NO_XML_IN_PDF = "no_xml_in_pdf"
    BAD_RECORD = "bad_record"
    NO_COLUMNS = "no_columns"
    CUT_OFF = "cut_off"
    # It was read, and somebody should look
    XSD = "xsd"
    RULE = "rule"
    BAD_NUMBER = "bad_number"
    BAD_IBAN = "bad_iban"
    BAD_REFERENCE = "bad_reference"
    BALANCE = "balance"
    TOTAL_DEBIT = "total_debit"
    TOTAL_CREDIT = "total_credit"
    RECORD_COUNT = "record_count"
    NO_BALANCE = "no_balance"
    LINE_SKIPPED = "line_skipped"
    ATTACHMENT_SKIPPED = "attachment_skipped"
    OTHER_PARTY = "other_party"
    STATEMENT_KNOWN = "statement_known"
    INVOICE_KNOWN = "invoice_known"


@dataclass(frozen=True)
class Finding:
    """`params` are values for the sentence of `code`; `line` is the file's, from 1, where it is known."""

    code: Code
    params: tuple[tuple[str, str], ...] = ()
    line: int | None = None


def warning(code: Code, *, line: int | None = None, **params: object) -> Finding:
    return Finding(code, tuple((name, str(value)[:200]) for name, value in params.items()), line)


class Unreadable(Exception):  # noqa: N818 -- an answer about a file, not a failure
    """A file that cannot be read: why, and at which line. Nothing of it is taken."""

    def __init__(self, code: Code, *, line: int | None = None, **params: object) -> None:
        self.why = warning(code, line=line, **params)
        super().__init__(f"{code} {self.why.params} line {line}")


@dataclass(frozen=True)
class PartyRead:
    """`numbers` are the Belgian enterprise numbers by which it goes, checked; a VAT unit has another one than its member.

    `vat_number` is as written, tidied.
    """

    name: str = ""
    numbers: tuple[str, ...] = ()
    vat_number: str = ""
    endpoint: str = ""
    street: str = ""
    postcode: str = ""
    city: str = ""
    country: str = ""
    email: str = ""


@dataclass(frozen=True)
class LineRead:
    number: str = ""
    name: str = ""
    description: str = ""
    quantity: Decimal | None = None
    unit: str = ""
    unit_price: Decimal | None = None
    net: Decimal | None = None
    vat_category: str = ""
    vat_rate: Decimal | None = None


@dataclass(frozen=True)
class TaxRead:
    category: str
    rate: Decimal | None
    taxable: Decimal | None
    tax: Decimal | None


@dataclass(frozen=True)
class AttachmentRead:
    name: str
    media_type: str
    content: bytes = field(repr=False)


@dataclass(frozen=True)
class TotalsRead:
    """`payable` is what remains to be paid after `prepaid`."""

    gross: Decimal
    payable: Decimal
    net: Decimal | None = None
    tax: Decimal | None = None
    line_total: Decimal | None = None
    allowances: Decimal | None = None
    charges: Decimal | None = None
    prepaid: Decimal | None = None
    rounding: Decimal | None = None


@dataclass(frozen=True)
class PaymentRead:
    """Where to pay, by when, and `reference`: what the payment should carry (twelve digits, RF…, or any text)."""

    due_on: date | None = None
    iban: str = ""
    bic: str = ""
    reference: str = ""
    terms: str = ""


@dataclass(frozen=True)
class ReferencesRead:
    buyer: str = ""
    order: str = ""
    preceding: tuple[str, ...] = ()


@dataclass(frozen=True)
class InvoiceRead:
    syntax: str
    is_credit_note: bool
    type_code: str
    number: str
    issued_on: date | None
    currency: str
    seller: PartyRead
    buyer: PartyRead
    totals: TotalsRead
    payment: PaymentRead = PaymentRead()
    references: ReferencesRead = ReferencesRead()
    lines: tuple[LineRead, ...] = ()
    taxes: tuple[TaxRead, ...] = ()
    profile: str = ""
    delivered_on: date | None = None
    period_from: date | None = None
    period_to: date | None = None
    note: str = ""
    attachments: tuple[AttachmentRead, ...] = ()
    warnings: tuple[Finding, ...] = ()


@dataclass(frozen=True)
class MovementRead:
    """`structured` is a reference whose check digits are right: twelve digits (Belgian) or RF… (ISO 11649).

    `details` are the payments that the bank booked as this one sum; `amount` may be more than they tell.
    """

    amount: Decimal
    currency: str
    booked_on: date | None
    valued_on: date | None = None
    party: str = ""
    party_iban: str = ""
    party_bic: str = ""
    structured: str = ""
    text: str = ""
    bank_reference: str = ""
    end_to_end: str = ""
    code: str = ""
    foreign_amount: Decimal | None = None
    foreign_currency: str = ""
    details: tuple[MovementRead, ...] = ()


@dataclass(frozen=True)
class StatementRead:
    """`account` is an IBAN without blanks, or what the bank calls it. `number` is within the year where banks do so."""

    account: str
    currency: str
    number: str
    opened_on: date | None
    closed_on: date | None
    opening: Decimal | None
    closing: Decimal | None
    movements: tuple[MovementRead, ...]
    holder: str = ""
    bank_bic: str = ""
    warnings: tuple[Finding, ...] = ()


@dataclass(frozen=True)
class FileRead:
    kind: FileKind
    invoices: tuple[InvoiceRead, ...] = ()
    statements: tuple[StatementRead, ...] = ()
    warnings: tuple[Finding, ...] = ()
