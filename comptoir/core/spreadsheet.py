"""Rows for a spreadsheet, none of which it will run. Pure."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

# What Excel, LibreOffice or Sheets take for the beginning of a formula, in ASCII and in full width.
TRIGGERS = "=+-@\t\r\n|%＝＋－＠"
DELIMITER = ";"  # what a Belgian Excel expects
MARK = "\ufeff"  # without it Excel reads UTF-8 as an older Windows wrote


def guarded(cell: str) -> str:
    """On one line, and with an apostrophe in front where a program could take it for a formula."""
    line = " ".join(cell.replace("\x00", "").splitlines())
    begins = line.lstrip(" \"'\u00a0\u200b\ufeff")
    return f"'{line}" if begins[:1] and begins[0] in TRIGGERS else line


def row(cells: Iterable[str]) -> str:
    """One line of CSV, everything quoted."""
    out = io.StringIO()
    csv.writer(out, delimiter=DELIMITER, quoting=csv.QUOTE_ALL, lineterminator="\r\n").writerow(
        map(guarded, cells)
    )
    return out.getvalue()
