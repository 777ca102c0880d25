"""What a dossier remembers of its answers: visible rules that drop the next such question, and say so."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from comptoir.ledger.matching.texts import name_key
from comptoir.questions.words import gettext_noop

if TYPE_CHECKING:
    from datetime import date

# Asking again about these would tell the same; the others are about one document or one period.
REMEMBERED = frozenset({"A1", "A3", "B1", "B3", "B4", "B6", "B7"})
# True of this one time only, or no answer to the question at all.
PASSING = frozenset(
    {"attached", "sent", "lost", "customer", "expenses", "other", "text", "file", "dont_know", "call_me"}
)
NOTE = gettext_noop("Not asked: for %(party)s the answer is “%(choice)s” since %(since_on)s.")


@dataclass(frozen=True)
class AnswerRule:
    id: str
    type: str
    party: str  # of the supplier or the other side of the payment
    choice: str  # an id of the catalogue
    since_on: date

    @property
    def key(self) -> tuple[str, str]:
        """What it is about, however the party is spelled; nothing where it is no rule to remember."""
        is_rule = self.type in REMEMBERED and bool(name_key(self.party))
        return (self.type, name_key(self.party)) if is_rule else ("", "")


def is_lasting(type_id: str, *, party_key: str, choice: str) -> bool:
    """Whether an answer tells something about the next time: a choice of its own about somebody."""
    return type_id in REMEMBERED and bool(party_key) and choice not in PASSING
