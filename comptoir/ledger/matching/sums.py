"""Which of a few amounts add up to a sum: by halves, so that twenty cost a thousand steps and not a million.

The amounts of one party only, and never more than `MOST` of them: with enough amounts something always adds up.
"""

from __future__ import annotations

from functools import lru_cache
from math import comb, gcd

MOST = 20
RARE = 0.001  # an accident this seldom is taken for none


@lru_cache(maxsize=4096)
def _sums(values: tuple[int, ...]) -> dict[int, tuple[int, ...]]:
    """Every sum of some of these, and the first two choices (as bits) that give it."""
    found: dict[int, tuple[int, ...]] = {0: (0,)}
    for place, value in enumerate(values):
        bit = 1 << place
        for total, choices in list(found.items()):
            more = tuple(choice | bit for choice in choices)
            known = found.get(total + value, ())
            # `found` grows while its old items are walked: `choices` never holds this bit.
            found[total + value] = (*known, *more)[:2]
    return found


def adding_up(values: tuple[int, ...], wanted: int) -> list[tuple[int, ...]]:
    """At most two choices of places whose values add up to it. Two mean: nobody can tell which was meant."""
    if len(values) > MOST:
        raise ValueError(values)
    half = len(values) // 2
    left, right = _sums(values[:half]), _sums(values[half:])
    found: list[int] = []
    for total, choices in left.items():
        others = right.get(wanted - total)
        if others is not None:
            found += [one | (other << half) for one in choices for other in others]
            if len(found) > 1:
                break
    return [tuple(place for place in range(len(values)) if choice >> place & 1) for choice in found[:2]]


def accident(values: tuple[int, ...], taken: int) -> float:
    """How many choices of up to so many values would be expected to hit a given sum by mere chance.

    Round amounts hit more easily: with multiples of ten euros there are few different sums.
    """
    step = gcd(*values) or 1
    different_sums = max(1, sum(abs(value) for value in values) // step)
    choices = sum(comb(len(values), size) for size in range(1, taken + 1))
    return choices / different_sums
