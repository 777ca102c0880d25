"""Amounts, days and numbers as files write them. Pure, and in time proportional to the text."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from functools import lru_cache

from stdnum import iban as iban_check
from stdnum import iso11649
from stdnum.exceptions import ValidationError

from comptoir.ledger.records import Code, Unreadable

# Fifteen digits before the point: beyond, it is no amount of a company, and a database would round it.
_AMOUNT = re.compile(r"[+-]?(?:[0-9]{1,15}(?:\.[0-9]{0,12})?|\.[0-9]{1,12})", re.ASCII)
_DAY = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})(?:T.{0,40}|Z|[+-][0-9]{2}:[0-9]{2})?", re.ASCII)
_SHAPE_OF_NUMBER = re.compile(r"[^0-9A-Za-z]")
_TWELVE = 12
_FIRST_YEAR, _LAST_YEAR = 1900, 2199
_FEBRUARY = 2


def amount(text: str, *, line: int | None = None, what: str = "") -> Decimal:
    """`1234.50`; raises Unreadable for anything else, exponents and NaN included."""
    text = text.strip()
    if len(text) > 30 or not _AMOUNT.fullmatch(text):  # noqa: PLR2004 -- sign, 15 digits, point, 12 digits and slack
        raise Unreadable(Code.BAD_AMOUNT, line=line, value=text, what=what)
    return Decimal(text)


def comma_amount(text: str, *, line: int | None = None) -> Decimal:
    """`1234,50` or `1234,` as SWIFT writes it."""
    return amount(text.strip().replace(",", ".", 1), line=line)


def day(text: str, *, line: int | None = None) -> date:
    """`2026-11-24`, with a time or zone behind it or not; raises Unreadable."""
    match = _DAY.fullmatch(text.strip()[:60])
    if match is None:
        raise Unreadable(Code.BAD_DATE, line=line, value=text.strip()[:40])
    return calendar_day(*(int(part) for part in match.groups()), line=line)


def calendar_day(year: int, month: int, number: int, *, line: int | None = None) -> date:
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        raise Unreadable(Code.BAD_DATE, line=line, value=f"{year:04}-{month:02}-{number:02}")
    try:
        return date(year, month, number)
    except ValueError as wrong:
        raise Unreadable(Code.BAD_DATE, line=line, value=f"{year:04}-{month:02}-{number:02}") from wrong


def lenient_day(year: int, month: int, number: int, *, line: int | None = None) -> date:
    """A bank that counts thirty days in each month writes 30 February: the month's last day is meant."""
    if month == _FEBRUARY and number in {29, 30}:
        return calendar_day(year, 3, 1, line=line) - (date(2000, 3, 1) - date(2000, 2, 29))
    return calendar_day(year, month, number, line=line)


def tidy(text: str) -> str:
    """Letters and digits only, capitals: how numbers of accounts and companies are compared."""
    return _SHAPE_OF_NUMBER.sub("", text[:200]).upper()


@lru_cache(maxsize=4096)
def is_iban(text: str) -> bool:
    """Whether the tidied text passes the IBAN's check."""
    try:
        iban_check.validate(text)
    except (ValidationError, ValueError):
        return False
    return True


def looks_like_iban(text: str) -> bool:
    """Two letters and two digits: it means to be one, so a failing check is worth a warning."""
    return (
        len(text) >= 15  # noqa: PLR2004 -- the shortest IBAN, Norway's
        and text[:2].isalpha()
        and text[2:4].isdigit()
    )


def belgian_reference(digits: str) -> str:
    """The twelve digits if the last two are the others modulo 97 (97 for 0), else ""."""
    if len(digits) != _TWELVE or not (digits.isascii() and digits.isdigit()):
        return ""
    return digits if int(digits[:10]) % 97 == int(digits[10:]) % 97 and digits[10:] != "00" else ""


# +++090/9337/55493+++ or ***…***, the marks left out at times; and nothing longer round it.
_IN_TEXT = re.compile(r"(?<![0-9])([0-9]{3})/([0-9]{4})/([0-9]{5})(?![0-9])", re.ASCII)
_BARE = re.compile(r"[+*/\s]*([0-9]{12})[+*/\s]*", re.ASCII)
_RF = re.compile(r"\bRF[0-9]{2}[0-9A-Z ]{1,26}", re.ASCII)


def structured_reference(text: str) -> str:
    """The structured communication in a text: twelve digits, or RF and what follows; "" if none passes its check."""
    text = text[:500]
    for match in _IN_TEXT.finditer(text):
        if found := belgian_reference("".join(match.groups())):
            return found
    if (bare := _BARE.fullmatch(text)) and (found := belgian_reference(bare.group(1))):
        return found
    creditor = _RF.search(text.upper())
    if creditor is not None:
        reference = creditor.group().replace(" ", "")
        try:
            return str(iso11649.validate(reference))
        except ValidationError:
            return ""
    return ""


def failed_reference(text: str) -> str:
    """A Belgian structured communication whose check digits are wrong, as it was written; "" if there is none."""
    for match in _IN_TEXT.finditer(text[:500]):
        if not belgian_reference("".join(match.groups())):
            return match.group()
    return ""


def reference_shown(reference: str) -> str:
    """`+++090/9337/55493+++` for the twelve digits; anything else stays."""
    if len(reference) == _TWELVE and reference.isdigit():
        return f"+++{reference[:3]}/{reference[3:7]}/{reference[7:]}+++"
    return reference


def account_shown(number: str) -> str:
    """`BE41 6792 0036 4210` for an IBAN; anything else stays."""
    return str(iban_check.format(number)) if is_iban(number) else number
