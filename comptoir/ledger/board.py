"""The proposals of a run of matching beside the rows as they are now: which still hold, and as rows of their own."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from comptoir.ledger.matching.facts import Certainty, Reason
from comptoir.ledger.models import Invoice, Match, MatchState, Payment
from comptoir.ledger.plain import plain

if TYPE_CHECKING:
    from datetime import datetime

    from comptoir.ledger.matching.facts import Movement, OpenInvoice, Proposal
    from comptoir.people.models import Company


class Part(NamedTuple):
    """So much of an invoice, in its currency; and of the payment, without its sign."""

    invoice: Invoice
    amount: Decimal
    paid: Decimal


class Board:
    def __init__(self, company: Company, proposals: list[Proposal]) -> None:
        self.company, self.proposals = company, proposals
        ids = {one.invoice for proposal in proposals for one in proposal.allocations}
        self.payments = {
            str(pk): one for pk, one in _bulk(Payment, {one.movement for one in proposals}).items()
        }
        self.invoices = {str(pk): one for pk, one in _bulk(Invoice, ids).items()}

    def unchanged(self, invoices: list[OpenInvoice], movements: list[Movement]) -> list[Proposal]:
        """Those whose payment and invoices are as they were when they were compared."""
        was_open = {one.id: one.open for one in invoices}
        was_loose = {one.id: one.amount for one in movements}
        return [one for one in self.proposals if self._holds(one, was_open, was_loose)]

    def _holds(self, proposal: Proposal, was_open: dict[str, Decimal], was_loose: dict[str, Decimal]) -> bool:
        payment = self.payments.get(proposal.movement)
        if payment is None or payment.amount - payment.matched != was_loose[proposal.movement]:
            return False
        rows = [(self.invoices.get(one.invoice), was_open[one.invoice]) for one in proposal.allocations]
        return all(row is not None and row.open == before for row, before in rows)

    def matches_of(self, proposal: Proposal, *, at: datetime) -> list[Match]:
        payment = self.payments[proposal.movement]
        sign = 1 if payment.amount > 0 else -1
        stands = proposal.certainty is Certainty.CERTAIN
        return [
            Match(
                office_id=self.company.office_id,
                company_id=self.company.pk,
                payment=payment,
                invoice=part.invoice,
                amount=part.amount,
                paid=sign * part.paid,
                reason=proposal.reason,
                certainty=proposal.certainty,
                facts={name: plain(value) for name, value in proposal.facts.items()},
                state=MatchState.STANDS if stands else MatchState.PROPOSED,
                decided_at=at,
            )
            for part in self._parts(proposal)
        ]

    def _parts(self, proposal: Proposal) -> list[Part]:
        """What is paid too much for the one invoice that is meant is its own: then it is overpaid, and says so."""
        if proposal.reason is Reason.PAID_AGAIN:
            return [Part(one, proposal.excess, proposal.excess) for one in self._paid_before(proposal)]
        excess = proposal.excess if len(proposal.allocations) == 1 else Decimal(0)
        return [
            Part(self.invoices[one.invoice], one.amount + excess, one.paid + excess)
            for one in proposal.allocations
        ]

    def _paid_before(self, proposal: Proposal) -> list[Invoice]:
        """Named, but given no share by matching; where several have this number nobody can tell which."""
        found = Invoice.objects.filter(company=self.company, number=proposal.facts["numbers"])
        rows = list(found[:2])
        return rows if len(rows) == 1 else []


def _bulk(model: type[Payment | Invoice], ids: set[str]) -> dict:  # type: ignore[type-arg]  # of either
    """In pieces: SQLite takes a limited number of values in one statement."""
    wanted = sorted(ids)
    found: dict = {}  # type: ignore[type-arg]  # as above
    for start in range(0, len(wanted), 500):
        found.update(model.objects.in_bulk(wanted[start : start + 500]))
    return found
