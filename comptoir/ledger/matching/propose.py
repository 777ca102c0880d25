"""The order in which evidence counts: what is certain goes first, over all payments, then what waits for somebody.

So a doubtful payment never takes an invoice from a certain one. Within one kind of evidence payments go by date and id:
the order in which they are given does not matter. Every step looks things up; none walks through all invoices.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from comptoir.ledger.matching.by_party import by_amount, by_nearness, by_party_and_amount
from comptoir.ledger.matching.facts import Certainty, Reason, units
from comptoir.ledger.matching.groups import by_group
from comptoir.ledger.matching.instalments import by_instalments
from comptoir.ledger.matching.named import by_number, by_reference, paid_again
from comptoir.ledger.matching.parties import Parties
from comptoir.ledger.matching.pool import Pool
from comptoir.ledger.matching.reading import read, read_again

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from comptoir.ledger.matching.facts import Movement, OpenInvoice, Proposal
    from comptoir.ledger.matching.reading import Reading

    Step = Callable[[Pool, Reading], Proposal | None]

NAMED: tuple[Step, ...] = (by_reference, by_number)
UNNAMED: tuple[Step, ...] = (by_party_and_amount, by_group)
DOUBTFUL: tuple[Step, ...] = (paid_again, by_nearness, by_amount)
# Names the invoice and pays it to the cent: whoever paid is its party, and the account theirs.
TEACHES = {Reason.REFERENCE, Reason.NUMBER}
GUESSES = {Reason.PARTY_AMOUNT, Reason.GROUP, Reason.INSTALMENTS}


def propose(invoices: Iterable[OpenInvoice], movements: Iterable[Movement]) -> list[Proposal]:
    """At most one proposal for each movement, in order of date and id. Invoices that are paid may be among them:
    then a second payment is seen as one.
    """
    return _Round(list(invoices), list(movements)).proposals()


class _Round:
    def __init__(self, invoices: list[OpenInvoice], movements: list[Movement]) -> None:
        self.pool = Pool(invoices)
        self.places = {invoice.id: place for place, invoice in enumerate(self.pool.invoices)}
        self.parties = Parties(invoices)
        moving = sorted((one for one in movements if one.amount), key=lambda one: (one.booked_on, one.id))
        self.left = [read(movement, self.pool, self.parties) for movement in moving]
        self.order = {movement.id: at for at, movement in enumerate(moving)}
        self.ibans = {movement.id: movement.iban for movement in moving}
        self.found: list[Proposal] = []

    def proposals(self) -> list[Proposal]:
        for step in NAMED:
            self._walk(step, certain_only=True)
        self._learn()
        for step in UNNAMED:
            self._walk(step, certain_only=True)
        self._in_instalments(certain_only=True)
        for step in (*NAMED, *UNNAMED):
            self._walk(step, certain_only=False)
        self._in_instalments(certain_only=False)
        for step in DOUBTFUL:
            self._walk(step, certain_only=False)
        return sorted(self.found, key=lambda one: self.order[one.movement])

    def _walk(self, step: Step, *, certain_only: bool) -> None:
        left = []
        for reading in self.left:
            proposal = step(self.pool, reading)
            if proposal is None or (certain_only and proposal.certainty is not Certainty.CERTAIN):
                left.append(reading)
            else:
                self._keep(proposal)
        self.left = left

    def _in_instalments(self, *, certain_only: bool) -> None:
        kept = set()
        for proposal in by_instalments(self.pool, self.left):
            if proposal.certainty is Certainty.CERTAIN or not certain_only:
                self._keep(proposal)
                kept.add(proposal.movement)
        self.left = [reading for reading in self.left if reading.movement.id not in kept]

    def _keep(self, proposal: Proposal) -> None:
        for allocation in proposal.allocations:
            place = self.places[allocation.invoice]
            self.pool.take(place, units(allocation.amount))
            if proposal.reason in GUESSES:
                self.pool.guessed.add(place)
        self.found.append(proposal)

    def _learn(self) -> None:
        for proposal in self.found:
            if proposal.reason in TEACHES and len(proposal.allocations) == 1:
                place = self.places[proposal.allocations[0].invoice]
                self.parties.learn(self.ibans[proposal.movement], self.pool.parties[place])
        for reading in self.left:
            read_again(reading, self.pool, self.parties)
