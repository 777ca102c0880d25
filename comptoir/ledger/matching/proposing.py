"""A proposal made of what was found: who gets how much, never more than the payment or the invoice has."""

from __future__ import annotations

from typing import TYPE_CHECKING

from comptoir.ledger.matching.facts import Allocation, Certainty, Proposal, Reason, amount_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from comptoir.ledger.matching.pool import Pool
    from comptoir.ledger.matching.reading import Reading


def whole(
    pool: Pool, reading: Reading, places: Sequence[int], reason: Reason, certainty: Certainty
) -> Proposal:
    """All that is open of these; what the payment has beyond that is its excess."""
    foreign = reading.value_in(pool.currency(places[0])) != reading.amount
    takes = [(place, pool.open[place]) for place in places]
    if not foreign:
        paid = [reading.sign * pool.value(place) for place in places]
    else:
        paid = _shares(abs(reading.amount), [reading.sign * pool.value(place) for place in places])
    excess = 0 if foreign else abs(reading.amount) - sum(paid)
    return _proposal(pool, reading, takes, paid, (reason, certainty, excess))


def part(pool: Pool, reading: Reading, place: int, reason: Reason, certainty: Certainty) -> Proposal:
    """All that was paid, for one invoice that is larger."""
    value = reading.value_in(pool.currency(place))
    if value is None:
        raise ValueError(reading.movement.id)
    return _proposal(pool, reading, [(place, abs(value))], [abs(reading.amount)], (reason, certainty, 0))


def in_turn(
    pool: Pool, reading: Reading, places: Sequence[int], reason: Reason, certainty: Certainty
) -> Proposal:
    """The oldest first, as far as it goes. All of our own currency, all moving our account as the payment does."""
    left, takes = abs(reading.amount), []
    for place in sorted(places):
        amount = min(left, pool.open[place])
        if amount:
            takes.append((place, amount))
            left -= amount
    return _proposal(pool, reading, takes, [amount for _, amount in takes], (reason, certainty, left))


def _proposal(
    pool: Pool,
    reading: Reading,
    takes: list[tuple[int, int]],
    paid: list[int],
    said: tuple[Reason, Certainty, int],
) -> Proposal:
    reason, certainty, excess = said
    allocations = tuple(
        Allocation(pool.invoices[place].id, amount_of(amount), amount_of(share))
        for (place, amount), share in zip(takes, paid, strict=True)
    )
    opened = sum(pool.value(place) for place, _ in takes)
    taken = sum(pool.signs[place] * amount for place, amount in takes)
    facts = {
        **facts_of(pool, reading, [place for place, _ in takes]),
        "open": amount_of(abs(opened)),
        "rest": amount_of(abs(opened - taken)),
        "excess": amount_of(excess),
    }
    return Proposal(reading.movement.id, allocations, reason, certainty, facts, amount_of(excess))


def facts_of(pool: Pool, reading: Reading, places: Sequence[int]) -> dict[str, object]:
    """What the sentence of any reason may name."""
    first = pool.invoices[min(places)]
    return {
        "numbers": ", ".join(pool.invoices[place].number for place in sorted(places)),
        "count": len(places),
        "party": first.party,
        "issued_on": first.issued_on,
        "currency": first.currency,
        "paid": amount_of(abs(reading.amount)),
        "paid_currency": reading.movement.currency,
        "booked_on": reading.movement.booked_on,
    }


def _shares(total: int, values: list[int]) -> list[int]:
    """Of a payment in another currency; the last takes what rounding leaves."""
    whole_value = sum(values) or 1
    shares = [total * value // whole_value for value in values[:-1]]
    return [*shares, total - sum(shares)]
