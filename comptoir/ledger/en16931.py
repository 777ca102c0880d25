"""The business rules of EN 16931 that an accountant would trip over, on what was read. Pure.

Named as in the standard. They never refuse an invoice: whoever sent it has been paid by it all the same.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from comptoir.ledger.figures import failed_reference, is_iban, looks_like_iban
from comptoir.ledger.parties import number_warnings
from comptoir.ledger.records import Code, warning

if TYPE_CHECKING:
    from collections.abc import Iterator

    from comptoir.ledger.records import Finding, InvoiceRead

_ZERO = Decimal(0)
_CENT = Decimal("0.01")
_UNIT = Decimal(1)
_HUNDRED = Decimal(100)
# Profiles of Factur-X that have no lines by design.
_WITHOUT_LINES = ("minimum", "basicwl")


def invoice_warnings(invoice: InvoiceRead) -> tuple[Finding, ...]:
    return (*invoice.warnings, *_missing(invoice), *_totals(invoice), *_taxes(invoice), *_numbers(invoice))


def _rule(rule: str, **facts: Decimal) -> Finding:
    return warning(Code.RULE, line=None, rule=rule, **facts)


def _missing(invoice: InvoiceRead) -> Iterator[Finding]:
    for rule, is_there in (
        ("BR-03", invoice.issued_on is not None),
        ("BR-05", bool(invoice.currency)),
        ("BR-06", bool(invoice.seller.name)),
        ("BR-07", bool(invoice.buyer.name)),
        ("BR-16", bool(invoice.lines) or invoice.profile.endswith(_WITHOUT_LINES)),
        (
            "BR-CO-25",
            invoice.totals.payable <= 0
            or invoice.is_credit_note
            or bool(invoice.payment.due_on or invoice.payment.terms),
        ),
    ):
        if not is_there:
            yield _rule(rule)


def _totals(invoice: InvoiceRead) -> Iterator[Finding]:
    lines = [line.net for line in invoice.lines if line.net is not None]
    if invoice.totals.line_total is not None and lines and len(lines) == len(invoice.lines):
        yield from _differs("BR-CO-10", invoice.totals.line_total, sum(lines, _ZERO))
    if invoice.totals.net is not None and invoice.totals.line_total is not None:
        expected = (
            invoice.totals.line_total
            - (invoice.totals.allowances or _ZERO)
            + (invoice.totals.charges or _ZERO)
        )
        yield from _differs("BR-CO-13", invoice.totals.net, expected)
    if invoice.totals.net is not None:
        yield from _differs(
            "BR-CO-15", invoice.totals.gross, invoice.totals.net + (invoice.totals.tax or _ZERO)
        )
    expected = invoice.totals.gross - (invoice.totals.prepaid or _ZERO) + (invoice.totals.rounding or _ZERO)
    yield from _differs("BR-CO-16", invoice.totals.payable, expected)


def _taxes(invoice: InvoiceRead) -> Iterator[Finding]:
    taxes = [one.tax for one in invoice.taxes if one.tax is not None]
    if invoice.totals.tax is not None and taxes:
        yield from _differs("BR-CO-14", invoice.totals.tax, sum(taxes, _ZERO))
    for one in invoice.taxes:
        if one.rate is None or one.taxable is None or one.tax is None:
            continue
        # The standard allows a unit of currency, because each line may have been rounded.
        yield from _differs("BR-CO-17", one.tax, one.taxable * one.rate / _HUNDRED, within=_UNIT)


def _differs(rule: str, told: Decimal, found: Decimal, *, within: Decimal = _CENT) -> Iterator[Finding]:
    if abs(told - found) >= within:
        yield _rule(rule, told=told, found=found.quantize(_CENT) if abs(found) < Decimal(10) ** 20 else found)


def _numbers(invoice: InvoiceRead) -> Iterator[Finding]:
    yield from number_warnings(invoice.seller, "seller")
    yield from number_warnings(invoice.buyer, "buyer")
    if looks_like_iban(invoice.payment.iban) and not is_iban(invoice.payment.iban):
        yield warning(Code.BAD_IBAN, iban=invoice.payment.iban)
    if failed := failed_reference(invoice.payment.reference) or failed_reference(invoice.payment.terms):
        yield warning(Code.BAD_REFERENCE, reference=failed)
