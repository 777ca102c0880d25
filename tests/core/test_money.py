"""Amounts and sizes as they are written."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comptoir.core.money import file_size, money


@pytest.mark.parametrize(
    ("amount", "written"),
    [
        ("1234.56", "1.234,56 €"),
        ("-428.9", "−428,90 €"),
        ("0", "0,00 €"),
        ("-0.004", "0,00 €"),
        ("0.005", "0,01 €"),
        ("1234567.5", "1.234.567,50 €"),
    ],
)
def test_money_is_written_as_in_a_belgian_ledger(amount: str, written: str) -> None:
    assert money(Decimal(amount)) == written.replace(" ", "\N{NO-BREAK SPACE}")


@given(st.decimals(min_value=-(10**12), max_value=10**12, places=2))
def test_no_amount_is_lost_in_writing(amount: Decimal) -> None:
    written = money(amount).removesuffix("\N{NO-BREAK SPACE}€")
    assert Decimal(written.replace("−", "-").replace(".", "").replace(",", ".")) == amount


@pytest.mark.parametrize(
    ("size", "language", "written"),
    [
        (0, "fr", "0 o"),
        (999, "fr", "999 o"),
        (184_320, "fr", "184 ko"),
        (999_700, "nl", "1,0 MB"),
        (1_234_567, "fr", "1,2 Mo"),
        (1_234_567, "en", "1.2 MB"),
        (25_000_000, "de", "25 MB"),
        (3_000_000_000_000, "de", "3000 GB"),
    ],
)
def test_a_size_is_said_in_thousands(size: int, language: str, written: str) -> None:
    assert file_size(size, language=language) == written.replace(" ", "\N{NO-BREAK SPACE}")
