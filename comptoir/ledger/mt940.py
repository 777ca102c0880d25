"""SWIFT MT940 statements and MT942 reports, as banks write them rather than as SWIFT does. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from comptoir.ledger.figures import comma_amount, lenient_day, tidy
from comptoir.ledger.mt940_words import described
from comptoir.ledger.records import Code, MovementRead, StatementRead, Unreadable, warning

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date
    from decimal import Decimal

    from comptoir.ledger.records import Finding

LINES_AT_MOST = 500_000
_TAG = re.compile(r":([0-9]{2}[A-Z]?|NS|940):", re.ASCII)
_BALANCE = re.compile(r"([CD])([0-9]{6})([A-Z]{3}|)([0-9]{0,20},?[0-9]{0,6})", re.ASCII)
# Day, day of booking (left out or blank at times), direction, the currency's last letter, amount, kind, the rest.
_MOVEMENT = re.compile(
    r"([0-9]{6})([0-9]{4}|[ ]{4}|)([ ]?)(R?[CD]|E[CD])([A-Z]?)[ ]?([0-9]{1,15}(?:,[0-9]{0,6})?)([A-Z][A-Z0-9 ]{3})?(.*)",
    re.ASCII,
)
_OPENING, _CLOSING = ("60F", "60M"), ("62F", "62M")
_CURRENCY_BEHIND = re.compile(r"[0-9]([A-Za-z]{3})\Z")
_FLOOR = re.compile(r"([A-Z]{3})", re.ASCII)


@dataclass
class _Field:
    tag: str
    line: int
    text: str
    more: list[str] = field(default_factory=list)


@dataclass
class _Statement:
    line: int
    fields: list[_Field] = field(default_factory=list)

    def first(self, *tags: str) -> _Field | None:
        return next((one for one in self.fields if one.tag in tags), None)

    def last(self, *tags: str) -> _Field | None:
        return next((one for one in reversed(self.fields) if one.tag in tags), None)


def read_mt940(content: str) -> tuple[StatementRead, ...]:
    """Every statement. Raises Unreadable, with the line, for a field that cannot be read or if there is no field."""
    statements = tuple(_statement(one) for one in _split(_fields(content)))
    if not statements:
        raise Unreadable(Code.NO_STATEMENT)
    return statements


def _fields(content: str) -> Iterator[_Field]:
    current: _Field | None = None
    for number, line in enumerate(content.splitlines(), start=1):
        if number > LINES_AT_MOST:
            raise Unreadable(Code.TOO_MANY, line=number)
        match = _TAG.match(line)
        if match is not None:
            if current is not None:
                yield current
            current = _Field(match.group(1), number, line[match.end() :])
        elif line.startswith(("-}", "{1:", "{4:")) or line.strip() == "-":
            if current is not None:
                yield current
            current = _Field("-", number, "")
        elif current is not None:
            current.more.append(line)
    if current is not None:
        yield current


def _split(fields: Iterator[_Field]) -> Iterator[_Statement]:
    """A statement begins with :20:, or after the end of another."""
    current = _Statement(1)
    for one in fields:
        if one.tag in {"20", "-"}:
            if current.fields:
                yield current
            current = _Statement(one.line)
        if one.tag != "-":
            current.fields.append(one)
    if current.fields:
        yield current


def _statement(statement: _Statement) -> StatementRead:
    opening = _balance(statement.first(*_OPENING))
    closing = _balance(statement.last(*_CLOSING))
    account, currency = _account(statement.first("25"))
    currency = (opening or closing or (None, None, ""))[2] or _floor(statement) or currency or "EUR"
    movements, warnings = _movements(statement, currency)
    days = [one.booked_on for one in movements if one.booked_on]
    number = statement.first("28C", "28")
    return StatementRead(
        account=account,
        currency=currency,
        number="" if number is None else number.text.strip()[:20],
        opened_on=opening[1] if opening else min(days, default=None),
        closed_on=closing[1] if closing else max(days, default=None),
        opening=opening[0] if opening else None,
        closing=closing[0] if closing else None,
        movements=movements,
        warnings=warnings,
    )


def _account(written: _Field | None) -> tuple[str, str]:
    """Bank and account, perhaps with its currency behind it: `51210600/9223382012EUR`."""
    text = "" if written is None else written.text.strip()
    behind = _CURRENCY_BEHIND.search(text)
    currency = behind[1] if behind else ""
    if text.count("/") == 1 and not text.partition("/")[0].isdigit():
        text = text.partition("/")[2]
    text = text.removesuffix(currency) if currency else text
    return tidy(text)[:34], currency.upper()


def _floor(statement: _Statement) -> str:
    """A report (MT942) has no balance; its limit names the currency."""
    limit = statement.first("34F")
    match = _FLOOR.match(limit.text) if limit else None
    return match.group(1) if match else ""


def _balance(written: _Field | None) -> tuple[Decimal, date, str] | None:
    if written is None:
        return None
    match = _BALANCE.match(written.text.strip())
    if match is None:
        raise Unreadable(Code.BAD_AMOUNT, line=written.line, value=written.text)
    side, day, currency, amount = match.groups()
    value = comma_amount(re.sub(r"^0+(?=[0-9])", "", amount), line=written.line)
    return (-value if side == "D" else value), _day(day, written.line), currency


def _day(written: str, line: int) -> date:
    return lenient_day(2000 + int(written[:2]), int(written[2:4]), int(written[4:6]), line=line)


def _movements(statement: _Statement, currency: str) -> tuple[tuple[MovementRead, ...], tuple[Finding, ...]]:
    """A movement and the descriptions behind it: several :86: belong to one; one before any to the statement."""
    found: list[tuple[_Field, list[_Field]]] = []
    for one in statement.fields:
        if one.tag == "61":
            found.append((one, []))
        elif one.tag in {"86", "NS"} and found:
            found[-1][1].append(one)
    read = tuple(_movement(first, rest, currency) for first, rest in found)
    is_whole = statement.first(*_OPENING) is not None and statement.first(*_CLOSING) is not None
    warnings = () if is_whole else (warning(Code.NO_BALANCE, line=statement.line),)
    return read, warnings


def _movement(written: _Field, described_by: list[_Field], currency: str) -> MovementRead:
    # A bank may break the line before the amount.
    match = _MOVEMENT.match(written.text.strip()) or _MOVEMENT.match(
        "".join([written.text, *written.more[:1]]).strip()
    )
    if match is None:
        raise Unreadable(Code.BAD_RECORD, line=written.line, value=written.text[:60])
    valued, booked, _blank, side, _letter, amount, kind, rest = match.groups()
    value = comma_amount(amount, line=written.line)
    valued_on = _day(valued, written.line)
    own, _, banks = rest.partition("//")
    said = described([[one.text, *one.more] for one in described_by])
    supplement = " ".join(" ".join(written.more).split())
    return MovementRead(
        # RC takes back a credit, RD a debit; EC and ED are expected ones of a report.
        amount=-value if side in {"D", "RC", "ED"} else value,
        currency=currency,
        booked_on=_booked(valued_on, booked, written.line),
        valued_on=valued_on,
        party=said.party,
        party_iban=said.iban,
        party_bic=said.bic,
        structured=said.structured,
        text=said.text or supplement[:2000],
        bank_reference=banks.strip()[:35],
        end_to_end=said.end_to_end or ("" if own.strip() == "NONREF" else own.strip()[:35]),
        code=(kind or "").strip(),
    )


def _booked(valued_on: date, written: str, line: int) -> date:
    """Month and day, of the year nearest to the value date: 1231 after 0102 is of the year before."""
    if not written.strip():
        return valued_on
    month, number = int(written[:2]), int(written[2:])
    if not month:
        return valued_on
    year = valued_on.year
    if month - valued_on.month > 6:  # noqa: PLR2004 -- half a year
        year -= 1
    elif valued_on.month - month > 6:  # noqa: PLR2004 -- as above
        year += 1
    return lenient_day(year, month, number, line=line)
