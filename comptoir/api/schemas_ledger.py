"""What is answered about the accounts. Amounts are texts with two or three decimals, so that none is rounded."""

from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from comptoir.api.asked import PAGE, Limit, Page
from comptoir.api.schemas import Answer, Hit

Amount = Annotated[str, Field(pattern=r"^-?\d+\.\d{2,3}$", examples=["1234.50"])]
Which = Literal["", "purchase", "sale", "other", "unpaid"]


class Finding(Answer):
    code: str = Field(description="For programs.", examples=["bad_amount"])
    message: str = Field(description="A sentence for people, in the language of the token's person.")
    line: int | None = Field(description="Of the file, from 1, where it is known.")


class Import(Answer):
    id: UUID | None = Field(
        description="None where the file was not even kept: a program, empty, or infected."
    )
    name: str
    state: Literal["waiting", "read", "columns", "unreadable", "refused"] = Field(
        description="`columns`: a CSV that waits until somebody says which of its columns is which."
    )
    kind: str = Field(description="ubl, cii, facturx, coda, camt, mt940, csv; empty while it is not known.")
    is_new: bool = Field(description="False where the same content was here already: nothing was changed.")
    invoices: int
    payments: int
    doubts: int = Field(description="Warnings about the file and about what is in it.")
    findings: list[Finding] = Field(description="About the file as a whole, or why it cannot be read.")
    created_at: datetime | None


class Imported(Answer):
    items: list[Import] = Field(description="One for each file, in the order in which they came.")


class Row(Answer):
    line: int
    cells: list[str]


class Table(Answer):
    headings: list[str]
    rows: list[Row] = Field(description="The first ones.")
    guessed: dict[str, str] = Field(description="What was recognised: column → heading.")


class Imports(Answer):
    items: list[Import]
    page: int
    has_more: bool


class InvoiceRow(Answer):
    id: UUID
    company: UUID
    direction: Literal["purchase", "sale", "other"]
    is_credit_note: bool
    number: str
    issued_on: date | None
    due_on: date | None
    party: str
    party_number: str
    currency: str
    gross: Amount
    payable: Amount
    paid: Amount
    settlement: Literal["unpaid", "partly_paid", "paid", "overpaid"]
    iban: str
    reference: str = Field(description="Twelve digits, RF…, or any text.")


class Invoices(Answer):
    items: list[InvoiceRow]
    page: int
    has_more: bool


class InvoiceFile(Answer):
    id: UUID
    name: str
    type: str
    size: int


class Invoice(InvoiceRow):
    content: dict[str, object] = Field(description="Everything that was read: parties, lines, taxes, totals.")
    findings: list[Finding]
    files: list[InvoiceFile]


class StatementNamed(Answer):
    id: UUID
    number: str
    closed_on: date | None


class Match(Answer):
    invoice: UUID
    number: str
    amount: Amount = Field(description="Of the invoice, in its currency.")
    state: Literal["proposed", "stands"]
    certainty: Literal["certain", "likely", "possible"]
    reason: str = Field(description="For programs.", examples=["reference"])
    message: str = Field(description="A sentence for people.")


class Payment(Answer):
    id: UUID
    company: UUID
    account: str
    statement: StatementNamed
    booked_on: date
    valued_on: date | None
    amount: Amount = Field(description="Negative: it went out.")
    currency: str
    matched: Amount = Field(description="What of it stands matched with invoices.")
    matches: list[Match]
    party: str
    party_iban: str
    structured: str = Field(description="A structured communication that passed its check, or empty.")
    text: str
    documents: int = Field(description="How many files document it, such as a photographed receipt.")


class Payments(Answer):
    items: list[Payment]
    page: int
    has_more: bool


class Found(Answer):
    """Of everything that is searched: talk, and the accounts."""

    items: list[Hit]
    invoices: list[InvoiceRow] = Field(description="At most twenty.")
    payments: list[Payment] = Field(description="At most twenty.")


Heading = Annotated[str, Field(max_length=500)]


class Columns(BaseModel):
    """The heading of each column, as the file has it. `date` is needed, and `amount` or `debit` and `credit`."""

    model_config = ConfigDict(extra="forbid")

    date: Annotated[Heading, Field(min_length=1)]
    amount: Heading = ""
    debit: Heading = ""
    credit: Heading = ""
    value_date: Heading = ""
    currency: Heading = ""
    account: Heading = ""
    party: Heading = ""
    party_iban: Heading = ""
    party_bic: Heading = ""
    text: Heading = ""
    structured: Heading = ""
    reference: Heading = ""
    statement: Heading = ""


class NameColumns(BaseModel):
    columns: Columns
    account: Annotated[str, Field(max_length=42)] = Field("", description="IBAN, where no column has it.")


class PagesAsked(BaseModel):
    page: Page = 1
    limit: Limit = PAGE


class InvoicesAsked(PagesAsked):
    which: Which = ""
    q: Annotated[str, Field(max_length=100)] = ""


class PaymentsAsked(PagesAsked):
    q: Annotated[str, Field(max_length=100)] = ""
