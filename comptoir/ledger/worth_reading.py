"""Whether a file that came without a word about it is one for the accounts."""

from __future__ import annotations

from comptoir.ledger.reading import read
from comptoir.ledger.records import FileKind, Unreadable
from comptoir.ledger.sniffing import decoded, is_xml, text_kind


def is_for_the_accounts(data: bytes, name: str) -> bool:
    """What is XML or a bank's own format, also where it is broken: then the accounts say why. A CSV may be anything."""
    if is_xml(data):
        return True
    try:
        if data.lstrip().startswith(b"%PDF-"):
            return bool(read(data, name).invoices)
        return text_kind(decoded(data), name) is not FileKind.CSV
    except Unreadable:
        return False
