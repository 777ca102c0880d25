"""The types of questions, as data: what is asked, what may be answered, and what raises it.

Every type also offers free text, a photo or file, "I don't know", "a colleague knows" and "call me". No choice decides
about tax.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from comptoir.questions.words import gettext_noop as _


class Kind(StrEnum):
    TAP = "tap"
    PERCENT = "percent"  # asks for a share
    NAME = "name"  # asks who
    DAY = "day"  # asks when
    FILE = "file"  # asks for a photo or file
    TEXT = "text"
    PICK = "pick"  # of a list: invoices, checklist


@dataclass(frozen=True)
class Choice:
    id: str
    text: str
    kind: Kind = Kind.TAP


@dataclass(frozen=True)
class Type:
    id: str
    text: str  # with merge fields
    choices: tuple[Choice, ...]
    raised_by: str  # "data", or "hand": an accountant, or a campaign for a VAT period


OTHER = Choice("other", _("Something else"), Kind.TEXT)
PRIVATE = Choice("private", _("For private use"))
ATTACHED = Choice("attached", _("Here it is"), Kind.FILE)
NOTHING = Choice("none", _("There is none"))

_TYPES = (
    Type("A1", _("Is this expense for business?"), (
        Choice("business", _("For business")), PRIVATE,
        Choice("mixed", _("Mixed"), Kind.PERCENT), Choice("refund", _("To be refunded to me")),
    ), "data"),
    Type("A2", _("How was this invoice paid?"), (
        Choice("account", _("From the company’s account")), Choice("card", _("By company card")),
        Choice("privately", _("Privately, by"), Kind.NAME), Choice("cash", _("In cash")),
        Choice("not_yet", _("Not yet")), Choice("set_off", _("Set off")),
    ), "data"),
    Type("A3", _("What was bought with this invoice?"), (
        Choice("resale", _("Goods for resale")), Choice("consumable", _("Consumables")),
        Choice("equipment", _("Equipment")), Choice("service", _("A service")), OTHER,
    ), "data"),
    Type("A6", _("This invoice is not made out to you: can you ask for a correct one?"), (
        Choice("requested", _("I have asked for it")), ATTACHED, Choice("keep", _("Keep it as it is")),
    ), "data"),
    Type("A7", _("Is this a duplicate of invoice %(other_number)s of %(other_on)s?"), (
        Choice("duplicate", _("A duplicate")), Choice("different", _("Two different ones")),
        Choice("credit", _("A credit note will follow")),
    ), "data"),
    Type("B1", _("Where is the document for this expense?"), (
        ATTACHED, Choice("sent", _("Sent already")), Choice("lost", _("Lost")), NOTHING, PRIVATE,
    ), "data"),
    Type("B2", _("Why was only a part of this invoice paid?"), (
        Choice("discount", _("A discount")), Choice("instalments", _("In instalments")),
        Choice("dispute", _("A dispute")), Choice("error", _("A mistake")),
        Choice("credit", _("A credit note will follow")),
    ), "data"),
    Type("B3", _("What is this money in for?"), (
        Choice("customer", _("A customer’s payment"), Kind.PICK), Choice("loan", _("A loan")),
        Choice("own", _("My own contribution")), Choice("refund", _("A refund")),
        Choice("grant", _("A grant")), OTHER,
    ), "data"),
    Type("B4", _("What is this transfer for?"), (
        Choice("supplier", _("A supplier")), Choice("salary", _("A salary")), Choice("tax", _("Taxes")),
        Choice("loan", _("A loan")), PRIVATE, Choice("transfer", _("Between own accounts")),
    ), "data"),
    Type("B6", _("Cash was withdrawn or paid in: what for?"), (
        Choice("cash_book", _("The cash book")), PRIVATE, Choice("expenses", _("Expenses, with tickets"), Kind.FILE),
    ), "data"),
    Type("B7", _("Is this a private transaction (current account of the director)?"), (
        PRIVATE, Choice("business", _("For business")), Choice("loan", _("A loan")),
    ), "data"),
    Type("B8", _("Which invoices does this payment cover?"), (
        Choice("invoices", _("These invoices"), Kind.PICK), OTHER,
    ), "data"),
    Type("B10", _("Statements are missing from %(from_on)s to %(to_on)s."), (
        ATTACHED, Choice("no_movement", _("Nothing moved")), Choice("mandate", _("I need help with the CODA mandate")),
    ), "data"),
    Type("C1", _("Sales invoice no. %(number)s is missing."), (
        ATTACHED, Choice("cancelled", _("Cancelled")), Choice("skipped", _("The number was skipped")),
    ), "data"),
    Type("D1", _("Please send your documents by %(due_on)s."), (
        Choice("checklist", _("Purchases, sales, bank, cash, cards"), Kind.PICK),
    ), "hand"),
    Type("D2", _("Have you sent everything for %(period)s?"), (
        Choice("all", _("Everything is sent")), Choice("coming", _("More is coming, on"), Kind.DAY),
        Choice("nothing", _("Nothing this period")),
    ), "data"),
    Type("D3", _("VAT to pay for %(period)s: %(amount)s by %(due_on)s, account %(account)s, communication %(reference)s."), (
        Choice("will_pay", _("I pay it myself")), Choice("mandate", _("By direct debit (mandate)")),
        Choice("paid", _("Paid on"), Kind.DAY),
        Choice("cannot", _("I cannot pay, please call me")),
    ), "hand"),
    Type("D4", _("Your VAT credit for %(period)s is %(amount)s: ask for the refund?"), (
        Choice("refund", _("Ask for the refund")), Choice("leave", _("Leave it on the provision account")),
    ), "hand"),
    Type("D5", _("Do you approve the return for %(period)s?"), (
        Choice("approve", _("I approve it")), Choice("question", _("I have a question"), Kind.TEXT),
    ), "hand"),
    Type("E1", _("What share of car, phone, internet and office is private?"), (
        Choice("shares", _("A share for each"), Kind.PERCENT), Choice("same", _("As last year")),
    ), "hand"),
)  # fmt: skip

CATALOGUE: dict[str, Type] = {one.id: one for one in _TYPES}
