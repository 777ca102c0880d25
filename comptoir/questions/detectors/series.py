"""C1: numbers that are missing in a series of sales invoices."""

from __future__ import annotations

import itertools
import re
from collections import defaultdict
from typing import TYPE_CHECKING

from comptoir.questions.facts import Draft

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from comptoir.questions.facts import Facts, Invoice
    from comptoir.questions.thresholds import Thresholds

_RUNNING = re.compile(r"(\d{1,18})\D*\Z", re.ASCII)
_SERIES = 3  # fewer numbers are no series
_FEW, _WHOLE = 3, 10  # so few, or one in so many, may be missing of a series that is here in whole


def c1_number_missing(facts: Facts, thresholds: Thresholds, today: date) -> Iterator[Draft]:
    for numbers in _series(facts):
        known = sorted(numbers) if len(numbers) >= _SERIES else []
        for run in _runs(known, thresholds.series_gap):
            for before, after in itertools.pairwise(run):
                following = numbers[after]
                if (today - following.issued_on).days >= thresholds.series_days:
                    yield from (
                        _missing(numbers[before], following, number) for number in range(before + 1, after)
                    )


def _runs(known: list[int], gap: int) -> Iterator[list[int]]:
    """Without long gaps; where so much is missing all the same, not all of the sales come here, and nothing is asked."""
    begins = [place for place in range(1, len(known)) if known[place] - known[place - 1] - 1 > gap]
    for start, end in itertools.pairwise([0, *begins, len(known)]):
        run = known[start:end]
        missing = run[-1] - run[0] + 1 - len(run) if run else 0
        if 0 < missing <= max(_FEW, len(run) // _WHOLE):
            yield run


def _series(facts: Facts) -> Iterator[dict[int, Invoice]]:
    """By what stands around the running number, and by year where it begins anew."""
    of_year: dict[str, dict[int, dict[int, Invoice]]] = defaultdict(lambda: defaultdict(dict))
    for one in sorted(facts.invoices, key=lambda invoice: (invoice.issued_on, invoice.id)):
        if one.is_ours and one.is_sale and (running := _RUNNING.search(one.number)):
            form = f"{one.number[: running.start()]}|{one.number[running.end(1) :]}|{len(running[1])}"
            of_year[form][one.issued_on.year][int(running[1])] = one
    for years in of_year.values():
        series: dict[int, Invoice] = {}
        for year in sorted(years):
            if series and min(years[year]) <= max(series):
                yield series
                series = {}
            series |= years[year]
        yield series


def _missing(before: Invoice, after: Invoice, running: int) -> Draft:
    found = _RUNNING.search(before.number)
    width = len(found[1]) if found else 0
    begin = before.number[: found.start()] if found else ""
    number = f"{begin}{running:0{width}d}{before.number[found.end(1) :] if found else ''}"
    facts = {"number": number, "before": before.number, "after": after.number, "after_on": after.issued_on}
    return Draft("C1", number, "number_missing", "", facts, after.issued_on)
