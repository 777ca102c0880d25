"""Movements of an account as a bank's website exports them: a CSV whose columns somebody, or its headings, names. Pure."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass, fields
from decimal import Decimal
from itertools import islice
from typing import TYPE_CHECKING

from comptoir.core.text import fold
from comptoir.ledger.bank_csv_words import HEADINGS
from comptoir.ledger.figures import amount, calendar_day, structured_reference, tidy
from comptoir.ledger.records import Code, MovementRead, StatementRead, Unreadable, warning

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from comptoir.ledger.records import Finding

ROWS_AT_MOST = 100_000
CELL_AT_MOST = 10_000
# Belgian banks put up to a dozen lines about the account before the table.
_LINES_BEFORE = 20
_FEWEST_COLUMNS = 3  # a day, an amount and who
_DAY_FIRST = re.compile(r"([0-9]{1,2})[-/. ]([0-9]{1,2})[-/. ]([0-9]{4}|[0-9]{2})(?:[ T].{0,20})?", re.ASCII)
_YEAR_FIRST = re.compile(r"([0-9]{4})[-/.]?([0-9]{2})[-/.]?([0-9]{2})(?:[ T].{0,20})?", re.ASCII)
_CENTURY = 100


@dataclass(frozen=True)
class Columns:
    """The heading of each column, as the file writes it; "" where there is none. `date` and an amount are needed.

    The amount is one signed column, or two: `debit` and `credit`.
    """

    date: str = ""
    amount: str = ""
    debit: str = ""
    credit: str = ""
    value_date: str = ""
    currency: str = ""
    account: str = ""
    party: str = ""
    party_iban: str = ""
    party_bic: str = ""
    text: str = ""
    structured: str = ""
    reference: str = ""
    statement: str = ""

    @property
    def is_enough(self) -> bool:
        return bool(self.date and (self.amount or self.debit or self.credit))


def read_csv(content: str, *, columns: Columns | None = None, account: str = "") -> tuple[StatementRead, ...]:
    """One statement for each account and statement number. Raises Unreadable if a date or an amount has no column.

    A row without a date or an amount is left out, with a warning; one with a wrong amount as well. Where all are, what is
    wrong with the first is the reason. Headings that are a movement themselves are taken as one: the file has none.
    """
    rows = _rows(content)
    place, headings, chosen = _table(rows, columns)
    index = {name: headings.index(heading) for name, heading in _named(chosen) if heading in headings}
    groups: dict[tuple[str, str, str], list[MovementRead]] = {}
    wrong: list[Finding] = []
    for line, row in rows[place:]:
        cells = {name: row[at].strip() for name, at in index.items() if at < len(row)}
        try:
            if any(cells.values()):
                movement = _movement(cells, line)
                groups.setdefault(_key(cells, account, movement), []).append(movement)
        except Unreadable as unreadable:
            wrong.append(unreadable.why)
    wrong = [one for one in wrong if one.line != rows[place][0]]
    if not groups:
        why = wrong[0] if wrong else warning(Code.NO_STATEMENT, line=rows[place][0])
        raise Unreadable(why.code, line=why.line, **dict(why.params))
    skipped = tuple(
        warning(Code.LINE_SKIPPED, line=one.line, value=dict(one.params).get("value", "")) for one in wrong
    )
    return tuple(_statement(key, movements, skipped) for key, movements in groups.items())


def _key(cells: Mapping[str, str], account: str, movement: MovementRead) -> tuple[str, str, str]:
    number = tidy(cells.get("account", "") or account)[:34]
    return number, cells.get("statement", "")[:20], movement.currency


@dataclass(frozen=True)
class Table:
    """What a person chooses columns from: the headings, and the first rows with their lines."""

    headings: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]


def table_of(content: str, *, shown: int = 5) -> Table:
    """The first row that may be a table's, and those below it. Raises Unreadable as `read_csv`."""
    rows = _rows(content)
    place = next((place for place, (_line, row) in enumerate(rows) if len(row) >= _FEWEST_COLUMNS), len(rows))
    below = ((line, tuple(cell.strip()[:80] for cell in row)) for line, row in rows[place + 1 :] if any(row))
    return Table(tuple(_first_headings(rows)), tuple(islice(below, shown)))


def _first_headings(rows: list[tuple[int, list[str]]]) -> list[str]:
    row = next((row for _line, row in rows if len(row) >= _FEWEST_COLUMNS), [])
    return [cell.strip() for cell in row]


def _rows(content: str) -> list[tuple[int, list[str]]]:
    head = content[:5000]
    delimiter = max(";\t,", key=head.count)
    reader = csv.reader(io.StringIO(content, newline=""), delimiter=delimiter)
    rows: list[tuple[int, list[str]]] = []
    try:
        for row in islice(reader, ROWS_AT_MOST + 1):
            if any(len(cell) > CELL_AT_MOST for cell in row):
                raise Unreadable(Code.TOO_LARGE, line=reader.line_num, limit=0)
            rows.append((reader.line_num, row))
    except csv.Error as wrong:
        raise Unreadable(Code.BAD_RECORD, line=reader.line_num, value=str(wrong)) from None
    if len(rows) > ROWS_AT_MOST:
        raise Unreadable(Code.TOO_MANY, line=ROWS_AT_MOST)
    return rows


def _table(rows: list[tuple[int, list[str]]], columns: Columns | None) -> tuple[int, list[str], Columns]:
    """Where the headings stand, what they are, and which is which."""
    for place, (_line, row) in enumerate(rows[:_LINES_BEFORE]):
        headings = [cell.strip() for cell in row]
        chosen = columns if columns is not None else guessed(headings)
        if chosen.is_enough and all(heading in headings for _name, heading in _named(chosen)):
            return place, headings, chosen
    raise Unreadable(Code.NO_COLUMNS, line=1, columns=", ".join(_first_headings(rows))[:200])


def _named(columns: Columns) -> Iterator[tuple[str, str]]:
    for one in fields(columns):
        if heading := getattr(columns, one.name):
            yield one.name, heading


def guessed(headings: list[str]) -> Columns:
    """By the words that banks of Belgium and France use, in four languages; the first heading that fits counts."""
    folded = {fold(heading): heading for heading in reversed(headings) if heading}
    found = {name: _first(folded, words) for name, words in HEADINGS.items()}
    return Columns(**found)


def _first(folded: Mapping[str, str], words: tuple[str, ...]) -> str:
    return next((folded[word] for word in words if word in folded), "")


def _movement(cells: Mapping[str, str], line: int) -> MovementRead:
    text = " ".join(cells.get("text", "").split())
    structured = structured_reference(cells.get("structured", "")) or structured_reference(text)
    other = cells.get("structured", "") if not structured else ""
    return MovementRead(
        amount=_amount(cells, line),
        currency=(cells.get("currency", "") or "EUR").upper()[:3],
        booked_on=_day(cells.get("date", ""), line),
        valued_on=_day(cells["value_date"], line) if cells.get("value_date") else None,
        party=" ".join(cells.get("party", "").split())[:140],
        party_iban=tidy(cells.get("party_iban", ""))[:34],
        party_bic=tidy(cells.get("party_bic", ""))[:11],
        structured=structured,
        text=" ".join(filter(None, (text, other)))[:2000],
        bank_reference=cells.get("reference", "")[:35],
    )


def _amount(cells: Mapping[str, str], line: int) -> Decimal:
    if written := cells.get("amount", ""):
        return _number(written, line)
    debit, credit = cells.get("debit", ""), cells.get("credit", "")
    if not debit and not credit:
        raise Unreadable(Code.BAD_AMOUNT, line=line, value="")
    found = Decimal(0)
    if credit:
        found += abs(_number(credit, line))
    if debit:
        found -= abs(_number(debit, line))
    return found


def _number(written: str, line: int) -> Decimal:
    """`-1.234,56`, `1,234.56`, `1 234,56 EUR`: the last of point and comma is the decimal one."""
    text = re.sub(r"[\s\u00a0\u202f'€]|EUR", "", written[:60]).replace("\N{MINUS SIGN}", "-")
    comma, point = text.rfind(","), text.rfind(".")
    decimal, other = (",", ".") if comma > point else (".", ",")
    text = text.replace(other, "")
    if text.count(decimal) > 1:  # 1.234.567: they part thousands
        text = text.replace(decimal, "")
    return amount(text.replace(",", "."), line=line)


def _day(written: str, line: int) -> date:
    if match := _YEAR_FIRST.fullmatch(written[:40]):
        year, month, number = (int(part) for part in match.groups())
        return calendar_day(year, month, number, line=line)
    if match := _DAY_FIRST.fullmatch(written[:40]):
        number, month, year = (int(part) for part in match.groups())
        return calendar_day(year if year >= _CENTURY else 2000 + year, month, number, line=line)
    raise Unreadable(Code.BAD_DATE, line=line, value=written[:40])


def _statement(
    key: tuple[str, str, str], movements: list[MovementRead], warnings: tuple[Finding, ...]
) -> StatementRead:
    """A CSV has no balances, so nothing can be checked against one; a gap is found by numbers only."""
    account, number, currency = key
    days = [one.booked_on for one in movements if one.booked_on]
    return StatementRead(
        account=account,
        currency=currency,
        number=number,
        opened_on=min(days),
        closed_on=max(days),
        opening=None,
        closing=None,
        movements=tuple(sorted(movements, key=lambda one: one.booked_on or days[0])),
        warnings=(*warnings, warning(Code.NO_BALANCE)),
    )
