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


def is_quoted(line: str) -> bool:
    """An iPhone puts an invisible mark in front of its signs."""
    return line.startswith(">") or line[:4].lstrip(" \ufeff\u200b").startswith(">")


def introduction_at(lines: Sequence[str], at: int, *, markers: Collection[str]) -> Introduction | None:
    """What begins in this very line; None for an ordinary one. `markers` as `marker_key` gives them."""
    line = folded(lines[at])
    if not line:
        return None
    if marker_key(line) in markers:
        return Introduction(Kind.MARKER, at, at + 1)
    return _separator(lines, at, line) or _header(lines, at, line) or _attribution(lines, at, line)


def marker_key(line: str) -> str:
    """A marker as it survives mail programs: without dashes, quote marks and stars round it."""
    return folded(line).strip(_DASHES + ">|").strip()


def is_rule(line: str) -> bool:
    """A line drawn across the page."""
    drawn = line.strip()
    return len(drawn) >= RULE_LENGTH and not drawn.strip(_DASHES)


# ── `----- Original message -----` ───────────────────────────────────────


def _separator(lines: Sequence[str], at: int, line: str) -> Introduction | None:
    words = line.strip(_DASHES).rstrip(" :")
    dashes = len(line) - len(line.lstrip(_DASHES))
    if words in FORWARDS and (dashes >= _ORIGIN_DASHES or line.endswith(":")):
        return Introduction(Kind.FORWARD, at, at + 1)
    if words in ORIGINALS and dashes >= _ORIGIN_DASHES:
        below = _next_with_text(lines, at + 1)
        header = _header(lines, below, folded(lines[below])) if below < len(lines) else None
        return Introduction(Kind.ORIGINAL, at, header.end if header else at + 1)
    return None


def _next_with_text(lines: Sequence[str], at: int) -> int:
    """The next line with text, at most two blank ones further on."""
    for place in range(at, min(at + 3, len(lines))):
        if lines[place].strip():
            return place
    return at


# ── `From: … Sent: … To: … Subject: …` ───────────────────────────────────


def _header(lines: Sequence[str], at: int, line: str) -> Introduction | None:
    """At least three of the labels, the sender's among them, and a proof that this is no list of the writer's own:
    an address or a time of day. (`De : Bruxelles, À : Paris, Date : 12/11` is a journey.)
    """
    if _label(line) not in {"from", "date"}:
        return None
    labels, end = _labels_below(lines, at)
    if "from" not in labels or not labels & {"to", "subject"} or len(labels - {"other"}) < ENOUGH_LABELS:
        return None
    block = " ".join(folded(text) for text in lines[at:end])
    return Introduction(Kind.HEADER, at, end) if "@" in block or TIME.search(block) else None


def _labels_below(lines: Sequence[str], at: int) -> tuple[set[str], int]:
    """The labels in the lines from `at` on, and the end of their block. Long values may run over a few lines."""
    found: set[str] = set()
    end, between = at, 0
    for place in range(at, min(at + HEADER_LINES, len(lines))):
        line = folded(lines[place])
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


def _attribution(lines: Sequence[str], at: int, line: str) -> Introduction | None:
    begins = line.lstrip(_DASHES).startswith(OPENINGS) and any(map(str.isdigit, line))
    if not begins and "@" not in line and not line.rstrip(">").endswith(":"):
        return None
    said = ""
    for end in range(at, min(at + ATTRIBUTION_LINES, len(lines))):
        more = folded(lines[end])
        if not more or (end > at and is_quoted(more)):
            return None
        said = f"{said} {more}"[:ATTRIBUTION_LENGTH].strip()
        if said.endswith((":", " ----")):  # Zoho rules off: `---- On …, a@b.be wrote ----`
            is_one = _is_attribution(said, begins=begins) or _is_foreign(lines, end + 1, said)
            return Introduction(Kind.ATTRIBUTION, at, end + 1) if is_one else None
    return None


def _is_attribution(said: str, *, begins: bool) -> bool:
    """With an address or a time of day: "Le 12 novembre, Proximus nous a écrit :" is somebody's own sentence."""
    if begins:
        return any(verb in said for verb in WROTE) and ("@" in said or bool(TIME.search(said)))
    return "@" in said and any(verb in said for verb in NAME_WROTE)


def _is_foreign(lines: Sequence[str], below: int, said: str) -> bool:
    """In any other language: a line with an address, or a date with its time, right above a quote."""
    place = _next_with_text(lines, below)
    is_above_quote = place < len(lines) and is_quoted(lines[place])
    is_dated = bool(TIME.search(said)) or (said.startswith(OPENINGS) and any(map(str.isdigit, said)))
    return is_above_quote and ("@" in said or is_dated)
