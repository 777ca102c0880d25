"""What stands in a mail's headers: words, addresses, ids, parameters. Pure, tolerant, and linear in their length.

The standard library's own header objects are not used: some of its parsers raise what they do not document,
recurse as deep as the sender nests brackets, or take quadratic time. These read what mail programs really write.
"""

from __future__ import annotations

import base64
import binascii
import quopri
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_tz
from typing import TYPE_CHECKING
from urllib.parse import unquote_to_bytes

from comptoir.mailbox.charsets import text_of

if TYPE_CHECKING:
    from collections.abc import Iterator

HEADER_LENGTH = 16_000
ADDRESS_LENGTH = 320
IDS = 100

# Both runs end at the `?` that they may not contain: there is nothing to go back for.
_ENCODED = re.compile(r"=\?([\w.:+-]{1,40})(?:\*[A-Za-z0-9-]{1,20})?\?([bBqQ])\?([^?]*)\?=", re.ASCII)
_MESSAGE_ID = re.compile(r"<([^<>\s]{3,998})>")
_DOMAIN = re.compile(r"[^\s@\"'(),:;<>\[\]\\/]{1,255}")
_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]+")


@dataclass(frozen=True, slots=True)
class Address:
    """`address` is lower case, as everywhere in the product."""

    name: str
    address: str

    @property
    def domain(self) -> str:
        return self.address.rpartition("@")[2]


def unfolded(value: str) -> str:
    """On one line; bytes that are no ASCII (the parser hands them on as surrogates) are read as UTF-8 if they are."""
    line = value[:HEADER_LENGTH]
    if not line.isascii():
        line = text_of(line.encode("utf-8", "surrogateescape"))
    return _CONTROLS.sub(" ", line.replace("\r", "").replace("\n", "")).strip()


def decoded(value: str) -> str:
    """Encoded words as what they say, blanks as one."""
    parts: list[str] = []
    held: list[bytes] = []  # a character may be cut in two between words
    charset, done = "", 0
    for word in _ENCODED.finditer(value):
        between = value[done : word.start()]
        if held and (between.strip() or word[1].lower() != charset):
            parts.append(text_of(b"".join(held), charset))
            held = []
        if between.strip() or not done:
            parts.append(between)
        held.append(_bytes_of(word[2], word[3]))
        charset, done = word[1].lower(), word.end()
    if held:
        parts.append(text_of(b"".join(held), charset))
    parts.append(value[done:])
    return " ".join(_CONTROLS.sub(" ", "".join(parts)).split())


def _bytes_of(encoding: str, word: str) -> bytes:
    raw = word.encode("utf-8", "replace")
    if encoding in "qQ":
        return quopri.decodestring(raw, header=True)
    raw = raw.replace(b" ", b"").rstrip(b"=")
    try:
        return base64.b64decode(raw + b"=" * (-len(raw) % 4))
    except binascii.Error:  # not base64 after all: then it is shown as it came
        return raw


def addresses(value: str) -> tuple[Address, ...]:
    """All that look like addresses, in order. Two in one place (`a@b <c@d> <e@f>`) stay two: the caller judges."""
    found: list[Address] = []
    name: list[str] = []
    for kind, text in _tokens(value):
        if kind == "angle":
            found += _address(text, name="".join(name))
            name = []
        elif kind == "separator":
            found += _address("".join(name), name="")
            name = []
        else:
            name.append(text)
    found += _address("".join(name), name="")
    return tuple(found)


def _tokens(value: str) -> Iterator[tuple[str, str]]:
    """`<…>`, separators, and the text between, without comments; quoted text counts as text whatever is in it."""
    at, end = 0, len(value)
    while at < end:
        char = value[at]
        if char == '"':
            text, at = _quoted_text(value, at + 1)
            yield "text", text
        elif char == "(":
            at = comment_end(value, at) or end
        elif char == "<":
            close = value.find(">", at)
            close = end if close < 0 else close
            yield "angle", value[at + 1 : close]
            at = close + 1
        else:
            # A colon ends the name of a group (`Undisclosed recipients:;`).
            yield ("separator", char) if char in ",;:" else ("text", char)
            at += 1


def _quoted_text(value: str, at: int) -> tuple[str, int]:
    chars: list[str] = []
    while at < len(value) and value[at] != '"':
        at += value[at] == "\\"
        chars.append(value[at : at + 1])
        at += 1
    return "".join(chars), at + 1


def comment_end(value: str, at: int) -> int | None:
    """The place behind the comment that opens at `at`; comments nest. None for one that never closes."""
    depth = 0
    while at < len(value):
        char = value[at]
        depth += (char == "(") - (char == ")")
        at += 2 if char == "\\" else 1
        if not depth:
            return at
    return None


def _address(text: str, *, name: str) -> list[Address]:
    spec = text.strip().rpartition(":")[2].strip()  # before a colon: an obsolete route
    local, at, domain = spec.rpartition("@")
    fits = local and at and len(spec) <= ADDRESS_LENGTH and not any(map(str.isspace, local))
    if not fits or not _DOMAIN.fullmatch(domain):
        return []
    return [Address(decoded(name.strip()), spec.lower())]


def message_ids(value: str) -> tuple[str, ...]:
    """The ids without their angle brackets; of very many the last, which are the nearest."""
    return tuple(_MESSAGE_ID.findall(value))[-IDS:]


def moment(value: str) -> datetime | None:
    """None for what is no date; a date that names no zone is taken as UTC."""
    try:
        parts = parsedate_tz(value[:100])
        if parts is None:
            return None
        offset = parts[9] or 0
        return datetime.fromtimestamp(datetime(*parts[:6], tzinfo=UTC).timestamp() - offset, UTC)
    except (ValueError, TypeError, OverflowError, OSError, IndexError):  # all of them on a date made to hurt
        return None


# ── Parameters: `text/plain; charset=utf-8; format=flowed` ───────────────


def parameters(value: str) -> tuple[str, dict[str, str]]:
    """The first word in lower case, and the parameters; in pieces or percent-encoded (RFC 2231) or plain."""
    first, *rest = _between_semicolons(value)
    plain: dict[str, str] = {}
    pieces: dict[str, list[tuple[int, str]]] = {}
    for part in rest:
        key, equals, given = part.partition("=")
        name, star, tail = key.strip().lower().partition("*")
        if not equals or not name:
            continue
        if star:
            pieces.setdefault(name, []).append((_place(tail), _unquoted(given.strip())))
        else:
            plain.setdefault(name, decoded(_unquoted(given.strip())))
    # A program that writes a name both ways writes the plain one for those who cannot read the other.
    return first.strip().lower(), plain | {name: _joined(sorted(parts)) for name, parts in pieces.items()}


def _place(tail: str) -> int:
    number = tail.rstrip("*")
    return int(number) if number.isascii() and number.isdigit() and len(number) < len("1000") else 0


def _between_semicolons(value: str) -> Iterator[str]:
    start = at = 0
    is_quoted = False
    while at < len(value):
        char = value[at]
        if char == '"':
            is_quoted = not is_quoted
        elif char == "\\" and is_quoted:
            at += 1
        elif char == ";" and not is_quoted:
            yield value[start:at]
            start = at + 1
        at += 1
    yield value[start:]


def _unquoted(given: str) -> str:
    return _quoted_text(given, 1)[0] if given.startswith('"') else given


def _joined(pieces: list[tuple[int, str]]) -> str:
    charset, _, value = pieces[0][1].partition("'")
    if "'" not in value:  # it names no alphabet, so nothing is percent-encoded
        return decoded("".join(text for _, text in pieces))
    first = value.partition("'")[2]
    texts = [first, *(text for _, text in pieces[1:])]
    return decoded(text_of(unquote_to_bytes("".join(texts)), charset))
