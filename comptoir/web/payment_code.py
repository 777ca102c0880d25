"""A payment as the square that a bank's app reads (EPC069-12): account, amount and communication without typing."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from segno.helpers import make_epc_qr

if TYPE_CHECKING:
    from collections.abc import Iterator
    from decimal import Decimal

MARGIN = 4  # modules of white around it: without them no camera finds it


@dataclass(frozen=True)
class PaymentCode:
    """Of `size` × `size` modules; `path` draws the dark ones."""

    size: int
    path: str


def payment_code(name: str, *, iban: str, amount: Decimal, communication: str) -> PaymentCode:
    """A Belgian communication goes as text, as on a transfer form: the structured field is for ISO 11649 alone."""
    code = make_epc_qr(name=name, iban=iban, amount=amount, text=communication, encoding="utf-8")
    rows = [list(row) for row in code.matrix]
    path = "".join(_run(place, y + MARGIN) for y, row in enumerate(rows) for place in _dark(row))
    return PaymentCode(len(rows) + 2 * MARGIN, path)


def _dark(row: list[int]) -> Iterator[tuple[int, int]]:
    """Where a run of dark modules begins, and its length."""
    x = MARGIN
    for is_dark, run in groupby(row):
        length = len(list(run))
        if is_dark:
            yield x, length
        x += length


def _run(place: tuple[int, int], y: int) -> str:
    x, length = place
    return f"M{x} {y}h{length}v1h-{length}z"
