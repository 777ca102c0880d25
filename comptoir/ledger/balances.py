"""What about a statement does not add up, and what lies between two of them. Pure."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from comptoir.ledger.figures import failed_reference, is_iban, looks_like_iban
from comptoir.ledger.records import Code, warning

if TYPE_CHECKING:
    from collections.abc import Iterator

    from comptoir.ledger.records import Finding, StatementRead

_WARNINGS_AT_MOST = 20


def statement_warnings(statement: StatementRead) -> tuple[Finding, ...]:
    """Old balance plus movements against the new one; IBANs and structured communications that fail their check."""
    return (*statement.warnings, *_sums(statement), *_numbers(statement))


def _sums(statement: StatementRead) -> Iterator[Finding]:
    if statement.opening is None or statement.closing is None:
        return
    total = sum((one.amount for one in statement.movements), Decimal(0))
    if statement.opening + total != statement.closing:
        yield warning(
            Code.BALANCE,
            opening=statement.opening,
            movements=total,
            closing=statement.closing,
            currency=statement.currency,
        )


def _numbers(statement: StatementRead) -> Iterator[Finding]:
    if looks_like_iban(statement.account) and not is_iban(statement.account):
        yield warning(Code.BAD_IBAN, iban=statement.account)
    count = 0
    for movement in statement.movements:
        if looks_like_iban(movement.party_iban) and not is_iban(movement.party_iban):
            yield warning(Code.BAD_IBAN, iban=movement.party_iban)
            count += 1
        if not movement.structured and (failed := failed_reference(movement.text)):
            yield warning(Code.BAD_REFERENCE, reference=failed)
            count += 1
        if count >= _WARNINGS_AT_MOST:
            return
