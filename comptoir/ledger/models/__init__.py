"""The accounts of a dossier as far as files tell them: what was brought, its invoices, its statements and payments.

What a file says beyond the columns stands in `content`, as text.
"""

from comptoir.ledger.models.bank import BankAccount, Payment, PaymentDocument, Statement
from comptoir.ledger.models.books import BooksUpTo
from comptoir.ledger.models.imports import ColumnNaming, ImportedFile, ImportState, Source
from comptoir.ledger.models.invoices import Direction, Invoice, InvoiceFile
from comptoir.ledger.models.matches import Match, MatchingDue, MatchState

__all__ = [
    "BankAccount",
    "BooksUpTo",
    "ColumnNaming",
    "Direction",
    "ImportState",
    "ImportedFile",
    "Invoice",
    "InvoiceFile",
    "Match",
    "MatchState",
    "MatchingDue",
    "Payment",
    "PaymentDocument",
    "Source",
    "Statement",
]
