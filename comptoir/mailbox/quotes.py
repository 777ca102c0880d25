"""Where somebody else's text begins: the lines by which mail programs introduce what they quote. Pure.

Every look is at a bounded number of lines, each of bounded length, so that all of it takes time linear in the mail.
"""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, NamedTuple

from comptoir.mailbox.quote_words import (
    FORWARDS,
    LABELS,
    NAME_WROTE,
    OPENINGS,
    ORIGINALS,
    TIME,
    WROTE,
    folded,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

ATTRIBUTION_LINES = 4
ATTRIBUTION_LENGTH = 600
HEADER_LINES = 14
ENOUGH_LABELS = 3
RULE_LENGTH = 5
_DASHES = "-—–‐‑_=*~─━ "
_EDGES = _DASHES + ">|"
_ORIGIN_DASHES = 2


class Kind(Enum):
    MARKER = "our own line: reply above it"
    ATTRIBUTION = "On …, somebody wrote:"
    HEADER = "From: … Sent: … To: … Subject: …"
    ORIGINAL = "----- Original message -----"
    FORWARD = "----- Forwarded message -----"


class Introduction(NamedTuple):
    """Lines `start` to `end`, the latter excluded, that introduce a quote."""

    kind: Kind
    start: int
    end: int


class Page:
    """Lines, each beside the form in which it is compared: made once, however often a line is looked at."""

    def __init__(self, lines: Sequence[str]) -> None:
        self.lines = lines
        self.folded = [folded(line) for line in lines]

    def next_with_text(self, at: int) -> int:
        """The next line with text, at most two blank ones further on."""
        return next((place for place in range(at, min(at + 3, len(self.lines))) if self.folded[place]), at)

    def is_quoted(self, at: int) -> bool:
        return at < len(self.lines) and is_quoted(self.lines[at])


def is_quoted(line: str) -> bool:
    """An iPhone puts an invisible mark in front of its signs."""
    return line.startswith(">") or line[:4].lstrip(" \ufeff\u200b").startswith(">")


def introduction_at(page: Page, at: int, *, markers: Collection[str]) -> Introduction | None:
    """What begins in this very line; None for an ordinary one. `markers` as `marker_key` gives them."""
    line = page.folded[at]
    if not line:
        return None
    if line.strip(_EDGES) in markers:
        return Introduction(Kind.MARKER, at, at + 1)
    return _separator(page, at) or _header(page, at) or _attribution(page, at)


def marker_key(line: str) -> str:
    """A marker as it survives mail programs: without dashes, quote marks and stars round it."""
    return folded(line).strip(_EDGES)


def is_rule(line: str) -> bool:
    """A line drawn across the page."""
    drawn = line.strip()
    return len(drawn) >= RULE_LENGTH and not drawn.strip(_DASHES)


# ── `----- Original message -----` ───────────────────────────────────────


def _separator(page: Page, at: int) -> Introduction | None:
    line = page.folded[at]
    words = line.strip(_DASHES).rstrip(" :")
    dashes = len(line) - len(line.lstrip(_DASHES))
    if words in FORWARDS and (dashes >= _ORIGIN_DASHES or line.endswith(":")):
        return Introduction(Kind.FORWARD, at, at + 1)
    if words in ORIGINALS and dashes >= _ORIGIN_DASHES:
        below = page.next_with_text(at + 1)
        header = _header(page, below) if below < len(page.lines) else None
        return Introduction(Kind.ORIGINAL, at, header.end if header else at + 1)
    return None


# ── `From: … Sent: … To: … Subject: …` ───────────────────────────────────


def _header(page: Page, at: int) -> Introduction | None:
    """At least three of the labels, the sender's among them, and a proof that this is no list of the writer's own:
    an address or a time of day. (`De : Bruxelles, À : Paris, Date : 12/11` is a journey.)
    """
    if _label(page.folded[at]) not in {"from", "date"}:
        return None
    labels, end = _labels_below(page, at)
    if "from" not in labels or not labels & {"to", "subject"} or len(labels - {"other"}) < ENOUGH_LABELS:
        return None
    block = " ".join(page.folded[at:end])
    return Introduction(Kind.HEADER, at, end) if "@" in block or TIME.search(block) else None


def _labels_below(page: Page, at: int) -> tuple[set[str], int]:
    """The labels in the lines from `at` on, and the end of their block. Long values may run over a few lines."""
    found: set[str] = set()
    end, between = at, 0
    for place, line in enumerate(page.folded[at : at + HEADER_LINES], at):
        labels = _labels_in(line)
        if labels and "from" not in labels & found:
            found |= labels
            end, between = place + 1, 0
        elif "subject" in found or between >= ENOUGH_LABELS:
            break
        else:
            between += 1
    return found, end


def _labels_in(line: str) -> set[str]:
    """Usually one; all of them where the lines of a header were run together."""
    first = _label(line)
    if not first:
        return set()
    words = (piece.rstrip(" *").rpartition(" ")[2].lstrip("*") for piece in line.split(":")[1:-1])
    return {first} | {LABELS[word] for word in words if word in LABELS}


def _label(line: str) -> str:
    return LABELS.get(line[:40].partition(":")[0].strip("* "), "") if ":" in line[:40] else ""


# ── `On …, somebody wrote:` ──────────────────────────────────────────────


def _attribution(page: Page, at: int) -> Introduction | None:
    line = page.folded[at]
    begins = line.lstrip(_DASHES).startswith(OPENINGS) and any(map(str.isdigit, line))
    if not begins and "@" not in line and not line.rstrip(">").endswith(":"):
        return None
    said = ""
    for end, more in enumerate(page.folded[at : at + ATTRIBUTION_LINES], at + 1):
        if not more or (said and is_quoted(more)):
            return None
        said = f"{said} {more}"[:ATTRIBUTION_LENGTH].strip()
        if said.endswith((":", " ----")):  # Zoho rules off: `---- On …, a@b.be wrote ----`
            is_one = _is_attribution(said, begins=begins) or _is_foreign(page, end, said)
            return Introduction(Kind.ATTRIBUTION, at, end) if is_one else None
    return None


def _is_attribution(said: str, *, begins: bool) -> bool:
    """With an address or a time of day: "Le 12 novembre, Proximus nous a écrit :" is somebody's own sentence."""
    if begins:
        return any(verb in said for verb in WROTE) and ("@" in said or bool(TIME.search(said)))
    return "@" in said and any(verb in said for verb in NAME_WROTE)


def _is_foreign(page: Page, below: int, said: str) -> bool:
    """In any other language: a line with an address, or a date with its time, right above a quote."""
    is_dated = bool(TIME.search(said)) or (said.startswith(OPENINGS) and any(map(str.isdigit, said)))
    return ("@" in said or is_dated) and page.is_quoted(page.next_with_text(below))
