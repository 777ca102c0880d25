"""Text that people typed: cleaned before it is checked or stored, folded for search, and linked when it is shown.

Everything here runs in time proportional to the text: no pattern can be made to backtrack by its author.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

if TYPE_CHECKING:
    from collections.abc import Callable

# More combining marks in a row than any script uses (Unicode's Stream-Safe Text Format). Beyond it NFC needs
# quadratic time (0.7 s for a message of 20,000 marks), and the marks are painted over the neighbouring lines.
MARKS_IN_A_ROW = 30
LINK_LENGTH = 2000

# Look like nothing at all but are letters or symbols to Unicode: a subject of these would be an empty line.
_BLANK_LETTERS = "\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0"
_JOINERS = "\u200c\u200d"
# Embeddings, overrides and isolates: they can show an IBAN or `gpj.exe` reversed. Right-to-left scripts need none
# of them; their plain direction marks (U+200E, U+200F, U+061C) may stay in a body.
_BIDI_CONTROLS = "\u202a-\u202e\u2066-\u2069"
_NONCHARACTERS = {chr(plane + low) for plane in range(0, 0x110000, 0x10000) for low in (0xFFFE, 0xFFFF)} | {
    chr(code) for code in range(0xFDD0, 0xFDF0)
}

_NOT_IN_BODY = re.compile(
    rf"[\x00-\x08\x0e-\x1f\x7f-\x9f{_BIDI_CONTROLS}\ud800-\udfff"
    "\ufeff\ufff9-\ufffb\u00ad\u2060-\u2064\u206a-\u206f]"
)
_LINE_ENDS = re.compile(r"\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_BLANKS = re.compile(rf"[\s{_BLANK_LETTERS}]+")
# A joiner glues an emoji family together, or Arabic and Indic letters; between ASCII it only hides.
_STRAY_JOINER = re.compile(rf"(?:^|(?<=[\x00-\x7f{_JOINERS}]))[{_JOINERS}]+|[{_JOINERS}]+(?=[\x00-\x7f]|$)")
_SHOWS_NOTHING = re.compile(rf"[\s{_BLANK_LETTERS}{_JOINERS}\u200b\u200e\u200f\u061c\ufe00-\ufe0f]*")
_WITHOUT_ACCENT = str.maketrans(
    {
        "œ": "oe",
        "æ": "ae",
        "ø": "o",
        "ł": "l",
        "đ": "d",
        "ð": "d",
        "þ": "th",
        "ı": "i",
        "’": "'",
        "‘": "'",
        "ʼ": "'",
    }
)


def clean_line(text: str) -> str:
    """One line for a subject or a name: NFC, nothing invisible, blanks collapsed. Empty if nothing visible is left."""
    if text.isascii() and text.isprintable():
        return " ".join(text.split())
    composed = unicodedata.normalize("NFC", _without_floods(_BLANKS.sub(" ", text)))
    shown = composed.translate(_SHOWN)
    # Once more: what stood between a letter and its accent may just have gone.
    line = unicodedata.normalize("NFC", _STRAY_JOINER.sub("", shown))
    return "" if _SHOWS_NOTHING.fullmatch(line) else " ".join(line.split())


def clean_text(text: str) -> str:
    """A body of several lines: NFC, every line end a newline, nothing that misleads; emoji and right-to-left text stay.
    Empty if nothing visible is left.
    """
    text = _NOT_IN_BODY.sub("", _LINE_ENDS.sub("\n", text))
    if not text.isascii():
        text = unicodedata.normalize("NFC", _without_floods(text))
    return "" if _SHOWS_NOTHING.fullmatch(text) else text.strip("\n")


def fold(text: str) -> str:
    """The form that is searched: case, accents and ligatures gone, so that "Électricité" and "electricite" are one."""
    spread = text.lower()
    if not text.isascii():
        spread = unicodedata.normalize(
            "NFKD", unicodedata.normalize("NFKD", _without_floods(text)).casefold()
        )
    return unicodedata.normalize("NFKC", spread.translate(_FOLDED))


def _is_hidden(char: str) -> bool:
    """Control, format, surrogate, or no character at all."""
    return unicodedata.category(char) in {"Cc", "Cf", "Cs"} or char in _NONCHARACTERS


class _Letters(dict[int, "str | None"]):
    """What `translate` makes of each character, found out when it first comes."""

    def __init__(self, rule: Callable[[str], str | None]) -> None:
        self.rule = rule

    def __missing__(self, code: int) -> str | None:
        made = self.rule(chr(code))
        if code < _OFTEN:  # beyond, strangers could fill our memory with a million of them
            self[code] = made
        return made


def _folded(char: str) -> str | None:
    if char.isspace():
        return " "
    if unicodedata.combining(char) or _is_hidden(char):
        return None
    return char.translate(_WITHOUT_ACCENT)


def _shown(char: str) -> str | None:
    return char if char in _JOINERS or not _is_hidden(char) else None


_FIRST_MARK = "\u0300"  # no character before it combines
_OFTEN = 0x2100
_FOLDED, _SHOWN = _Letters(_folded), _Letters(_shown)


def _without_floods(text: str) -> str:
    """Without the combining marks that follow MARKS_IN_A_ROW others."""
    if not text or max(text) < _FIRST_MARK:
        return text
    kept: list[str] = []
    run = 0
    for char in text:
        run = run + 1 if unicodedata.combining(char) else 0
        if run <= MARKS_IN_A_ROW:
            kept.append(char)
    return "".join(kept)


# ── Links ────────────────────────────────────────────────────────────────

# Each start is a fixed word and each link one run of one class: nothing to backtrack into.
_LINK = re.compile(rf"""(?<![\w.+-])(?:https?://|mailto:)[^\s<>"`{{}}|\\^{_BIDI_CONTROLS}]+""", re.IGNORECASE)
_TAIL = ".,;:!?'*_~»”’…"
_CLOSING = {")": "(", "]": "["}


def linkify(text: str) -> SafeString:
    """Safe HTML of a body: everything escaped, http, https and mailto addresses made links; newlines are kept."""
    parts: list[str] = []
    done = 0
    for match in _LINK.finditer(text):
        address = _without_tail(match.group())
        if not _is_link(address):
            continue
        parts += [escape(text[done : match.start()]), _anchor(address)]
        done = match.start() + len(address)
    parts.append(escape(text[done:]))
    return mark_safe("".join(parts))  # noqa: S308 -- every part is escaped just above


def _anchor(address: str) -> str:
    safe = escape(address)
    return f'<a href="{safe}" target="_blank" rel="noopener noreferrer nofollow">{safe}</a>'


def _without_tail(address: str) -> str:
    """Without the punctuation of the sentence round it; a bracket stays if it was opened inside the address."""
    surplus = {
        closing: address.count(closing) - address.count(opening) for closing, opening in _CLOSING.items()
    }
    end = len(address)
    while address[end - 1] in _TAIL or surplus.get(address[end - 1], 0) > 0:
        if address[end - 1] in surplus:
            surplus[address[end - 1]] -= 1
        end -= 1  # ends at the latest with the letters of the scheme
    return address[:end]


def _is_link(address: str) -> bool:
    """An address that says where it leads: no name before an @ (`https://bank.be@evil.example`), no mail headers."""
    if len(address) > LINK_LENGTH:
        return False
    try:
        parts = urlsplit(address)
    except ValueError:  # an unclosed IPv6 bracket, say: then it is text
        return False
    if parts.scheme == "mailto":
        name, at, host = parts.path.partition("@")
        return bool(name and at and "." in host and "@" not in host and not parts.query)
    return any(map(str.isalnum, parts.hostname or "")) and "@" not in parts.netloc and "%" not in parts.netloc
