"""What stands in the communication of a CODA movement: free text, or one of the structured kinds. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from comptoir.ledger.figures import belgian_reference, structured_reference

TEXT_LENGTH = 2000
# Kinds whose content begins with the twelve digits of a structured communication: with check, or credit transfer.
_TWELVE_DIGITS = frozenset({"101", "102", "103"})
_KIND_107, _KIND_127, _ISO = "107", "127", "100"


@dataclass(frozen=True)
class Said:
    text: str = ""
    structured: str = ""
    party: str = ""
    iban: str = ""


def tidy_text(text: str) -> str:
    return " ".join(text.split())


def communication_of(written: str, information: str) -> Said:
    """`written` begins with 0 (free) or 1 and the kind's three digits; `information` likewise (records 31 to 33)."""
    more, party = _information(information)
    if not written.startswith("1"):
        text = tidy_text(written[1:])
        whole = tidy_text(f"{text} {more}")[:TEXT_LENGTH]
        return Said(whole, structured_reference(text) or structured_reference(more), party)
    kind, content = written[1:4], written[4:]
    if kind in _TWELVE_DIGITS:
        digits = content[:12]
        return Said(
            tidy_text(f"{'' if belgian_reference(digits) else digits} {more}"),
            belgian_reference(digits),
            party,
        )
    if kind == _ISO:
        return Said(tidy_text(f"{content[:35]} {more}"), structured_reference(content[:35]), party)
    if kind == _KIND_127:
        return _sepa_direct_debit(content, more, party)
    if kind == _KIND_107:
        text = tidy_text(f"{content[12:42]} {content[42:57]} {more}")
        return Said(text[:TEXT_LENGTH], structured_reference(text), party)
    return Said(tidy_text(f"{content} {more}")[:TEXT_LENGTH], "", party)


def _sepa_direct_debit(content: str, more: str, party: str) -> Said:
    """Date 6, type 1, scheme 1, paid or reason 1, creditor 35, mandate 35, communication 62, reversal 1, reason 4."""
    communication = content[79:141]
    text = tidy_text(f"{communication} {content[44:79]} {content[9:44]} {more}")
    return Said(text[:TEXT_LENGTH], structured_reference(tidy_text(communication)), party)


def _information(written: str) -> tuple[str, str]:
    """Text and party of the information records; kinds 001, 008 and 009 are names and addresses."""
    if not written:
        return "", ""
    if written.startswith("1"):
        if written[1:4] in {"001", "008", "009"}:
            return "", tidy_text(written[4:74])
        return tidy_text(written[4:])[:TEXT_LENGTH], ""
    return tidy_text(written[1:])[:TEXT_LENGTH], ""
