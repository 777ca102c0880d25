"""Evidence that names invoices: structured references, and numbers in the text."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from comptoir.ledger.matching import proposing
from comptoir.ledger.matching.facts import Certainty, Proposal, Reason
from comptoir.ledger.matching.groups import group_with
from comptoir.ledger.matching.sums import MOST, adding_up

if TYPE_CHECKING:
    from collections.abc import Sequence

    from comptoir.ledger.matching.pool import Pool
    from comptoir.ledger.matching.reading import Reading

SHORT, OVER = 30_000, 1_000  # thousandths: what banks keep for themselves; what people round up
LATELY = timedelta(days=60)
SHORT_SHARE = 20  # and at most a twentieth


@dataclass(frozen=True)
class Words:
    """The same findings, said of a reference or of a number."""

    exact: Reason
    several: Reason
    part: Reason
    short: Reason
    over: Reason
    several_part: Reason


REFERENCE = Words(
    Reason.REFERENCE,
    Reason.REFERENCE,
    Reason.REFERENCE_PART,
    Reason.REFERENCE_SHORT,
    Reason.REFERENCE_OVER,
    Reason.REFERENCE_PART,
)
NUMBER = Words(
    Reason.NUMBER,
    Reason.NUMBERS,
    Reason.NUMBER_PART,
    Reason.NUMBER_SHORT,
    Reason.NUMBER_OVER,
    Reason.NUMBERS_PART,
)


def by_reference(pool: Pool, reading: Reading) -> Proposal | None:
    places = _open(pool, reading.referred)
    if len(places) > 1:
        return _one_reference_for_all(pool, reading, places)
    return _named(pool, reading, places, REFERENCE, trusted=True)


def by_number(pool: Pool, reading: Reading) -> Proposal | None:
    places, all_clear = _cleared(pool, reading)
    # A number is not unique as a reference is: without the party or the amount it may be anybody's.
    trusted = all_clear and bool(places) and _is_of_party(pool, reading, places)
    if len(places) > 1:
        return _several(pool, reading, places, NUMBER, trusted=trusted or all_clear)
    exact = len(places) == 1 and reading.value_in(pool.currency(places[0])) == pool.value(places[0])
    stranger = reading.party.is_sure and not trusted
    return _named(pool, reading, places, NUMBER, trusted=trusted or (exact and all_clear and not stranger))


def paid_again(pool: Pool, reading: Reading) -> Proposal | None:
    """What it names is paid already: all of it is too much."""
    places = [place for place in (*reading.referred, *reading.numbered) if pool.signs[place] == reading.sign]
    if not places or any(pool.open[place] for place in places):
        return None
    facts = proposing.facts_of(pool, reading, places[:1])
    excess = abs(reading.movement.amount)
    return Proposal(reading.movement.id, (), Reason.PAID_AGAIN, Certainty.LIKELY, facts, excess)


def _open(pool: Pool, places: Sequence[int]) -> list[int]:
    return [place for place in places if pool.open[place]]


def _cleared(pool: Pool, reading: Reading) -> tuple[list[int], bool]:
    """The invoices whose numbers are named; where several have one number, party and amount must tell which."""
    places, all_clear = list(reading.numbered), True
    for choice in reading.ambiguous:
        own = [place for place in choice if pool.parties[place] == reading.party.key] or list(choice)
        exact = [
            place for place in _open(pool, own) if reading.value_in(pool.currency(place)) == pool.value(place)
        ]
        if len(own) == 1 or len(exact) == 1:
            places.append((own if len(own) == 1 else exact)[0])
        else:
            all_clear = False
    return _open(pool, list(dict.fromkeys(places))), all_clear


def _is_of_party(pool: Pool, reading: Reading, places: Sequence[int]) -> bool:
    return reading.party.is_sure and all(pool.parties[place] == reading.party.key for place in places)


def _named(
    pool: Pool, reading: Reading, places: list[int], words: Words, *, trusted: bool
) -> Proposal | None:
    """One invoice is named: paid to the cent, short of a fee, in part, or too much."""
    if len(places) != 1 or pool.signs[places[0]] != reading.sign:
        return None
    place, likely = places[0], Certainty.LIKELY
    value = reading.value_in(pool.currency(place))
    if value is None:
        return proposing.whole(pool, reading, places, Reason.FOREIGN, likely)
    sure = Certainty.CERTAIN if trusted and not reading.is_much_ahead(pool.dates[place]) else likely
    if pool.value(place) == value:
        doubt = words is NUMBER and _is_old_beside_a_twin(pool, reading, place)
        return proposing.whole(pool, reading, places, words.exact, likely if doubt else sure)
    if meant := _another_exact(pool, reading, place):
        return proposing.whole(pool, reading, [meant[-1]], Reason.REFERENCE_REUSED, likely)
    return group_with(pool, reading, place) or _more_or_less(pool, reading, place, words, sure)


def _more_or_less(pool: Pool, reading: Reading, place: int, words: Words, sure: Certainty) -> Proposal:
    missing = pool.open[place] - abs(reading.value_in(pool.currency(place)) or 0)
    if missing < 0:
        certainty = sure if -missing <= OVER else Certainty.LIKELY
        return proposing.whole(pool, reading, [place], words.over, certainty)
    is_short = missing <= min(SHORT, pool.open[place] // SHORT_SHARE)
    return proposing.part(pool, reading, place, words.short if is_short else words.part, sure)


def _is_old_beside_a_twin(pool: Pool, reading: Reading, place: int) -> bool:
    """A number has no check digits: an old one beside a newer invoice of the same amount may be a slip."""
    newer = reading.movement.booked_on - LATELY
    return pool.dates[place] < newer and any(
        pool.dates[other] >= newer for other in _another_exact(pool, reading, place)
    )


def _another_exact(pool: Pool, reading: Reading, place: int) -> list[int]:
    """The last payment was copied and only its amount changed: another invoice of the party has exactly this one."""
    currency = pool.currency(place)
    key = (currency, reading.value_in(currency) or 0)
    return pool.of_party_and_amount(pool.parties[place], key, since=reading.since, until=reading.until)


def _one_reference_for_all(pool: Pool, reading: Reading, places: list[int]) -> Proposal | None:
    """A customer's invoices share one reference, or two references stand in the text."""
    exact = [place for place in places if reading.value_in(pool.currency(place)) == pool.value(place)]
    if len(exact) == 1:
        return proposing.whole(pool, reading, exact, Reason.REFERENCE, Certainty.CERTAIN)
    if exact:
        return proposing.whole(pool, reading, exact[:1], Reason.SAME_AMOUNTS, Certainty.LIKELY)
    return _several(pool, reading, places, REFERENCE, trusted=True)


def _several(
    pool: Pool, reading: Reading, places: list[int], words: Words, *, trusted: bool
) -> Proposal | None:
    """Several are named: all together, some of them, or the oldest first."""
    currencies = {pool.currency(place) for place in places}
    value = reading.value_in(min(currencies)) if len(currencies) == 1 else None
    if value is None:
        return None
    if sum(pool.value(place) for place in places) == value:
        certainty = Certainty.CERTAIN if trusted else Certainty.LIKELY
        return proposing.whole(pool, reading, places, words.several, certainty)
    if len(places) <= MOST:
        found = adding_up(tuple(pool.value(place) for place in places), value)
        if len(found) == 1:
            chosen = [places[at] for at in found[0]]
            return proposing.whole(pool, reading, chosen, words.several, Certainty.LIKELY)
    same = [place for place in places if pool.signs[place] == reading.sign]
    if not same or value != reading.amount:
        return None
    return proposing.in_turn(pool, reading, same, words.several_part, Certainty.LIKELY)
