"""Bytes of a mail's text to text, whatever they claim to be, and the long lines of `format=flowed`. Pure."""

from __future__ import annotations

import codecs
import re

# Python has codecs that are no alphabets (punycode, idna, unicode_escape), some of them slow: only these are asked.
_KNOWN = re.compile(
    r"utf-?8|utf-?16(?:le|be)?|utf-?32(?:le|be)?|(?:iso-?)?8859-?\d{1,2}|latin-?\d|l\d|(?:windows|cp)-?\d{3,4}"
    r"|koi8-?[rut]|gb2312|gbk|gb18030|big5(?:-?hkscs)?|shift-?jis|euc-?(?:jp|kr)|iso-?2022-?(?:jp|kr)"
    r"|mac-?roman|us-?ascii|ascii"
)
# What is labelled so is in practice its larger sibling from Windows, as browsers read it too.
_SIBLINGS = {"iso8859-1": "cp1252", "ascii": "cp1252", "gb2312": "gb18030", "euc_kr": "cp949"}
_SINGLE_BYTES = ("cp125", "cp43", "cp8", "iso8859", "koi8", "mac")


def text_of(data: bytes, charset: str = "") -> str:
    """Never fails: a wrong or unknown charset is corrected if the bytes are UTF-8, else the reading shows it by `�`."""
    if data.startswith(codecs.BOM_UTF8):
        return data[len(codecs.BOM_UTF8) :].decode("utf-8", "replace")
    named = _codec(charset)
    # In an alphabet of single bytes everything reads as something; but nothing is valid UTF-8 by accident.
    order = ("utf-8", named) if named.startswith(_SINGLE_BYTES) else (named, "utf-8")
    for codec in order:
        try:
            return data.decode(codec)
        except UnicodeError:
            continue
    text = data.decode(named, "replace")
    # Called UTF-8 without a single letter of it: then it is the old alphabet after all, not one damaged byte.
    is_mistaken = named == "utf-8" and all(char.isascii() or char == "\ufffd" for char in text)
    return data.decode("cp1252", "replace") if is_mistaken else text


def _codec(charset: str) -> str:
    wanted = charset.strip().strip("'\"").lower().replace("_", "-")[:40]
    if not _KNOWN.fullmatch(wanted):
        return "cp1252"
    try:
        name = codecs.lookup(wanted).name
    except LookupError:  # iso-8859-12, say, was never made
        return "cp1252"
    return _SIBLINGS.get(name, name)


# ── format=flowed (RFC 3676) ─────────────────────────────────────────────


def unflowed(text: str, *, joins_words: bool = False) -> str:
    """Lines that a program broke only for transport, whole again; `joins_words` is the parameter `DelSp=yes`."""
    lines: list[str] = []
    pieces: list[str] = []
    depth = 0
    for raw in text.split("\n"):
        found, line = _unquoted(raw.removesuffix("\r"))
        is_signature = line == "-- "
        if pieces and (found != depth or is_signature):
            lines.append(_quoted("".join(pieces), depth))
            pieces = []
        depth = found
        is_flowing = line.endswith(" ") and not is_signature
        pieces.append(line[:-1] if is_flowing and joins_words else line)
        if not is_flowing:
            lines.append(_quoted("".join(pieces), depth))
            pieces = []
    if pieces:
        lines.append(_quoted("".join(pieces), depth))
    return "\n".join(lines)


def _unquoted(line: str) -> tuple[int, str]:
    """How deep it is quoted, and the line without quote marks and without the blank that guards its start."""
    bare = line.lstrip(">")
    return len(line) - len(bare), bare.removeprefix(" ")


def _quoted(line: str, depth: int) -> str:
    return f"{'>' * depth} {line}" if depth else line
