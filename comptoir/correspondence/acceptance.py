"""Whether a mail counts as the word of the person whose reply address it was sent to. A table of plain values.

Only one cell of token × sender × DMARC does. Everything else is kept for the office to look at, under nobody's name,
and nobody is answered: an answer to a forged sender would hit somebody who wrote nothing.
"""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

from comptoir.mailbox.authentication import Dmarc


class Token(StrEnum):
    VALID = "valid"
    OTHER_CONVERSATION = "other_conversation"  # good, but the mail answers to another conversation
    NONE = "none"  # or expired, or revoked


class From(StrEnum):
    OWNER = "owner"  # the one address of the person to whom the reply address was given
    OTHER_MEMBER = "other_member"  # somebody else of the same conversation
    STRANGER = "stranger"


class Verdict(NamedTuple):
    """`because` is empty for the one that is accepted; else one of `Reason`, the first that applies."""

    is_accepted: bool
    because: str = ""


ACCEPTED = Verdict(is_accepted=True)


def verdict(token: Token, sender: From, dmarc: Dmarc) -> Verdict:
    because = _reason(token, sender, dmarc)
    return Verdict(is_accepted=False, because=because) if because else ACCEPTED


def _reason(token: Token, sender: From, dmarc: Dmarc) -> str:
    if dmarc is Dmarc.FAIL:  # said first: it is the one that somebody may have to act upon
        return "forged"
    if token is not Token.VALID:
        return "expired" if token is Token.NONE else "other_conversation"
    if sender is not From.OWNER:
        return "other_member" if sender is From.OTHER_MEMBER else "stranger"
    return "" if dmarc is Dmarc.PASS else "not_proven"
