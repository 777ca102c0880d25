"""What banks write into the description of an MT940 movement: German ?20 fields, Dutch /NAME/ words, or prose. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass

from comptoir.ledger.figures import is_iban, structured_reference, tidy

TEXT_LENGTH = 2000
_LONGEST = 20_000
_SUBFIELD = re.compile(r"[?>~]([0-9]{2})", re.ASCII)
_SLASHED = re.compile(
    r"/(EREF|BENM|ORDP|NAME|REMI|IBAN|BIC|CSID|MARF|TRTP|SWOC|RTRN|ISDT|PREF|RREF|ADDR|ID|CNTP|USTD|STRD)/",
    re.ASCII,
)
_SEPA_WORD = re.compile(r"(EREF|KREF|MREF|CRED|DEBT|SVWZ|ABWA|ABWE|BIC|IBAN)\+", re.ASCII)
_IBAN_IN_TEXT = re.compile(r"\b[A-Z]{2}[0-9]{2}[A-Z0-9]{10,30}\b", re.ASCII)
_USAGE = frozenset({*(f"{number}" for number in range(20, 30)), *(f"{number}" for number in range(60, 64))})


@dataclass(frozen=True)
class Described:
    text: str = ""
    party: str = ""
    iban: str = ""
    bic: str = ""
    structured: str = ""
    end_to_end: str = ""


def described(parts: list[list[str]]) -> Described:
    """`parts` are the lines of each description field of one movement."""
    lines = [line for part in parts for line in part]
    joined = "".join(line.rstrip("\r\n") for line in lines)[:_LONGEST]
    if _SUBFIELD.search(joined[:60]):
        return _by_subfields(joined)
    if _SLASHED.search(joined):
        return _by_words(joined)
    text = " ".join(" ".join(lines).split())[:TEXT_LENGTH]
    match = next((one.group() for one in _IBAN_IN_TEXT.finditer(text) if is_iban(one.group())), "")
    return Described(text=text, iban=match, structured=structured_reference(text))


def _by_subfields(joined: str) -> Described:
    """A code, then ?00 the kind, ?20 to ?29 and ?60 to ?63 the text, ?30 bank, ?31 account, ?32 and ?33 the name."""
    pieces = _SUBFIELD.split(joined)
    found: dict[str, str] = {}
    for tag, content in zip(pieces[1::2], pieces[2::2], strict=True):
        found[tag] = found.get(tag, "") + content
    usage = "".join(found.get(tag, "") for tag in sorted(found) if tag in _USAGE)
    words = _words(usage, _SEPA_WORD)
    text = words.get("SVWZ") or usage
    account = tidy(found.get("31", "") or words.get("IBAN", ""))[:34]
    bank = tidy(found.get("30", ""))
    kind = found.get("00", "").strip()
    return Described(
        text=" ".join((text or kind).split())[:TEXT_LENGTH],
        party=" ".join((found.get("32", "") + found.get("33", "")).split()),
        iban=account,
        bic=bank[:11] if not bank.isdigit() else "",
        structured=structured_reference(text),
        end_to_end=words.get("EREF", "").strip()[:140],
    )


def _by_words(joined: str) -> Described:
    """`/BENM//NAME/J. Doe/REMI/Invoice 12/ISDT/…`"""
    words = _words(joined, _SLASHED)
    text = words.get("REMI", "").strip().removeprefix("USTD//").strip("/ ")
    return Described(
        text=" ".join((text or joined).split())[:TEXT_LENGTH],
        party=" ".join(words.get("NAME", "").split())[:140],
        iban=tidy(words.get("IBAN", ""))[:34],
        bic=tidy(words.get("BIC", ""))[:11],
        structured=structured_reference(text),
        end_to_end=words.get("EREF", "").strip("/ ")[:140],
    )


def _words(text: str, mark: re.Pattern[str]) -> dict[str, str]:
    pieces = mark.split(text)
    found: dict[str, str] = {}
    for word, content in zip(pieces[1::2], pieces[2::2], strict=True):
        found.setdefault(word, content.strip("/ "))
    return found
