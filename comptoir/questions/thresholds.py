"""When something is worth a question: an office's settings, with these to begin with. Days are whole days."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True)
class Thresholds:
    oldest_days: int = 400  # nothing is asked about what is longer ago
    new_supplier_from: Decimal = Decimal(50)  # A1: a first invoice of at least this
    history_days: int = 90  # A1: only where the books begin so long before it
    private_words: tuple[str, ...] = ("delhaize", "colruyt", "carrefour", "zalando", "lego", "zara")  # A1
    overdue_days: int = 14  # A2: after the day on which it was due
    vague_words: tuple[str, ...] = (
        "divers",
        "diversen",
        "diverse",
        "article",
        "artikel",
        "service",
        "prestation",
    )  # A3
    investment_from: Decimal = Decimal(1000)  # A3
    duplicate_days: int = 10  # A7: same supplier and amount
    document_days: int = 21  # B1, B4, B7: after the debit
    part_days: int = 14  # B2: after it was due
    receipt_days: int = 7  # B3
    acquirers: tuple[str, ...] = (
        "adyen",
        "bancontact",
        "buckaroo",
        "ccv",
        "edenred",
        "equensworldline",
        "mollie",
        "monizze",
        "multisafepay",
        "paynovate",
        "payconiq",
        "paypal",
        "pluxee",
        "sodexo",
        "stripe",
        "sumup",
        "viva",
        "worldline",
    )  # B3: whoever pays out what was taken by card, day by day
    cash_from: Decimal = Decimal(50)  # B6
    series_days: int = 7  # C1: after the next number was written
    series_gap: int = 10  # C1: more numbers missing in a row are another series
    usual_share: Decimal = Decimal("0.6")  # D2: of the median of earlier periods
    period_days: int = 5  # D2: after the period ended


DEFAULT = Thresholds()
