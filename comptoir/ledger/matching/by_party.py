"""Evidence without a name: who paid, and how much."""

from __future__ import annotations

from typing import TYPE_CHECKING

from comptoir.ledger.matching import proposing
from comptoir.ledger.matching.facts import Certainty, Proposal, Reason
from comptoir.ledger.matching.named import OVER, SHORT, SHORT_SHARE

if TYPE_CHECKING:
    from comptoir.ledger.matching.pool import Pool
    from comptoir.ledger.matching.reading import Reading

ROUND = 10_000  # thousandths: many invoices are of a multiple of ten euros


def by_party_and_amount(pool: Pool, reading: Reading) -> Proposal | None:
    """One open invoice of theirs has exactly this amount."""
    for currency, value in reading.purses() if reading.party.key else ():
        exact = pool.of_party_and_amount(
            reading.party.key, (currency, value), since=reading.since, until=reading.until
        )
        if len(exact) == 1:
            is_certain = (
                reading.party.is_sure
                and reading.is_fresh(pool.dates[exact[0]])
                and not _names_another(reading, exact[0])
                and not pool.has_rival(exact[0], since=reading.fresh_since, until=reading.until)
            )
            certainty = Certainty.CERTAIN if is_certain else Certainty.LIKELY
            return proposing.whole(pool, reading, exact, Reason.PARTY_AMOUNT, certainty)
        if exact:
            certainty = Certainty.LIKELY if reading.party.is_sure else Certainty.POSSIBLE
            return proposing.whole(pool, reading, exact[:1], Reason.SAME_AMOUNTS, certainty)
    return None


def _names_another(reading: Reading, place: int) -> bool:
    named = {*reading.referred, *reading.numbered, *(one for some in reading.ambiguous for one in some)}
    return bool(named) and place not in named


def by_nearness(pool: Pool, reading: Reading) -> Proposal | None:
    """Nearly an amount of theirs, or a part of the only one that is open."""
    currency = reading.movement.currency
    if not reading.party.key:
        return None
    theirs = pool.of_party(reading.party.key, currency, since=reading.since, until=reading.until)
    same = [place for place in theirs if pool.signs[place] == reading.sign]
    amount = abs(reading.amount)
    near = [place for place in same if _is_near(pool.open[place], amount)]
    certainty = Certainty.LIKELY if reading.party.is_sure else Certainty.POSSIBLE
    if len(near) == 1:
        if pool.open[near[0]] < amount:
            return proposing.whole(pool, reading, near, Reason.PARTY_SHORT, certainty)
        return proposing.part(pool, reading, near[0], Reason.PARTY_SHORT, certainty)
    larger = [place for place in same if pool.open[place] > amount]
    if len(larger) == 1:
        certainty = certainty if len(same) == 1 else Certainty.POSSIBLE
        return proposing.part(pool, reading, larger[0], Reason.PARTY_PART, certainty)
    return None


def _is_near(opened: int, amount: int) -> bool:
    missing = opened - amount
    return -OVER <= missing <= min(SHORT, opened // SHORT_SHARE)


def by_amount(pool: Pool, reading: Reading) -> Proposal | None:
    """Nobody knows who paid, but one open invoice alone has this amount, and it is no round one."""
    if reading.party.is_sure or reading.amount % ROUND == 0:
        return None
    key = (reading.movement.currency, reading.amount)
    found = pool.of_amount(key, since=reading.since, until=reading.until)
    if len(found) != 1 or _names_another(reading, found[0]):
        return None
    return proposing.whole(pool, reading, found, Reason.AMOUNT, Certainty.POSSIBLE)
