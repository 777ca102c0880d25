"""Invoices and payments of a dossier as matching compares them. Reads; the rules are in `matching`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import F, Q

from comptoir.ledger.figures import belgian_reference
from comptoir.ledger.matching import facts
from comptoir.ledger.models import Direction, Invoice, Match, MatchState, Payment

if TYPE_CHECKING:
    from collections.abc import Iterator
    from uuid import UUID


def open_invoices(company_id: UUID) -> Iterator[facts.OpenInvoice]:
    """Also those that are paid, so that a second payment is seen as one; without a date none can be placed."""
    rows = Invoice.objects.filter(company=company_id, issued_on__isnull=False)
    for one in rows.exclude(direction=Direction.OTHER).order_by("issued_on", "id"):
        assert one.issued_on is not None
        is_sale = one.direction == Direction.SALE
        yield facts.OpenInvoice(
            id=str(one.pk),
            direction=facts.Direction.SALE if is_sale else facts.Direction.PURCHASE,
            number=one.number,
            total=one.payable,
            open=one.open,
            issued_on=one.issued_on,
            party=one.party,
            currency=one.currency,
            is_credit_note=one.is_credit_note,
            due_on=one.due_on,
            party_number=one.party_number,
            # On a sale stands our own account.
            ibans=(one.iban,) if one.iban and not is_sale else (),
            reference=one.reference if _is_structured(one.reference) else "",
        )


def _is_structured(reference: str) -> bool:
    return bool(belgian_reference(reference)) or reference.startswith("RF")


def loose_payments(company_id: UUID) -> Iterator[facts.Movement]:
    """Not matched in full. One whose match somebody undid is theirs to decide, and is not proposed again."""
    undone = Match.objects.filter(company=company_id, state=MatchState.UNDONE).values("payment")
    rows = Payment.objects.filter(company=company_id).exclude(amount=F("matched")).exclude(pk__in=undone)
    for one in rows.filter(~Q(amount=0)).order_by("booked_on", "id"):
        yield facts.Movement(
            id=str(one.pk),
            booked_on=one.booked_on,
            amount=one.amount - one.matched,
            currency=one.currency,
            party=one.party,
            iban=one.party_iban,
            reference=one.structured,
            text=one.text,
        )
