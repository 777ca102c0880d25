"""How the tables are written: one door a line, and in it each class of people with the status that they are to get."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from tests.doors.people import CLASSES
from tests.doors.things import BEGUN_BY_THE_OFFICE, CLOSED, SEEN_BY, author_of


def spec(text: str) -> dict[str, int]:
    """`writers 201 assistant 403` → a status for each letter; a later word overrules an earlier one."""
    words = text.split()
    found: dict[str, int] = {}
    for who, status in zip(words[::2], words[1::2], strict=True):
        found.update(dict.fromkeys(CLASSES.get(who, who), int(status)))
    return found


@dataclass(frozen=True)
class Door:
    """`what`: whose id stands in the address. Whoever does not see the thing is told 404, whatever the columns say.

    `author` is the status of whoever wrote the message or note; `begun` overrules for what the office began.
    """

    method: str
    name: str
    what: str
    opened: str
    closed: str = ""
    author: tuple[int, int] | None = None
    begun: str = ""
    data: dict[str, Any] = field(default_factory=dict)

    def expected(self, who: str, kind: str, state: str) -> int:
        if who not in SEEN_BY[kind]:
            return 404
        if self.author and author_of(self.what, kind) == who:
            return self.author[state == CLOSED]
        column = self.closed if state == CLOSED and self.closed else self.opened
        if kind in BEGUN_BY_THE_OFFICE and self.begun and state != CLOSED:
            column = f"{column} {self.begun}"
        return spec(column)[who]
