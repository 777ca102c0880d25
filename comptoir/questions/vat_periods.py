"""Months and quarters, as the VAT regime of a dossier counts them, with how much came in each. Pure."""

from __future__ import annotations

from calendar import monthrange
from collections import Counter
from datetime import date, timedelta
from typing import TYPE_CHECKING

from comptoir.questions.facts import Period

if TYPE_CHECKING:
    from collections.abc import Iterable

_MONTHS = {"monthly": 1, "quarterly": 3}  # an exempt dossier hands in nothing
_USUAL = {"monthly": 12, "quarterly": 4}  # so many before tell what is usual: a year
_SHOWN = {1: "{0.year}-{0.month:02}", 3: "{0.year}-Q{1}"}
YEARS = 3


def periods_of(days: Iterable[date], *, regime: str, today: date) -> tuple[Period, ...]:
    """Those that have ended, since the first that the books hold in whole; the newest three years of them."""
    months = _MONTHS.get(regime)
    counted = Counter(days)
    if months is None or not counted:
        return ()
    ended = [one for one in _ends(min(counted), today, months) if one < today]
    documents = Counter[date]()
    for day, count in counted.items():
        documents[_end(day, months)] += count
    numbers = [documents[one] for one in ended]
    usual = _USUAL[regime]
    return tuple(
        Period(_name(one, months), one, numbers[place], tuple(numbers[max(0, place - usual) : place]))
        for place, one in enumerate(ended)
    )


def _ends(first: date, today: date, months: int) -> list[date]:
    """The first period of the books may have begun before them, and is no measure."""
    end = _end(max(first, today - timedelta(days=366 * YEARS)), months)
    found = []
    while end < today:
        end = _end(end + timedelta(days=1), months)
        found.append(end)
    return found


def _end(day: date, months: int) -> date:
    last = (day.month - 1) // months * months + months
    return date(day.year, last, monthrange(day.year, last)[1])


def _name(end: date, months: int) -> str:
    return _SHOWN[months].format(end, end.month // 3)
