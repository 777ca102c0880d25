"""Amounts and sizes as they are written. Pure."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

MINUS = "\N{MINUS SIGN}"
NO_BREAK = "\N{NO-BREAK SPACE}"
_CENT = Decimal("0.01")
_TO_BELGIAN = str.maketrans(",.", ".,")
_A_THOUSAND = 1000
_BYTES_WORD = {"fr": "o"}  # octet; the other languages say B
_BELOW_TEN = 10


def money(amount: Decimal, currency: str = "€") -> str:
    """`1.234,56 €`, `−428,90 €`: as a Belgian ledger writes it, in every language."""
    cents = amount.quantize(_CENT, rounding=ROUND_HALF_UP)
    sign = MINUS if cents < 0 else ""
    return f"{sign}{abs(cents):,.2f}".translate(_TO_BELGIAN) + NO_BREAK + currency


def file_size(size: int, *, language: str) -> str:
    """`184 ko`, `1,2 MB`: thousands of bytes, one decimal below ten."""
    letter = _BYTES_WORD.get(language[:2], "B")
    value, unit = float(size), ""
    for unit in ("", "k", "M", "G"):
        if round(value) < _A_THOUSAND or unit == "G":
            break
        value /= _A_THOUSAND
    is_short = unit not in {"", "k"} and round(value, 1) < _BELOW_TEN
    number = f"{value:.1f}" if is_short else f"{value:.0f}"
    if not language.startswith("en"):
        number = number.replace(".", ",")
    return f"{number}{NO_BREAK}{unit}{letter}"


def exact(amount: Decimal) -> str:
    """`1234.50` for programs: two decimals, three where the third says something."""
    cents = amount.quantize(_CENT, rounding=ROUND_HALF_UP)
    return f"{cents if cents == amount else amount:f}"
