"""What was read as plain JSON values, and the few facts by which it is known again. Pure.

Amounts go as text: exact, whatever keeps them. What is empty is left out.
"""

from __future__ import annotations

import hashlib
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, Any

from comptoir.core.text import fold
from comptoir.ledger.figures import tidy
from comptoir.ledger.records import AttachmentRead, Code, Finding, Unreadable

if TYPE_CHECKING:
    from collections.abc import Iterable

    from comptoir.ledger.records import InvoiceRead, MovementRead, PartyRead, StatementRead

_THOUSANDTH = Decimal("0.001")
_TOO_MUCH = Decimal(10) ** 12


def kept_amount(value: Decimal) -> Decimal:
    """With three decimals. Raises Unreadable beyond a million millions: no company's amount, and not kept exactly."""
    if abs(value) >= _TOO_MUCH:
        raise Unreadable(Code.BAD_AMOUNT, value=value)
    return value.quantize(_THOUSANDTH, rounding=ROUND_HALF_UP)


def kept_or_none(value: Decimal | None) -> Decimal | None:
    return None if value is None else kept_amount(value)


def plain(value: Any) -> Any:
    """A record as JSON; embedded files are kept elsewhere."""
    if isinstance(value, Finding):
        return {"code": str(value.code), "params": dict(value.params), "line": value.line}
    if is_dataclass(value):
        parts = {one.name: plain(getattr(value, one.name)) for one in fields(value)}
        return {name: part for name, part in parts.items() if part not in (None, "", [], {})}
    if isinstance(value, tuple):
        return [plain(one) for one in value if not isinstance(one, AttachmentRead)]
    if isinstance(value, Decimal):
        return f"{value:f}"
    return value.isoformat() if isinstance(value, date) else value


def findings(found: Iterable[Finding]) -> list[dict[str, Any]]:
    return [plain(one) for one in found]


def party_key(party: PartyRead) -> str:
    return party.numbers[0] if party.numbers else party.vat_number or fold(party.name)


def invoice_identity(invoice: InvoiceRead) -> str:
    """One seller gives a number once a year; its credit notes may count apart."""
    year = invoice.issued_on.year if invoice.issued_on else 0
    return _digest(party_key(invoice.seller), tidy(invoice.number), year, invoice.is_credit_note)


def statement_identity(statement: StatementRead) -> str:
    """Where there is no balance the movements themselves say which it is."""
    if statement.opening is not None and statement.closing is not None and statement.closed_on:
        days = [one.booked_on for one in statement.movements if one.booked_on]
        return _digest(
            statement.closed_on, statement.opening, statement.closing, min(days, default=""), len(days)
        )
    return _digest(*(movement_key(one) for one in statement.movements))


def movement_key(movement: MovementRead) -> tuple[object, ...]:
    """The same movement in another file of the same bank has the same key. Two that differ in nothing share it, too:
    whoever compares must count them.
    """
    return (
        movement.booked_on,
        kept_amount(movement.amount),
        movement.currency,
        movement.structured,
        movement.party_iban,
        fold(movement.text)[:60],
    )


def _digest(*parts: object) -> str:
    return hashlib.sha256("\x1f".join(_said(part) for part in parts).encode()).hexdigest()


def _said(part: object) -> str:
    return f"{part.normalize():f}" if isinstance(part, Decimal) else str(part)
