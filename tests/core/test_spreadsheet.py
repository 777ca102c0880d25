from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comptoir.core.spreadsheet import DELIMITER, TRIGGERS, guarded, row


@pytest.mark.parametrize(
    "cell", ["=1+1", "+32", "-2", "@SUM", "\t=1", " =1", '"=1', "＝1", "\n=1", "\r\n+1", "'=1"]
)
def test_what_could_be_a_formula_is_disarmed(cell: str) -> None:
    assert guarded(cell).startswith("'")


@pytest.mark.parametrize("cell", ["", "Facture 12", "1.234,56 €", "a=b", "Léa"])
def test_other_text_stays(cell: str) -> None:
    assert guarded(cell) == cell


@given(st.lists(st.text(), min_size=1, max_size=5))
def test_no_cell_of_a_row_begins_like_a_formula(cells: list[str]) -> None:
    (read,) = csv.reader(io.StringIO(row(cells), newline=""), delimiter=DELIMITER)
    assert len(read) == len(cells)
    assert [cell for cell in read if cell[:1] and cell[0] in TRIGGERS] == []
