"""What was kept of an invoice, as a page shows it: texts of amounts become amounts again. Pure."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

LINES_SHOWN = 500
# UN/ECE codes that invoices carry most; a piece needs no word.
UNITS = {
    "C62": "",
    "H87": "",
    "EA": "",
    "XPP": "",
    "KGM": "kg",
    "GRM": "g",
    "TNE": "t",
    "LTR": "l",
    "MTR": "m",
}
UNITS |= {"MTK": "m²", "MTQ": "m³", "KMT": "km", "HUR": "h", "MIN": "min", "KWH": "kWh"}


@dataclass(frozen=True)
class PartyShown:
    name: str = ""
    lines: tuple[str, ...] = ()
    number: str = ""


@dataclass(frozen=True)
class LineShown:
    name: str
    description: str
    quantity: str
    unit_price: Decimal | None
    rate: str
    net: Decimal | None


@dataclass(frozen=True)
class TaxShown:
    category: str
    rate: str
    taxable: Decimal | None
    tax: Decimal | None


@dataclass(frozen=True)
class InvoiceShown:
    seller: PartyShown
    buyer: PartyShown
    lines: list[LineShown] = field(default_factory=list)
    more_lines: int = 0
    taxes: list[TaxShown] = field(default_factory=list)
    prepaid: Decimal | None = None
    order: str = ""
    preceding: str = ""
    period: tuple[date | None, date | None] | None = None
    note: str = ""
    terms: str = ""


def invoice_shown(content: Mapping[str, Any]) -> InvoiceShown:
    lines, references = content.get("lines", []), content.get("references", {})
    begins, ends = (_day(content.get(name)) for name in ("period_from", "period_to"))
    return InvoiceShown(
        seller=_party(content.get("seller", {})),
        buyer=_party(content.get("buyer", {})),
        lines=[_line(one) for one in lines[:LINES_SHOWN]],
        more_lines=max(0, len(lines) - LINES_SHOWN),
        taxes=[_tax(one) for one in content.get("taxes", [])],
        prepaid=_amount(content.get("totals", {}).get("prepaid")),
        order=references.get("order", ""),
        preceding=", ".join(references.get("preceding", [])),
        period=(begins, ends) if begins or ends else None,
        note=content.get("note", ""),
        terms=content.get("payment", {}).get("terms", ""),
    )


def _party(party: Mapping[str, Any]) -> PartyShown:
    town = " ".join(filter(None, (party.get("postcode"), party.get("city"))))
    lines = (party.get("street", ""), town, party.get("country", ""))
    numbers = party.get("numbers", [])
    return PartyShown(
        name=party.get("name", ""),
        lines=tuple(filter(None, lines)),
        number=party.get("vat_number") or (f"BE{numbers[0]}" if numbers else ""),
    )


def _line(line: Mapping[str, Any]) -> LineShown:
    quantity, unit = _number(line.get("quantity")), line.get("unit", "")
    return LineShown(
        name=line.get("name", ""),
        description=line.get("description", ""),
        quantity=f"{quantity} {UNITS.get(unit, unit)}".strip() if quantity else "",
        unit_price=_amount(line.get("unit_price")),
        rate=_number(line.get("vat_rate")),
        net=_amount(line.get("net")),
    )


def _tax(tax: Mapping[str, Any]) -> TaxShown:
    return TaxShown(
        category=tax.get("category", ""),
        rate=_number(tax.get("rate")),
        taxable=_amount(tax.get("taxable")),
        tax=_amount(tax.get("tax")),
    )


def _amount(text: str | None) -> Decimal | None:
    try:
        return Decimal(text) if text else None
    except InvalidOperation:
        return None


def _number(text: str | None) -> str:
    """`1.5000` as `1,5`; a Belgian comma in every language, as amounts have."""
    value = _amount(text)
    if value is None:
        return ""
    return f"{value.normalize():f}".replace(".", ",") if value else "0"


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None
