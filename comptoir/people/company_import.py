"""An office's list of clients, as it comes out of Excel or another program, read row by row.

Pure: bytes and what the office has in, a preview out. A bad row never keeps a good one out.
"""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from comptoir.core.text import clean_line, fold
from comptoir.people.company_import_words import HEADERS, LANGUAGES, REGIMES, Column
from comptoir.people.enterprise_number import enterprise_number

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence
    from uuid import UUID

ROWS_AT_MOST = 5_000
NAME_CHARACTERS = 120


class Reason(StrEnum):
    """Why a row, or (with row 0) the whole file, cannot be taken."""

    UNREADABLE = "unreadable"
    NO_HEADERS = "no_headers"
    TOO_LONG = "too_long"
    NO_NAME = "no_name"
    BAD_NUMBER = "bad_number"
    TWICE_IN_FILE = "twice_in_file"
    UNKNOWN_REGIME = "unknown_regime"
    UNKNOWN_LANGUAGE = "unknown_language"
    UNKNOWN_MANAGER = "unknown_manager"


@dataclass(frozen=True)
class Colleague:
    """One of the staff who may be named in the column of managers."""

    id: UUID
    name: str
    email: str


@dataclass(frozen=True)
class Line:
    """A good row. A column that the file does not have is None: an update leaves it as it is."""

    row: int
    name: str
    enterprise_number: str
    vat_regime: str | None
    language: str | None
    manager_id: UUID | None


@dataclass(frozen=True)
class Problem:
    row: int  # as a spreadsheet numbers it; 0 = the file itself
    reason: Reason
    value: str = ""


@dataclass
class Preview:
    new: list[Line] = field(default_factory=list)
    known: list[Line] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


class _Refused(Exception):  # noqa: N818 -- an answer about a row or a file
    def __init__(self, reason: Reason, value: str = "") -> None:
        self.reason, self.value = reason, value
        super().__init__(reason)


def preview_of(data: bytes, *, known_numbers: Collection[str], colleagues: Sequence[Colleague]) -> Preview:
    """What an import of this file would do in an office that has these numbers and these staff."""
    preview = Preview()
    try:
        columns, rows = _table(data)
    except _Refused as refused:
        preview.problems.append(Problem(0, refused.reason, refused.value))
        return preview
    managers = _managers(colleagues)
    first_rows: dict[str, int] = {}
    for row, cells in rows:
        try:
            line = _line(row, _named(cells, columns), managers)
            _require_once(line, first_rows)
        except _Refused as refused:
            preview.problems.append(Problem(row, refused.reason, refused.value))
            continue
        (preview.known if line.enterprise_number in known_numbers else preview.new).append(line)
    return preview


# ── The file ─────────────────────────────────────────────────────────────
def _table(data: bytes) -> tuple[dict[Column, int], list[tuple[int, list[str]]]]:
    """The columns found, and the rows under the headers with their numbers."""
    text = decoded(data)
    delimiter = _delimiter(text)
    try:
        rows = [(number, cells) for number, cells in _rows(text, delimiter) if any(map(str.strip, cells))]
    except csv.Error as error:
        raise _Refused(Reason.UNREADABLE) from error
    if not rows:
        raise _Refused(Reason.NO_HEADERS)
    columns = _columns(rows[0][1])
    if not {Column.NAME, Column.NUMBER} <= columns.keys():
        raise _Refused(Reason.NO_HEADERS, ", ".join(clean_line(cell)[:40] for cell in rows[0][1][:8]))
    if len(rows) > ROWS_AT_MOST + 1:
        raise _Refused(Reason.TOO_LONG, str(ROWS_AT_MOST))
    return columns, rows[1:]


def decoded(data: bytes) -> str:
    """UTF-8 with or without its mark, Excel's "Unicode text", or what an older Windows writes."""
    if b"\x00" in data and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise _Refused(Reason.UNREADABLE)
    for encoding in ("utf-16",) if data.startswith((b"\xff\xfe", b"\xfe\xff")) else ("utf-8-sig", "cp1252"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise _Refused(Reason.UNREADABLE)


def _delimiter(text: str) -> str:
    """The one that finds the most known headers; Excel may name it in a first line of its own."""
    first = next((line for line in text[:10_000].splitlines() if line.strip()), "")
    if first.lower().startswith("sep=") and len(first) >= len("sep=") + 1:
        return first[len("sep=")]
    return max(";,\t", key=lambda mark: len(_columns(first.replace('"', "").split(mark))))


def _rows(text: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    for number, cells in enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), 1):
        if number == 1 and cells and cells[0].lower().startswith("sep="):
            continue
        yield number, cells


def _columns(cells: Sequence[str]) -> dict[Column, int]:
    found: dict[Column, int] = {}
    for place, cell in enumerate(cells):
        column = HEADERS.get(_key(cell))
        if column is not None:
            found.setdefault(column, place)
    return found


def _key(text: str) -> str:
    """`Numéro d’entreprise` and `numero d'entreprise` are one."""
    return "".join(char for char in fold(text) if char.isalnum())


# ── A row ────────────────────────────────────────────────────────────────
def _require_once(line: Line, first_rows: dict[str, int]) -> None:
    first = first_rows.setdefault(line.enterprise_number, line.row)
    if first != line.row:
        raise _Refused(Reason.TWICE_IN_FILE, str(first))


def _named(cells: Sequence[str], columns: Mapping[Column, int]) -> dict[Column, str]:
    return {
        column: clean_line(cells[place]) if place < len(cells) else "" for column, place in columns.items()
    }


def _line(row: int, cells: Mapping[Column, str], managers: Mapping[str, UUID | None]) -> Line:
    name = cells[Column.NAME][:NAME_CHARACTERS]
    if not name:
        raise _Refused(Reason.NO_NAME)
    number = enterprise_number(cells[Column.NUMBER])
    if number is None:
        raise _Refused(Reason.BAD_NUMBER, cells[Column.NUMBER][:40])
    return Line(
        row=row,
        name=name,
        enterprise_number=number,
        vat_regime=_meaning(cells.get(Column.REGIME), REGIMES, Reason.UNKNOWN_REGIME),
        language=_meaning(cells.get(Column.LANGUAGE), LANGUAGES, Reason.UNKNOWN_LANGUAGE),
        manager_id=_manager(cells.get(Column.MANAGER), managers),
    )


def _meaning(text: str | None, meanings: Mapping[str, str], reason: Reason) -> str | None:
    if not text:
        return None
    if _key(text) not in meanings:
        raise _Refused(reason, text[:40])
    return meanings[_key(text)]


def _manager(text: str | None, managers: Mapping[str, UUID | None]) -> UUID | None:
    if not text:
        return None
    manager = managers.get(fold(text))
    if manager is None:
        raise _Refused(Reason.UNKNOWN_MANAGER, text[:80])
    return manager


def _managers(colleagues: Sequence[Colleague]) -> dict[str, UUID | None]:
    """By address and by name; a name that two of them have says nothing."""
    found: dict[str, UUID | None] = {}
    for colleague in colleagues:
        name = fold(clean_line(colleague.name))
        found[name] = None if name in found else colleague.id
    return found | {fold(colleague.email): colleague.id for colleague in colleagues}
