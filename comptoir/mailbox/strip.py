"""The text that somebody wrote in reply, cut out of the mail that carries it. Pure; French, Dutch, German, English.

First by a line that our own mails carry; then by the lines with which mail programs introduce a quote; last come the
signatures. When in doubt, text stays: a quote too many is ugly, a lost sentence is not forgiven.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from comptoir.mailbox.quote_words import FORWARD_SUBJECTS, MARKERS, folded
from comptoir.mailbox.quotes import Kind, Page, introduction_at, is_quoted, marker_key
from comptoir.mailbox.signatures import without_signature

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

__all__ = ["MARKERS", "reply_of"]

CONTEXT_LINES = 8  # of a question that is answered between quoted lines
LOST_LINE = 40  # what is left over when a long quoted line was broken on its way
BROKEN_AT = 60
_MARKS = "> \ufeff\u200b"


class _Run(NamedTuple):
    """Lines that belong together: written here, or quoted."""

    is_quote: bool
    lines: list[str]


def reply_of(
    text: str, *, marker: Collection[str] = tuple(MARKERS.values()), subject: str = "", sender: str = ""
) -> str:
    """What is new in this mail.

    `marker`: the lines that mark the top of our own mails. `subject` tells a forwarded mail, which stays whole, from an
    answer; `sender` is the display name, known from below its own letter.

    Answers between quoted lines come with the question above each, marked by `> `. Empty only if nothing was written
    above, between or below what is quoted; then the caller should show the mail itself.
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    markers = {marker_key(line) for line in ([marker] if isinstance(marker, str) else marker)} - {""}
    mail = _divided(lines, markers=markers, is_forward=folded(subject).startswith(FORWARD_SUBJECTS))
    runs = _unsigned(_mended(mail.runs), sender=sender)
    written = _answers(runs, is_introduced=mail.is_introduced)
    if not written and not mail.is_introduced and any(run.is_quote for run in runs):
        return _tidied([lines])  # marked lines only, and nobody introduced them: the writer marked them
    return _tidied([*written, mail.forwarded])


# ── Who wrote what ───────────────────────────────────────────────────────


class _Divided(NamedTuple):
    """The runs up to where all else is somebody else's; whether a program introduced any quote; and the forwarded
    mail, where one is handed on.
    """

    runs: list[_Run]
    is_introduced: bool
    forwarded: list[str]


def _divided(lines: Sequence[str], *, markers: Collection[str], is_forward: bool) -> _Divided:
    page = Page(lines)
    runs = [_Run(is_quote=False, lines=[])]
    at, is_introduced = 0, _is_introduced_within(lines, markers=markers)
    while at < len(lines):
        is_quote = is_quoted(lines[at])
        found = None if is_quote else introduction_at(page, at, markers=markers)
        if found is None:
            _add(runs, lines[at], is_quote=is_quote)
            at += 1
            continue
        is_introduced = True
        if found.kind is Kind.FORWARD or (is_forward and found.kind in {Kind.HEADER, Kind.ORIGINAL}):
            return _Divided(runs, is_introduced, _handed_on(lines[at:], markers=markers))
        if not page.is_quoted(page.next_with_text(found.end)):
            break
        at = found.end
    return _Divided(runs, is_introduced, [])


def _is_introduced_within(lines: Sequence[str], *, markers: Collection[str]) -> bool:
    """Apple and Orange mark their introduction like the quote."""
    if not any(map(is_quoted, lines)):
        return False
    bare = Page([line.lstrip(_MARKS) for line in lines])
    quoted = (at for at, line in enumerate(lines) if is_quoted(line))
    return any(introduction_at(bare, at, markers=markers) for at in quoted)


def _add(runs: list[_Run], line: str, *, is_quote: bool) -> None:
    if runs[-1].is_quote is not is_quote:
        runs.append(_Run(is_quote=is_quote, lines=[]))
    runs[-1].lines.append(line)


def _handed_on(lines: Sequence[str], *, markers: Collection[str]) -> list[str]:
    """A forwarded mail as it is; nothing if it is one of ours, which its reader has before them."""
    return [] if any(marker_key(line) in markers for line in lines) else list(lines)


def _mended(runs: list[_Run]) -> list[_Run]:
    """Quotes that only blank lines part are one, and so is what was broken off a long quoted line on its way."""
    mended: list[_Run] = []
    for place, run in enumerate(runs):
        below = runs[place + 1].lines if place + 1 < len(runs) else []
        is_inside = bool(mended) and mended[-1].is_quote and bool(below)
        if (
            is_inside
            and not run.is_quote
            and (not any(map(str.strip, run.lines)) or _is_broken_off(run, mended[-1]))
        ):
            mended[-1].lines.extend(">" + line for line in run.lines)
        elif mended and mended[-1].is_quote is run.is_quote:
            mended[-1].lines.extend(run.lines)
        else:
            mended.append(run)
    return mended


def _is_broken_off(run: _Run, above: _Run) -> bool:
    rest, whole = run.lines[0].strip(), above.lines[-1].rstrip()
    is_short = len(run.lines) == 1 and len(rest) <= LOST_LINE
    return is_short and len(whole) >= BROKEN_AT and whole[-1] not in ".?!:" and rest[:1].islower()


# ── What is kept ─────────────────────────────────────────────────────────


def _unsigned(runs: list[_Run], *, sender: str) -> list[_Run]:
    """Signatures stand above the first quote or at the very end."""
    written = [place for place, run in enumerate(runs) if not run.is_quote and any(map(str.strip, run.lines))]
    unsigned = list(runs)
    for place in dict.fromkeys(written[:1] + written[-1:]):
        lines = without_signature(runs[place].lines, sender=sender, may_vanish=len(written) > 1)
        unsigned[place] = _Run(is_quote=False, lines=lines)
    return unsigned


def _answers(runs: list[_Run], *, is_introduced: bool) -> list[list[str]]:
    """Texts below one single quote answer all of it; among several quotes each needs its question to be understood.
    A quote that no program introduced was made by the writer, between two texts of their own: it is part of them.
    """
    is_between = sum(run.is_quote for run in runs) > 1
    parts: list[list[str]] = []
    for above, run in zip([None, *runs], runs, strict=False):
        if run.is_quote or not any(map(str.strip, run.lines)):
            continue
        quoted: list[str] = []
        if above and parts and not is_introduced:
            quoted = [*above.lines, ""]
        elif above and is_between:
            quoted = _question(above.lines)
        parts.append([*quoted, *_tidied([run.lines]).split("\n")])
    return parts


def _question(quoted: Sequence[str]) -> list[str]:
    """The last paragraph of a quote, without what is quoted within it."""
    kept: list[str] = []
    for line in reversed(quoted):
        said = line.lstrip(" \ufeff\u200b").removeprefix(">").strip(" \ufeff")
        if said.startswith(">") or (kept and not said) or len(kept) == CONTEXT_LINES:
            break
        if said:
            kept.append(f"> {said}")
    return kept[::-1]


def _tidied(parts: list[list[str]]) -> str:
    """Parts with a blank line between them; within, at most one blank line at a time."""
    kept: list[str] = []
    for part in parts:
        for line in [*part, ""]:
            if line.strip() or (kept and kept[-1]):
                kept.append(line.rstrip())
    return "\n".join(kept).strip()
