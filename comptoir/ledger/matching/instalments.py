"""One invoice by several payments that do not name it: which of the party's payments add up to it."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from datetime import timedelta
from typing import TYPE_CHECKING

from comptoir.ledger.matching import proposing
from comptoir.ledger.matching.facts import Certainty, Proposal, Reason
from comptoir.ledger.matching.sums import RARE, accident, adding_up

if TYPE_CHECKING:
    from collections.abc import Iterable

    from comptoir.ledger.matching.pool import Pool
    from comptoir.ledger.matching.reading import Reading

WITHIN = timedelta(days=200)
PAYMENTS, INVOICES = 12, 20


def by_instalments(pool: Pool, readings: Iterable[Reading]) -> list[Proposal]:
    """Of all that is left; each payment is used once, the oldest invoice first."""
    of_party: dict[tuple[str, int], list[Reading]] = defaultdict(list)
    for reading in readings:
        if reading.party.is_sure:
            of_party[reading.party.key, reading.sign].append(reading)
    found: list[Proposal] = []
    for (party, sign), theirs in of_party.items():
        if len(theirs) > 1:
            found += _of_party(pool, party, sign, theirs)
    return found


def _of_party(pool: Pool, party: str, sign: int, readings: list[Reading]) -> list[Proposal]:
    currency = readings[0].movement.currency
    first, last = readings[0].movement.booked_on, readings[-1].movement.booked_on
    places = pool.of_party(party, currency, since=first - WITHIN, until=last)
    same = [place for place in places if pool.signs[place] == sign][-INVOICES:]
    dates = [reading.movement.booked_on for reading in readings]
    used: set[str] = set()
    found: list[Proposal] = []
    for place in same:
        begin = bisect_left(dates, pool.dates[place])
        end = bisect_left(dates, pool.dates[place] + WITHIN)
        some = [
            one
            for one in readings[begin : min(end, begin + PAYMENTS)]
            if one.movement.id not in used and one.movement.currency == currency
        ]
        proposals = _of_invoice(pool, place, some)
        used |= {proposal.movement for proposal in proposals}
        found += proposals
    return found


def _of_invoice(pool: Pool, place: int, readings: list[Reading]) -> list[Proposal]:
    values = tuple(reading.amount for reading in readings)
    choices = [one for one in adding_up(values, pool.value(place)) if len(one) > 1]
    if len(choices) != 1:
        return []
    chosen = [readings[at] for at in choices[0]]
    # Once for each invoice that is tried.
    chance = accident(values, len(chosen)) * INVOICES
    certainty = Certainty.CERTAIN if chance < RARE else Certainty.LIKELY
    return [proposing.part(pool, one, place, Reason.INSTALMENTS, certainty) for one in chosen]
