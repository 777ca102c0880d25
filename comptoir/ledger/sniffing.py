"""Which kind of file this is, by what is in it; the name is only asked where the content leaves it open. Pure."""

from __future__ import annotations

import re

from comptoir.ledger.records import Code, FileKind, Unreadable

_XML = re.compile(rb"\s*(?:<\?xml|<[A-Za-z!])", re.ASCII)
_CODA = re.compile(r"0000[0 ][0-9]{6}[0-9 ]{3}[0-9]{2}.{60}", re.ASCII)
_MT940 = re.compile(r"(?m)^:(?:20|25|28C?|60[FM]|61|62[FM]|64|86|NS):")
_HEAD = 20_000
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_SUFFIXES_OF_MT940 = (".sta", ".mt940", ".940", ".mt942", ".942", ".swi")


def is_xml(data: bytes) -> bool:
    head = data[:64].removeprefix(b"\xef\xbb\xbf")
    return bool(_XML.match(head)) or (data[:2] in _UTF16 and b"<" in data[2:64]) or b"<?" in data[:40:2]


def text_kind(content: str, name: str) -> FileKind:
    """CODA, MT940 or CSV. Raises Unreadable if it is none of them."""
    head = content[:_HEAD]
    if _is_coda(head):
        return FileKind.CODA
    if _MT940.search(head) or name.lower().endswith(_SUFFIXES_OF_MT940):
        return FileKind.MT940
    first = next((line for line in head.splitlines() if line.strip()), "")
    if "\x00" not in head and any(first.count(mark) >= 1 for mark in ";\t,"):
        return FileKind.CSV
    if name.lower().endswith((".csv", ".tsv")):
        return FileKind.CSV
    raise Unreadable(Code.UNKNOWN_KIND)


def _is_coda(head: str) -> bool:
    """A header record: the day, the bank and the application's code, each at its place."""
    first = next((line for line in head.splitlines() if line.strip()), "")
    return bool(_CODA.match(first)) and first[127:128] in {"1", "2", " ", ""}


def decoded(data: bytes) -> str:
    """Banks write Latin-1 or Windows' form of it as often as UTF-8; nothing is lost by either."""
    if data[:2] in _UTF16:
        return data.decode("utf-16", errors="replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")
