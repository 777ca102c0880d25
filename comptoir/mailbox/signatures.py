"""What stands below a text that its author did not write for this reader: names, phones, apps, legal notes. Pure.

Only what is surely a signature goes. A telephone number may be the very answer that was asked for.
"""

from __future__ import annotations

import re
from itertools import dropwhile
from typing import TYPE_CHECKING

from comptoir.mailbox import signature_words as say
from comptoir.mailbox.quote_words import folded
from comptoir.mailbox.quotes import is_rule

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

SIGNATURE_LINES = 25  # a block of more is no signature, whatever stands above it
LINE_LENGTH = 160
NAME_WORDS = 6
WORDS = 12
PHONE_DIGITS = 8
APP_WORDS = 16
AFTER_DEVICE = 4
PROOFS = 2
DISCLAIMER_LENGTH = 100
_LANGUAGES = re.compile(r"[/|]| [-–] ")  # `Cordialement / Met vriendelijke groeten`
_STOPS = str.maketrans(",.", "  ")
_PICTURES = ("[image:", "[cid:", "<image", "[logo")


def without_signature(lines: Sequence[str], *, sender: str = "", may_vanish: bool = False) -> list[str]:
    """The lines above the signature. Unless it `may_vanish`, because the mail has other text, all of them if nothing
    would remain, except where there is only an app's own line. `sender` is the display name that the mail came under.
    """
    kept = list(dropwhile(lambda line: not line.strip(), without_footers(lines)))
    start = next(_starts(kept, sender=folded(sender)), len(kept))
    above = without_footers(kept[:start])
    return above if above or may_vanish else kept


def without_footers(lines: Sequence[str]) -> list[str]:
    """Without what programs and lawyers put below: apps, virus scanners, legal notes, rules, and blank lines."""
    end = len(lines)
    while end and (size := _footer_size(lines, end)):
        end -= size
    return list(lines[:end])


def _footer_size(lines: Sequence[str], end: int) -> int:
    line = folded(lines[end - 1])
    if line in {"", "--", "—"} or is_rule(line) or _is_app(line) or _is_note(line):
        return 1
    start = end
    while start and lines[start - 1].strip():
        start -= 1
        if end - start <= SIGNATURE_LINES and _is_disclaimer(folded(" ".join(lines[start:end]))):
            return end - start
    return 0


def _is_app(line: str) -> bool:
    """`Envoyé de mon iPhone`. A sentence that goes on behind the telephone was written by a person."""
    said = line.partition("<")[0].partition("http")[0].strip(" .!([*_-–—")
    if not said.startswith(say.SENT_FROM) or len(said.split()) > APP_WORDS:
        return False
    last = max((said.rfind(device) for device in say.DEVICES), default=-1)
    return last >= 0 and len(said[last:].split()) <= AFTER_DEVICE


def _is_note(line: str) -> bool:
    if line.startswith(_PICTURES) and line.endswith(("]", ">")):
        return True
    if line.startswith(say.PAPER) or line.lstrip("🌳🌱🍃♻️ ").startswith(say.PAPER):
        return True
    is_scanner = "avast" in line or "avg" in line or "antivirus" in line
    return is_scanner and any(note in line for note in say.VIRUS_NOTES)


def _is_disclaimer(paragraph: str) -> bool:
    """A legal note names several of its subjects; "ce message est confidentiel" alone may be meant for this reader."""
    starts = paragraph.lstrip("*_-–—[( ").startswith(say.DISCLAIMER_STARTS)
    if not starts or len(paragraph) < DISCLAIMER_LENGTH:
        return False
    return sum(word in paragraph for word in say.DISCLAIMER_WORDS) >= PROOFS


# ── Where it starts ──────────────────────────────────────────────────────


def _starts(lines: Sequence[str], *, sender: str) -> Iterator[int]:
    """Lines from which on all is signature, topmost first."""
    for at in range(max(0, len(lines) - SIGNATURE_LINES), len(lines)):
        below = [line for line in lines[at + 1 :] if line.strip()]
        line = folded(lines[at])
        if lines[at] == "-- " or (_is_own_start(lines, at, sender=sender) and _is_block(below)):
            yield at
        elif _is_polite(line) and _is_block(below) and any(map(_is_contact, below)):
            yield at if is_rule(line) else at + 1


def _is_own_start(lines: Sequence[str], at: int, *, sender: str) -> bool:
    line = lines[at]
    return line.rstrip() in {"--", "—"} or _is_closing(line) or _is_name_of(sender, lines, at)


def _is_name_of(sender: str, lines: Sequence[str], at: int) -> bool:
    """Their whole name; or their first name, as the last line. Not what follows a colon: that is an answer."""
    line = folded(lines[at]).strip(" ,.-–")
    is_last = at == len(lines) - 1
    return (
        bool(line)
        and (line == sender or (is_last and line == sender.partition(" ")[0]))
        and not (at and _asks(lines[at - 1]))
    )


def _is_polite(line: str) -> bool:
    return line.startswith(say.SOFT_CLOSINGS) or is_rule(line)


def _asks(line: str) -> bool:
    return line.rstrip().endswith(":")


def _is_closing(line: str) -> bool:
    """A closing alone, or followed by a name: `Mvg, Jan`."""
    said = folded(line).rstrip(" ,.!;-–")
    is_sentence = said.startswith(say.CLOSING_SENTENCES) and any(noun in said for noun in say.CLOSING_NOUNS)
    if is_sentence or all(part.strip(" ,.!") in say.CLOSINGS for part in _LANGUAGES.split(said)):
        return True
    words = line.replace(",", ", ").split()
    for count in range(min(len(words) - 1, 5), 0, -1):
        if folded(" ".join(words[:count])).rstrip(" ,.!;-–") in say.CLOSINGS:
            return len(words) - count <= NAME_WORDS and _is_name(words[count:])
    return False


def _is_name(words: Sequence[str]) -> bool:
    return all(word[:1].isupper() or word.lower() in say.PARTICLES for word in words)


def _is_block(lines: Sequence[str]) -> bool:
    """Names, functions, addresses, numbers: no line of them speaks to anybody."""
    has_contact = False
    for line in lines:
        if not _fits(line):
            return False
        is_contact = _is_contact(line)
        speech = say.SPEECH if has_contact else say.SPEECH_WITHOUT_CONTACT
        if not is_contact and not _is_plain(line, speech=speech, words=WORDS if has_contact else NAME_WORDS):
            return False
        has_contact |= is_contact
    return True


def _fits(line: str) -> bool:
    return len(line) <= LINE_LENGTH and "?" not in line and _first_word(line) not in say.POSTSCRIPTS


def _first_word(line: str) -> str:
    return folded(line).lstrip("*[(|•· ").replace(":", " ").replace("/", " ").partition(" ")[0].rstrip(".,")


def _is_plain(line: str, *, speech: frozenset[str], words: int) -> bool:
    said = folded(line).replace(",", " ").split()
    return len(said) <= words and not speech.intersection(said) and not _asks(line)


def _is_contact(line: str) -> bool:
    said = folded(line)
    if _first_word(line) in say.CONTACTS or "@" in said or "www." in said or "http" in said or " | " in said:
        return True
    digits = sum(map(str.isdigit, said))
    words = said.translate(_STOPS).split()
    # A street with its number, or a number to dial: more digits than anything else.
    is_street = bool(digits) and any(word.endswith(say.STREET_ENDS) for word in words)
    return is_street or (digits >= PHONE_DIGITS and digits * 2 >= len(said.replace(" ", "")))
