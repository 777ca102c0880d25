"""Several invoices by one payment, without their numbers: what of one party's open amounts adds up to it.

With enough amounts something always adds up, so only the latest few are tried, the answer must be the only one, and it
is certain only where chance would hit so well less than once in a thousand payments.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from comptoir.ledger.matching import proposing
from comptoir.ledger.matching.facts import Certainty, Proposal, Reason, units
from comptoir.ledger.matching.sums import MOST, RARE, accident, adding_up

if TYPE_CHECKING:
    from comptoir.ledger.matching.pool import Pool
    from comptoir.ledger.matching.reading import Reading

NEIGHBOURS = timedelta(days=60)


def by_group(pool: Pool, reading: Reading) -> Proposal | None:
    if not reading.party.key:
        return None
    return _group(pool, reading, reading.party.key, sure=reading.party.is_sure and not reading.referred)


def group_with(pool: Pool, reading: Reading, place: int) -> Proposal | None:
    """The invoice that is named, together with others of its party: a credit note deducted, a second one added."""
    if note := _difference(pool, reading, place):
        certainty = Certainty.CERTAIN if _belongs(pool, place, note) else Certainty.LIKELY
        return proposing.whole(pool, reading, [place, note[0]], Reason.GROUP, certainty)
    found = _group(pool, reading, pool.parties[place], sure=True)
    named = pool.invoices[place].id
    if found is None or not any(one.invoice == named for one in found.allocations):
        return None
    return found if found.certainty is not Certainty.POSSIBLE else None


def _difference(pool: Pool, reading: Reading, place: int) -> list[int]:
    """Open credit notes, or invoices, of exactly what the payment is less, or more.

    None where a part was paid before: then what is missing is rather the next part.
    """
    if pool.open[place] != units(pool.invoices[place].total):
        return []
    currency = pool.currency(place)
    difference = (reading.value_in(currency) or 0) - pool.value(place)
    theirs = pool.of_party_and_amount(
        pool.parties[place], (currency, difference), since=reading.since, until=reading.until
    )
    return [other for other in theirs if other != place]


def _belongs(pool: Pool, place: int, others: list[int]) -> bool:
    """The only one that fits, and of about the same time."""
    return len(others) == 1 and abs(pool.dates[place] - pool.dates[others[0]]) <= NEIGHBOURS


def _group(pool: Pool, reading: Reading, party: str, *, sure: bool) -> Proposal | None:
    currency = reading.movement.currency
    places = pool.of_party(party, currency, since=reading.since, until=reading.until)[-MOST:]
    if len(places) < 2:  # noqa: PLR2004 -- one is no group
        return None
    values = tuple(pool.value(place) for place in places)
    found = [one for one in adding_up(values, reading.amount) if len(one) > 1]
    if not found:
        return None
    chosen = [places[at] for at in found[0]]
    if len(found) > 1:
        return proposing.whole(pool, reading, chosen, Reason.GROUP, Certainty.POSSIBLE)
    within = {"since": reading.fresh_since, "until": reading.until}
    rivals = any(pool.has_rival(one, beside=chosen, **within) for one in chosen)
    is_rare = len(chosen) == len(places) or accident(values, len(chosen)) < RARE
    is_certain = sure and is_rare and not rivals
    certainty = Certainty.CERTAIN if is_certain else Certainty.LIKELY
    return proposing.whole(pool, reading, chosen, Reason.GROUP, certainty)
