"""Whether an invoice is a purchase or a sale of the dossier: by whose enterprise number is the seller's or buyer's. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from comptoir.ledger.records import Code, warning

if TYPE_CHECKING:
    from comptoir.ledger.records import Finding, InvoiceRead, PartyRead

SALE, PURCHASE, OTHER = "sale", "purchase", "other"


def direction_of(invoice: InvoiceRead, own_number: str) -> str:
    """A sale where the dossier is on both sides: that is how it reports what it delivered to itself."""
    if own_number in invoice.seller.numbers:
        return SALE
    return PURCHASE if own_number in invoice.buyer.numbers else OTHER


def other_side(invoice: InvoiceRead, direction: str) -> PartyRead:
    return invoice.buyer if direction == SALE else invoice.seller


def side_warnings(invoice: InvoiceRead, own_number: str) -> tuple[Finding, ...]:
    if direction_of(invoice, own_number) != OTHER:
        return ()
    numbers = ", ".join((*invoice.seller.numbers, *invoice.buyer.numbers))
    return (warning(Code.OTHER_PARTY, number=numbers),)
