"""What one movement says: which invoices its references and its text name, who is behind it, how much it is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from comptoir.ledger.matching.facts import units
from comptoir.ledger.matching.parties import NOBODY, Parties, Party
from comptoir.ledger.matching.texts import is_running_number, numbers_in, plain_reference, references_in

if TYPE_CHECKING:
    from comptoir.ledger.matching.facts import Movement
    from comptoir.ledger.matching.pool import Pool

# An invoice is looked for this far back, and a little ahead: shops are paid before they write their invoice.
BACK, AHEAD = timedelta(days=400), timedelta(days=3)
# What names nothing is certain for this long only: an old amount that fits is more often a part of a newer one.
FRESH = timedelta(days=150)
# Named, but written long after it was paid: rather a mistake in the name than a payment in advance.
MUCH_AHEAD = timedelta(days=45)


@dataclass(slots=True)
class Reading:
    movement: Movement
    amount: int
    referred: tuple[int, ...]  # places of the invoices that a structured reference names
    numbered: tuple[int, ...]  # of those whose number stands in the text
    ambiguous: tuple[tuple[int, ...], ...]  # numbers that several invoices have
    party: Party = NOBODY

    @property
    def sign(self) -> int:
        return 1 if self.amount > 0 else -1

    @property
    def since(self) -> date:
        return self.movement.booked_on - BACK

    @property
    def until(self) -> date:
        return self.movement.booked_on + AHEAD

    @property
    def fresh_since(self) -> date:
        return self.movement.booked_on - FRESH

    def is_fresh(self, issued_on: date) -> bool:
        return self.movement.booked_on - issued_on <= FRESH

    def is_much_ahead(self, issued_on: date) -> bool:
        return issued_on - self.movement.booked_on > MUCH_AHEAD

    def purses(self) -> tuple[tuple[str, int], ...]:
        """What was paid, in each currency in which the bank tells it; ours first."""
        own = (self.movement.currency, self.amount)
        if self.movement.original is None:
            return (own,)
        return (own, (self.movement.original_currency, units(self.movement.original)))

    def value_in(self, currency: str) -> int | None:
        return next((value for known, value in self.purses() if known == currency), None)


def read(movement: Movement, pool: Pool, parties: Parties) -> Reading:
    amount = units(movement.amount)
    party = parties.behind(movement)
    reading = Reading(movement, amount, _referred(movement, pool), (), (), party)
    _read_numbers(reading, pool)
    return reading


def _referred(movement: Movement, pool: Pool) -> tuple[int, ...]:
    references = [plain_reference(movement.reference)] if movement.reference else []
    # Some banks put the structured one into the free text, and some people type it there.
    references += references_in(f"{movement.text} {'' if references else movement.reference}")
    return tuple(dict.fromkeys(place for one in references for place in pool.by_reference.get(one, ())))


def _read_numbers(reading: Reading, pool: Pool) -> None:
    """The longest number wins its letters: `2026-0145` is not also the invoice `0145`."""
    sure: dict[int, None] = {}
    unsure: dict[tuple[int, ...], None] = {}
    used: list[tuple[int, int]] = []
    for begin, end, form in numbers_in(reading.movement.text):
        if any(begin < other_end and other_begin < end for other_begin, other_end in used):
            continue
        places = pool.by_number.get(form, [])
        if reading.party.is_sure:
            own = [place for place in places if pool.parties[place] == reading.party.key]
            short = form.lstrip("0") if is_running_number(form) else ""
            places = own or places or (pool.by_short.get((reading.party.key, short), []) if short else [])
        if not places:
            continue
        used.append((begin, end))
        if len(places) == 1:
            sure[places[0]] = None
        else:
            unsure[tuple(places)] = None
    reading.numbered, reading.ambiguous = tuple(sure), tuple(unsure)


def read_again(reading: Reading, pool: Pool, parties: Parties) -> None:
    """Once accounts were learned, the party may be known that was not."""
    if not reading.party.is_sure:
        party = parties.behind(reading.movement)
        if party != reading.party:
            reading.party = party
            _read_numbers(reading, pool)
