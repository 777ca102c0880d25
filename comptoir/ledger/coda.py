"""CODA, the statement of Belgian banks: records of 128 characters, version 2. Pure.

The layout is Febelfin's "Coded statement of account". Each position below counts from 0.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING

from comptoir.ledger.coda_words import communication_of, tidy_text
from comptoir.ledger.figures import calendar_day, tidy
from comptoir.ledger.records import Code, MovementRead, StatementRead, Unreadable, warning

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from comptoir.ledger.records import Finding

WIDTH = 128
RECORDS_AT_MOST = 500_000
_THOUSANDTHS = Decimal(1000)
# Where the account's number and its currency stand in record 1, by the structure that its second character names.
_ACCOUNTS = {"0": (slice(5, 17), slice(18, 21)), "1": (slice(5, 39), slice(39, 42))}
_ACCOUNTS |= {"2": (slice(5, 36), slice(39, 42)), "3": (slice(5, 39), slice(39, 42))}
_DETAIL_OF_ALL = "0000"


@dataclass
class _Movement:
    """Record 21, and what 22, 23 and 31 to 33 add to it."""

    first: str
    line: int
    communication: list[str] = field(default_factory=list)
    information: list[str] = field(default_factory=list)
    second: str = ""
    third: str = ""

    @property
    def key(self) -> tuple[str, str]:
        return self.first[2:6], self.first[6:10]


@dataclass
class _Statement:
    line: int
    header: str
    old: str = ""
    new: str = ""
    movements: list[_Movement] = field(default_factory=list)
    records: int = 0


def read_coda(content: str) -> tuple[StatementRead, ...]:
    """Every statement of the file. Raises Unreadable with the line of a record that cannot be read."""
    statements: list[StatementRead] = []
    current: _Statement | None = None
    number = 0
    for number, written in enumerate(content.splitlines(), start=1):
        if not written.strip("\x00\x1a \t"):
            continue
        if number > RECORDS_AT_MOST:
            raise Unreadable(Code.TOO_MANY, line=number)
        record = written.ljust(WIDTH)
        if record[0] == "0":
            if current is not None:
                raise Unreadable(Code.CUT_OFF, line=number)
            current = _begun(record, number)
        elif current is None:
            raise Unreadable(Code.BAD_RECORD, line=number, value=record[:10])
        elif record[0] == "9":
            statements.append(_finished(current, record, number))
            current = None
        else:
            _take(current, record, number)
    if current is not None:
        raise Unreadable(Code.CUT_OFF, line=number)
    if not statements:
        raise Unreadable(Code.NO_STATEMENT)
    return tuple(statements)


def _begun(record: str, number: int) -> _Statement:
    if record[127] not in "12 ":
        raise Unreadable(Code.BAD_RECORD, line=number, value=record[127])
    return _Statement(line=number, header=record)


def _take(statement: _Statement, record: str, number: int) -> None:
    kind = record[0]
    if kind == "1":
        statement.old = record
    elif kind == "8":
        statement.new = record
    elif kind == "2":
        _take_movement(statement, record, number)
    elif kind == "3":
        _take_information(statement, record)
    elif kind != "4":
        raise Unreadable(Code.BAD_RECORD, line=number, value=record[:10])
    if kind != "4":
        statement.records += 1


def _take_movement(statement: _Statement, record: str, number: int) -> None:
    if record[1] == "1":
        statement.movements.append(_Movement(record, number, [record[61:115]]))
        return
    if not statement.movements or statement.movements[-1].key != (record[2:6], record[6:10]):
        raise Unreadable(Code.BAD_RECORD, line=number, value=record[:10])
    movement = statement.movements[-1]
    if record[1] == "2":
        movement.second = record
        movement.communication.append(record[10:63])
    elif record[1] == "3":
        movement.third = record
        movement.communication.append(record[82:125])
    else:
        raise Unreadable(Code.BAD_RECORD, line=number, value=record[:10])


def _take_information(statement: _Statement, record: str) -> None:
    """Belongs to the movement of its number; its own details count on from those of the movement."""
    if not statement.movements or statement.movements[-1].key[0] != record[2:6]:
        return
    parts = {"1": record[39:113], "2": record[10:115], "3": record[10:100]}
    if (part := parts.get(record[1])) is not None:
        statement.movements[-1].information.append(part if record[1] != "1" else part.ljust(74))


def _finished(statement: _Statement, trailer: str, number: int) -> StatementRead:
    if not statement.old:
        raise Unreadable(Code.MISSING, line=statement.line, what="record 1")
    opening = _signed(statement.old[42:58], statement.line + 1)
    closing = _signed(statement.new[41:57], number) if statement.new else opening
    structure = _ACCOUNTS.get(statement.old[1], _ACCOUNTS["3"])
    currency = statement.old[structure[1]].strip().upper()
    movements = tuple(_movements(statement, currency))
    return StatementRead(
        account=tidy(statement.old[structure[0]]),
        currency=currency,
        number=(statement.new[1:4] if statement.new else statement.old[2:5]).strip(),
        opened_on=_day(statement.old[58:64], statement.line + 1),
        closed_on=_day(statement.new[57:63] if statement.new else statement.header[5:11], number),
        opening=opening,
        closing=closing,
        movements=movements,
        holder=tidy_text(statement.old[64:90]),
        bank_bic=statement.header[60:71].strip(),
        warnings=tuple(_checks(statement, trailer, movements, number)),
    )


def _movements(statement: _Statement, currency: str) -> Iterator[MovementRead]:
    """Details of a sum (number 0001 on) stand inside it; they repeat what its amount already holds."""
    groups: list[tuple[_Movement, list[_Movement]]] = []
    for movement in statement.movements:
        if movement.key[1] == _DETAIL_OF_ALL or not groups or groups[-1][0].key[0] != movement.key[0]:
            groups.append((movement, []))
        else:
            groups[-1][1].append(movement)
    for whole, details in groups:
        yield _movement(whole, currency, tuple(_movement(part, currency) for part in details))


def _movement(movement: _Movement, currency: str, details: tuple[MovementRead, ...] = ()) -> MovementRead:
    first = movement.first
    said = communication_of("".join(movement.communication), "".join(movement.information))
    return MovementRead(
        amount=_signed(first[31:47], movement.line),
        currency=currency,
        booked_on=_day(first[115:121], movement.line),
        valued_on=_day(first[47:53], movement.line),
        party=tidy_text(movement.third[47:82]) or said.party,
        party_iban=tidy(movement.third[10:47].partition(" ")[0])[:34] or said.iban,
        party_bic=movement.second[98:109].strip(),
        structured=said.structured,
        text=said.text,
        bank_reference=first[10:31].strip(),
        end_to_end=tidy_text(movement.second[63:98]),
        code=first[53:61],
        details=details,
    )


def _signed(written: str, line: int) -> Decimal:
    """A sign (0 credit, 1 debit) and fifteen digits, the last three behind the point."""
    if written[0] not in "01" or not _is_number(written[1:]):
        raise Unreadable(Code.BAD_AMOUNT, line=line, value=written)
    amount = Decimal(written[1:]) / _THOUSANDTHS
    return -amount if written[0] == "1" else amount


def _day(written: str, line: int) -> date | None:
    """Six digits, day first; zeros or blanks are no day."""
    if not written.strip("0 "):
        return None
    if not _is_number(written):
        raise Unreadable(Code.BAD_DATE, line=line, value=written)
    return calendar_day(2000 + int(written[4:]), int(written[2:4]), int(written[:2]), line=line)


def _is_number(written: str) -> bool:
    """Digits of ours only: `²` is one to Python as well, and is no number."""
    return written.isascii() and written.isdigit()


def _checks(
    statement: _Statement, trailer: str, movements: tuple[MovementRead, ...], number: int
) -> Iterator[Finding]:
    """The totals of record 9 against what was read; old and new balance are compared for every kind of statement."""
    debit = -sum((one.amount for one in movements if one.amount < 0), Decimal(0))
    credit = sum((one.amount for one in movements if one.amount > 0), Decimal(0))
    for code, written, found in (
        (Code.TOTAL_DEBIT, trailer[22:37], debit),
        (Code.TOTAL_CREDIT, trailer[37:52], credit),
    ):
        told = Decimal(written) / _THOUSANDTHS if _is_number(written) else None
        if told != found:
            yield warning(code, line=number, told=written.strip() if told is None else told, found=found)
    if _is_number(trailer[16:22]) and int(trailer[16:22]) != statement.records:
        yield warning(Code.RECORD_COUNT, line=number, told=int(trailer[16:22]), found=statement.records)
