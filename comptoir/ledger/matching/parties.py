"""Who is at the other end of a movement: by account, by name, or by a name that is nearly the same."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from typing import TYPE_CHECKING

from comptoir.ledger.matching.texts import name_key

if TYPE_CHECKING:
    from collections.abc import Iterable

    from comptoir.ledger.matching.facts import Movement, OpenInvoice

_NEAR_NAME, _NEAR_WORD = 0.6, 0.82
_COMMON = 50  # a word that so many parties have in their name tells nothing
_LEAST = 3  # letters of a word that may be misspelled


class How(StrEnum):
    IBAN = "iban"
    NAME = "name"
    ALIKE = "alike"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Party:
    key: str
    how: How

    @property
    def is_sure(self) -> bool:
        return self.how in {How.IBAN, How.NAME}


NOBODY = Party("", How.UNKNOWN)


def plain_iban(iban: str) -> str:
    return "".join(iban.split()).upper()


def party_key(invoice: OpenInvoice) -> str:
    """Its number where there is one; the name is spelled in many ways."""
    return "".join(filter(str.isalnum, invoice.party_number.upper())) or name_key(invoice.party)


class Parties:
    """Everybody who appears on the invoices."""

    def __init__(self, invoices: Iterable[OpenInvoice]) -> None:
        self._by_iban: dict[str, set[str]] = defaultdict(set)
        self._by_name: dict[str, set[str]] = defaultdict(set)
        self._by_word: dict[str, set[str]] = defaultdict(set)
        self._alike: dict[str, str] = {}
        for invoice in invoices:
            key = party_key(invoice)
            self._by_name[name_key(invoice.party)].add(key)
            for iban in invoice.ibans:
                self._by_iban[plain_iban(iban)].add(key)
        for name in self._by_name:
            for word in name.split():
                self._by_word[word].add(name)

    def learn(self, iban: str, key: str) -> None:
        """An account that paid somebody's invoice for certain is theirs from now on; two owners make it nobody's."""
        if iban:
            self._by_iban[plain_iban(iban)].add(key)

    def behind(self, movement: Movement) -> Party:
        """The account is stronger than the name: names are typed, cut off and shared."""
        keys = self._by_iban.get(plain_iban(movement.iban), ()) if movement.iban else ()
        if len(keys) == 1:
            return Party(next(iter(keys)), How.IBAN)
        name = name_key(movement.party)
        if not name or keys:
            return NOBODY
        named = self._by_name.get(name, ())
        if named:
            return Party(next(iter(named)), How.NAME) if len(named) == 1 else NOBODY
        if name not in self._alike:
            self._alike[name] = self._nearest(name)
        return Party(self._alike[name], How.ALIKE) if self._alike[name] else NOBODY

    def _nearest(self, name: str) -> str:
        words = name.split()
        shared = (self._by_word.get(word, set()) for word in words)
        candidates: set[str] = set()
        for names in shared:
            if len(names) <= _COMMON:
                candidates |= names
        rated = sorted(((_nearness(words, other.split()), other) for other in candidates), reverse=True)[:2]
        if not rated or rated[0][0] < _NEAR_NAME or (len(rated) > 1 and rated[1][0] == rated[0][0]):
            return ""
        keys = self._by_name[rated[0][1]]
        return next(iter(keys)) if len(keys) == 1 else ""


def _nearness(words: list[str], others: list[str]) -> float:
    """The share of words that both have, a misspelled or cut off one included."""
    found = sum(any(_is_near(word, other) for other in others) for word in words)
    return found / max(len(words), len(others))


def _is_near(word: str, other: str) -> bool:
    if word == other:
        return True
    if min(len(word), len(other)) < _LEAST:
        return False
    if word.startswith(other) or other.startswith(word):
        return True
    return SequenceMatcher(None, word, other, autojunk=False).ratio() >= _NEAR_WORD
