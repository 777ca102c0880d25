"""Unpaid, partly paid, paid, overpaid: from the amounts alone."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from decimal import Decimal


class Settlement(StrEnum):
    UNPAID = "unpaid"
    PARTLY_PAID = "partly_paid"
    PAID = "paid"
    OVERPAID = "overpaid"


def settlement(total: Decimal, allocated: Decimal) -> Settlement:
    """Of an invoice or credit note, whose total is positive; what was allocated may be more: it was overpaid."""
    if allocated > total:
        return Settlement.OVERPAID
    if allocated == total:
        return Settlement.PAID  # an invoice of nothing has nothing to pay
    return Settlement.PARTLY_PAID if allocated > 0 else Settlement.UNPAID
