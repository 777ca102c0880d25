"""The addresses that we give out: one word that nobody can guess, in a place that leads to us. Pure.

`in.example.be` means `…@in.example.be`; `post+*@example.be` puts the word where the star is, for a single mailbox.
"""

from __future__ import annotations

import hmac
from base64 import b32encode
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

TOKEN_CHARACTERS = 26  # of base32: 130 bits
_ALPHABET = frozenset("abcdefghijklmnopqrstuvwxyz234567")
REPLY, DOCUMENTS = "r-", "d-"


@dataclass(frozen=True, slots=True)
class Place:
    """What stands before and behind the word. Everything is lower case: servers on the way may fold it."""

    before: str
    behind: str

    def address(self, word: str) -> str:
        return f"{self.before}{word}{self.behind}"

    def word_in(self, address: str) -> str | None:
        """None for an address that is not of this place."""
        found = address.strip().lower()
        if len(found) <= len(self.before) + len(self.behind):
            return None
        if not (found.startswith(self.before) and found.endswith(self.behind)):
            return None
        return found[len(self.before) : len(found) - len(self.behind)]

    def own(self, addresses: Iterable[str]) -> list[str]:
        """Those of them that are of this place, in order and once."""
        return list(dict.fromkeys(found.strip().lower() for found in addresses if self.word_in(found)))


def place_of(setting: str) -> Place | None:
    """None where nothing is set: then no mail comes in."""
    wanted = setting.strip().lower()
    if not wanted:
        return None
    before, star, behind = (wanted if "@" in wanted else f"*@{wanted}").partition("*")
    if not star or "@" not in behind or "@" in before:
        raise ValueError(f"{setting!r} is neither a domain nor an address with a star before its @.")
    return Place(before, behind)


def token_in(word: str, *, kind: str) -> str:
    """The token of `r-…`; empty where the word is not one of that kind."""
    token = word.removeprefix(kind)
    is_token = word.startswith(kind) and len(token) == TOKEN_CHARACTERS and _ALPHABET.issuperset(token)
    return token if is_token else ""


def derived_token(secret: bytes, *, kind: str, about: bytes) -> str:
    """The same for the same row, so that every mail can carry it, though the database keeps its digest only."""
    digest = hmac.digest(secret, b"comptoir.address:" + kind.encode() + about, "sha256")
    return b32encode(digest).decode("ascii").lower()[:TOKEN_CHARACTERS]
