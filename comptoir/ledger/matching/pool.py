"""What is still open, in order of date, found by reference, number, party and amount. Only `take` changes it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections import defaultdict
from typing import TYPE_CHECKING

from comptoir.ledger.matching.facts import units
from comptoir.ledger.matching.parties import party_key
from comptoir.ledger.matching.texts import number_keys, plain_reference, short_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from comptoir.ledger.matching.facts import OpenInvoice

Key = tuple[str, int]  # currency, and what is open as it moves our account: positive comes in


class Pool:
    """Invoices are known by their place in order of date, so that a list of places is in order as well."""

    def __init__(self, invoices: Iterable[OpenInvoice]) -> None:
        self.invoices = sorted(invoices, key=lambda one: (one.issued_on, one.id))
        self.dates = [one.issued_on for one in self.invoices]
        self.signs = [1 if one.comes_in else -1 for one in self.invoices]
        self.open = [units(one.open) for one in self.invoices]
        self.parties = [party_key(one) for one in self.invoices]
        self.by_reference: dict[str, list[int]] = defaultdict(list)
        self.by_number: dict[str, list[int]] = defaultdict(list)
        self.by_short: dict[tuple[str, str], list[int]] = defaultdict(list)
        self._of_party: dict[tuple[str, str], list[int]] = defaultdict(list)
        self._of_amount: dict[Key, list[int]] = defaultdict(list)
        self._of_both: dict[tuple[str, Key], list[int]] = defaultdict(list)
        self._of_total: dict[tuple[str, Key], list[int]] = defaultdict(list)  # whether open or not
        self.guessed: set[int] = set()  # taken by a payment that did not name them
        for place, invoice in enumerate(self.invoices):
            self._name(place, invoice)
            if self.open[place] > 0:
                insort(self._of_party[self.parties[place], invoice.currency], place)
                self._list(place)

    def _name(self, place: int, invoice: OpenInvoice) -> None:
        if invoice.reference:
            self.by_reference[plain_reference(invoice.reference)].append(place)
        for key in number_keys(invoice.number):
            self.by_number[key].append(place)
        self.by_short[self.parties[place], short_key(invoice.number)].append(place)
        total = (invoice.currency, self.signs[place] * units(invoice.total))
        self._of_total[self.parties[place], total].append(place)

    def value(self, place: int) -> int:
        """What is open of it, as it moves our account."""
        return self.signs[place] * self.open[place]

    def currency(self, place: int) -> str:
        return self.invoices[place].currency

    def _list(self, place: int) -> None:
        key = (self.currency(place), self.value(place))
        insort(self._of_amount[key], place)
        insort(self._of_both[self.parties[place], key], place)

    def _unlist(self, place: int) -> None:
        key = (self.currency(place), self.value(place))
        _drop(self._of_amount[key], place)
        _drop(self._of_both[self.parties[place], key], place)

    def take(self, place: int, amount: int) -> None:
        """So much of it is not open any more."""
        if not 0 < amount <= self.open[place]:
            raise ValueError(amount)
        self._unlist(place)
        self.open[place] -= amount
        if self.open[place]:
            self._list(place)
        else:
            _drop(self._of_party[self.parties[place], self.currency(place)], place)

    def has_rival(self, place: int, *, beside: Sequence[int] = (), since: date, until: date) -> bool:
        """Whether another invoice of the party, of the same total, may have been meant: it is open, or was only
        guessed to be paid. Those chosen beside it are none. Who pays the same sum each month without a word is easily a month out of step.
        """
        key = (self.currency(place), self.signs[place] * units(self.invoices[place].total))
        twins = self._between(self._of_total[self.parties[place], key], since, until)
        others = [twin for twin in twins if twin != place and twin not in beside]
        return any(self.open[twin] or twin in self.guessed for twin in others)

    def of_party(self, party: str, currency: str, *, since: date, until: date) -> list[int]:
        return self._between(self._of_party.get((party, currency), []), since, until)

    def of_amount(self, key: Key, *, since: date, until: date) -> list[int]:
        return self._between(self._of_amount.get(key, []), since, until)

    def of_party_and_amount(self, party: str, key: Key, *, since: date, until: date) -> list[int]:
        return self._between(self._of_both.get((party, key), []), since, until)

    def _between(self, places: list[int], since: date, until: date) -> list[int]:
        first = bisect_left(self.dates, since)
        last = bisect_right(self.dates, until)
        return places[bisect_left(places, first) : bisect_left(places, last)]


def _drop(places: list[int], place: int) -> None:
    del places[bisect_left(places, place)]
