"""Statements of a file as rows: a movement that came before, in a report or in a CSV, is not taken twice."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from comptoir.core.money import exact
from comptoir.core.text import fold
from comptoir.ledger.models import BankAccount, Payment, Statement
from comptoir.ledger.plain import findings, kept_amount, kept_or_none, movement_key, plain, statement_identity
from comptoir.ledger.records import Code, Unreadable, warning

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from comptoir.ledger.models import ImportedFile
    from comptoir.ledger.records import Finding, MovementRead, StatementRead


def take_statements(
    file: ImportedFile, statements: Iterable[StatementRead], *, at: datetime
) -> tuple[int, list[Finding]]:
    """How many payments are new, and what is doubtful about the rest."""
    count, doubts = 0, []
    for one in statements:
        account = _account(file, one)
        identity = statement_identity(one)
        if account.statements.filter(identity=identity).exists():
            doubts.append(warning(Code.STATEMENT_KNOWN, number=one.number or "—", account=one.account))
            continue
        statement = _statement(file, account, one, identity, at)
        statement.save(force_insert=True)
        count += _take_payments(statement, one)
    return count, doubts


def _account(file: ImportedFile, statement: StatementRead) -> BankAccount:
    account, _is_new = BankAccount.objects.get_or_create(
        company_id=file.company_id,
        number=statement.account[:34],
        currency=statement.currency[:3],
        defaults={"office_id": file.office_id, "holder": statement.holder[:140]},
    )
    return account


def _statement(
    file: ImportedFile, account: BankAccount, statement: StatementRead, identity: str, at: datetime
) -> Statement:
    return Statement(
        office_id=file.office_id,
        company_id=file.company_id,
        account=account,
        source=file,
        identity=identity,
        number=statement.number[:40],
        opened_on=statement.opened_on,
        closed_on=statement.closed_on,
        opening=kept_or_none(statement.opening),
        closing=kept_or_none(statement.closing),
        findings=findings(statement.warnings),
        created_at=at,
    )


def _take_payments(statement: Statement, read: StatementRead) -> int:
    """A whole statement takes over what a report told of it before; a report leaves out what is here already."""
    here = _here(statement)
    rows, moved = [], []
    for place, movement in enumerate(read.movements, start=1):
        known = here.get(movement_key(movement))
        if known:
            before = known.pop(0)
            if statement.is_whole:
                before.statement, before.place = statement, place
                moved.append(before)
            continue
        rows.append(_payment(statement, movement, place))
    Payment.objects.bulk_create(rows, batch_size=500)
    Payment.objects.bulk_update(moved, ["statement", "place"], batch_size=200)
    return len(rows)


def _here(statement: Statement) -> dict[tuple[object, ...], list[Payment]]:
    """What of the same days may be the same movements. Two whole statements never share one."""
    found: dict[tuple[object, ...], list[Payment]] = defaultdict(list)
    earlier = Payment.objects.filter(account=statement.account_id).exclude(statement=statement.pk)
    if statement.is_whole:
        earlier = earlier.filter(statement__opening__isnull=True)
    if statement.opened_on and statement.closed_on:
        earlier = earlier.filter(booked_on__range=(statement.opened_on, statement.closed_on))
    for payment in earlier.order_by("booked_on", "place"):
        found[_key(payment)].append(payment)
    return found


def _key(payment: Payment) -> tuple[object, ...]:
    """As `plain.movement_key`."""
    return (
        payment.booked_on,
        kept_amount(payment.amount),
        payment.currency,
        payment.structured,
        payment.party_iban,
        fold(payment.text)[:60],
    )


def _payment(statement: Statement, movement: MovementRead, place: int) -> Payment:
    day = movement.booked_on or movement.valued_on or statement.closed_on
    if day is None:
        raise Unreadable(Code.BAD_DATE, value="")
    return Payment(
        office_id=statement.office_id,
        company_id=statement.company_id,
        statement=statement,
        account_id=statement.account_id,
        place=place,
        amount=kept_amount(movement.amount),
        currency=movement.currency[:3] or statement.account.currency,
        booked_on=day,
        valued_on=movement.valued_on,
        party=movement.party[:200],
        party_iban=movement.party_iban[:34],
        structured=movement.structured[:25],
        text=movement.text,
        bank_reference=movement.bank_reference[:40],
        content=plain(movement),
        search=fold(" ".join(_found_by(movement))),
    )


def _found_by(movement: MovementRead) -> tuple[str, ...]:
    shown = exact(kept_amount(movement.amount))
    return movement.party, movement.party_iban, movement.text, movement.structured, shown
