"""What is missing between the statements of one account: by their numbers, and by their balances. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date
    from decimal import Decimal

_SILENT = timedelta(days=400)
_LAST_DIGITS = re.compile(r"(\d{1,9})\D*\Z", re.ASCII)


@dataclass(frozen=True)
class Told:
    """A statement with both balances, as far as it matters here."""

    number: str
    closed_on: date
    opening: Decimal
    closing: Decimal
    opened_on: date | None = None


@dataclass(frozen=True)
class Gap:
    """`missing`: the numbers in between, first and last, where numbers tell; `difference`: next opening less closing."""

    before: Told
    after: Told
    difference: Decimal
    missing: tuple[int, int] | None = None


def gaps_between(statements: Iterable[Told]) -> list[Gap]:
    """Oldest first. Numbers count within a year and mean something only where they rise; balances count always."""
    in_order = sorted(statements, key=lambda one: (one.closed_on, sequence(one.number) or 0))
    found = []
    for before, after in pairwise(in_order):
        missing = _missing(before, after)
        difference = after.opening - before.closing
        if difference or missing:
            found.append(Gap(before, after, difference, missing))
    return found


def whole_until(accounts: Iterable[Iterable[Told]]) -> date | None:
    """Up to which day the statements prove that no movement is missing: of the account that is behind.

    An account is whole up to its first gap. One that has been silent for more than a year beside the others was closed.
    """
    known = [sorted(one, key=lambda told: told.closed_on) for one in accounts]
    newest = max((one[-1].closed_on for one in known if one), default=None)
    if newest is None:
        return None
    alive = [one for one in known if one and newest - one[-1].closed_on < _SILENT]
    return min(_first_gap(one) for one in alive)


def _first_gap(statements: list[Told]) -> date:
    gaps = gaps_between(statements)
    return gaps[0].before.closed_on if gaps else statements[-1].closed_on


def sequence(number: str) -> int | None:
    """`00123/00001` of SWIFT is statement 123, its page 1; `2026-118` is 118 as `118` is."""
    match = _LAST_DIGITS.search(number.partition("/")[0].strip())
    return int(match.group(1)) if match else None


def _missing(before: Told, after: Told) -> tuple[int, int] | None:
    first, last = sequence(before.number), sequence(after.number)
    if first is None or last is None or before.closed_on.year != after.closed_on.year:
        return None
    return (first + 1, last - 1) if last - first > 1 else None
