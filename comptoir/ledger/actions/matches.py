"""Payments matched with invoices: what is certain stands at once, the rest waits for somebody, and all can be undone."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db import transaction

from comptoir.activity.record import record
from comptoir.activity.verbs import Verb
from comptoir.core.errors import NotAllowed, NotFound
from comptoir.ledger.board import Board
from comptoir.ledger.by_hand import matches_by_hand
from comptoir.ledger.matching.facts import Certainty, Reason
from comptoir.ledger.matching.propose import propose
from comptoir.ledger.models import Direction, Invoice, Match, MatchState, Payment
from comptoir.ledger.pairing import loose_payments, open_invoices
from comptoir.people.models import Company

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime
    from uuid import UUID

    from comptoir.people.models import Membership


def match_payments(company_id: UUID, *, at: datetime) -> int:
    """Propose for all that is loose, anew; returns how many payments were matched with certainty. Idempotent.

    Comparing takes its time and is done before the transaction; whatever changed meanwhile is left for the next run.
    """
    invoices, movements = list(open_invoices(company_id)), list(loose_payments(company_id))
    proposals = propose(invoices, movements)
    count = 0
    with transaction.atomic():
        company = Company.objects.select_for_update().get(pk=company_id)
        Match.objects.filter(company=company, state=MatchState.PROPOSED).delete()
        board = Board(company, proposals)
        for proposal in board.unchanged(invoices, movements):
            matches = board.matches_of(proposal, at=at)
            Match.objects.bulk_create(matches)
            if matches and proposal.certainty is Certainty.CERTAIN:
                _settle(matches)
                _tell(Verb.PAYMENT_MATCHED, matches, by=None, at=at, reason=str(proposal.reason))
                count += 1
    return count


def accept_match(payment_id: UUID, *, by: Membership, at: datetime) -> None:
    """What was proposed for this payment stands from now on."""
    with transaction.atomic():
        matches = _locked(payment_id, MatchState.PROPOSED, by=by)
        _decide(matches, MatchState.STANDS, by=by, at=at)
        _settle(matches)
        _tell(Verb.PAYMENT_MATCHED, matches, by=by, at=at, reason=matches[0].reason)


def match_by_hand(
    payment_id: UUID, *, invoices: Mapping[UUID, Decimal | None], by: Membership, at: datetime
) -> None:
    """These are what the payment pays, beside what stands already: so much of each, or as much as both leave.

    Amounts are in the invoice's currency. What was proposed falls. Raises NotFound, NotAllowed and what `shared` raises.
    """
    with transaction.atomic():
        payment = _payment(payment_id, by=by)
        rows = Invoice.objects.visible_to(by).filter(company=payment.company_id)
        chosen = list(
            rows.exclude(direction=Direction.OTHER).filter(pk__in=invoices).order_by("issued_on", "id")
        )
        if len(chosen) != len(invoices):
            raise NotFound
        matches = matches_by_hand(payment, [(one, invoices[one.pk]) for one in chosen], by=by, at=at)
        Match.objects.filter(payment=payment, state=MatchState.PROPOSED).delete()
        Match.objects.bulk_create(matches)
        _settle(matches)
        _tell(Verb.PAYMENT_MATCHED, matches, by=by, at=at, reason=str(Reason.BY_HAND))


def undo_match(payment_id: UUID, *, by: Membership, at: datetime) -> None:
    """Whatever stands or is proposed for this payment falls, and is not proposed again."""
    with transaction.atomic():
        matches = _locked(payment_id, MatchState.STANDS, MatchState.PROPOSED, by=by)
        _settle([one for one in matches if one.state == MatchState.STANDS], sign=-1)
        _decide(matches, MatchState.UNDONE, by=by, at=at)
        _tell(Verb.PAYMENT_UNMATCHED, matches, by=by, at=at, reason=matches[0].reason)


def _locked(payment_id: UUID, *states: MatchState, by: Membership) -> list[Match]:
    payment = _payment(payment_id, by=by)
    matches = list(Match.objects.filter(payment=payment, state__in=states).select_related("payment"))
    if not matches:
        raise NotFound
    return matches


def _payment(payment_id: UUID, *, by: Membership) -> Payment:
    """As it is under the dossier's lock."""
    found = Payment.objects.visible_to(by).filter(pk=payment_id).first()
    if found is None:
        raise NotFound
    if not by.is_office:
        raise NotAllowed
    Company.objects.select_for_update().get(pk=found.company_id)
    payment: Payment = Payment.objects.get(pk=payment_id)
    return payment


def _decide(matches: list[Match], state: MatchState, *, by: Membership, at: datetime) -> None:
    for one in matches:
        one.state, one.decided_by, one.decided_at = state, by, at
        one.save(update_fields=["state", "decided_by", "decided_at"])


def _settle(matches: list[Match], *, sign: int = 1) -> None:
    """The sums that invoices and payments carry, under the dossier's lock."""
    of_invoice: dict[UUID, Decimal] = defaultdict(Decimal)
    of_payment: dict[UUID, Decimal] = defaultdict(Decimal)
    for one in matches:
        of_invoice[one.invoice_id] += sign * one.amount
        of_payment[one.payment_id] += sign * one.paid
    for invoice in Invoice.objects.filter(pk__in=of_invoice):
        invoice.paid += of_invoice[invoice.pk]
        invoice.save(update_fields=["paid"])
    for payment in Payment.objects.filter(pk__in=of_payment):
        payment.matched += of_payment[payment.pk]
        payment.save(update_fields=["matched"])


def _tell(verb: Verb, matches: list[Match], *, by: Membership | None, at: datetime, **facts: Any) -> None:
    first = matches[0]
    record(
        verb,
        first.payment_id,
        office_id=first.office_id,
        company_id=first.company_id,
        by_id=by.pk if by else None,
        at=at,
        invoices=[str(one.invoice_id) for one in matches],
        **facts,
    )
