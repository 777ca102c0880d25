"""What is missing between statements: by their numbers and by their balances."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from comptoir.ledger.gaps import Told, gaps_between, sequence

DAY = date(2026, 3, 1)


def told(number: int, opening: int, closing: int, *, day: int | None = None, year: int = 2026) -> Told:
    on = DAY.replace(year=year) + timedelta(days=number if day is None else day)
    return Told(f"{number:03}", on, Decimal(opening), Decimal(closing))


def test_statements_that_follow_each_other_have_no_gap() -> None:
    assert gaps_between([told(3, 90, 80), told(1, 100, 95), told(2, 95, 90)]) == []


def test_a_missing_number_is_a_gap_even_where_the_balances_fit() -> None:
    (gap,) = gaps_between([told(1, 100, 95), told(4, 95, 90)])
    assert (gap.missing, gap.difference) == ((2, 3), Decimal(0))


def test_a_balance_that_does_not_follow_is_a_gap_even_where_the_numbers_do() -> None:
    (gap,) = gaps_between([told(1, 100, 95), told(2, 97, 90)])
    assert (gap.missing, gap.difference) == (None, Decimal(2))


def test_numbers_begin_anew_with_the_year() -> None:
    assert gaps_between([told(200, 100, 95), told(1, 95, 90, year=2027)]) == []


def test_a_number_of_swift_is_before_its_page() -> None:
    assert [sequence(text) for text in ("00123/00001", "2026-118", "118", "", "abc")] == [
        123,
        118,
        118,
        None,
        None,
    ]


@given(st.lists(st.integers(-10_000, 10_000), min_size=3, max_size=40), st.data())
def test_taking_one_out_of_an_unbroken_row_is_always_seen(moves: list[int], data: st.DataObject) -> None:
    balances = [0]
    for move in moves:
        balances.append(balances[-1] + move)
    row = [told(place, before, after) for place, (before, after) in enumerate(pairwise(balances), start=1)]
    assert gaps_between(data.draw(st.permutations(row))) == []
    gone = data.draw(st.integers(1, len(row) - 2))
    (gap,) = gaps_between(row[:gone] + row[gone + 1 :])
    assert (gap.missing, gap.difference) == ((gone + 1, gone + 1), Decimal(moves[gone]))
