"""The accounts of a dossier as pages and programs ask for them, always through the gate."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Case, F, Max, Prefetch, Q, When

from comptoir.core.text import fold
from comptoir.ledger.gaps import Told, gaps_between, whole_until
from comptoir.ledger.models import (
    BankAccount,
    BooksUpTo,
    Direction,
    Invoice,
    Match,
    MatchState,
    Payment,
    Statement,
)

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date
    from uuid import UUID

    from django.db.models import QuerySet

    from comptoir.ledger.gaps import Gap
    from comptoir.people.models import Membership


@dataclass(frozen=True)
class UpTo:
    """How far the accounts reach. `books_on`: the day up to which they are complete, as the office said; else as far as
    the statements prove it of the bank. That all invoices are there, no file can tell.
    """

    books_on: date | None
    statement_on: date | None
    invoice_on: date | None = None
    said: BooksUpTo | None = None


def up_to(member: Membership, company_id: UUID) -> UpTo:
    own = Invoice.objects.visible_to(member).filter(company=company_id).exclude(direction=Direction.OTHER)
    statements = Statement.objects.visible_to(member).filter(company=company_id)
    said = BooksUpTo.objects.visible_to(member).filter(company=company_id)
    stated = said.select_related("said_by__person").first()
    return UpTo(
        books_on=stated.day if stated else whole_until(_told(member, company_id).values()),
        statement_on=statements.aggregate(day=Max("closed_on"))["day"],
        invoice_on=own.aggregate(day=Max("issued_on"))["day"],
        said=stated,
    )


def last_statements(member: Membership, company_ids: Collection[UUID]) -> dict[UUID, date]:
    """Of each dossier that has any, the day of its last one."""
    statements = Statement.objects.visible_to(member).filter(company__in=company_ids, closed_on__isnull=False)
    days = statements.order_by().values("company").annotate(day=Max("closed_on"))
    return {row["company"]: row["day"] for row in days}


@dataclass(frozen=True)
class AccountGap:
    account: BankAccount
    gap: Gap


def statement_gaps(member: Membership, company_id: UUID) -> list[AccountGap]:
    told = _told(member, company_id)
    accounts = BankAccount.objects.visible_to(member).in_bulk(list(told))
    return [
        AccountGap(accounts[account], gap)
        for account, statements in told.items()
        for gap in gaps_between(statements)
    ]


def _told(member: Membership, company_id: UUID) -> dict[UUID, list[Told]]:
    """The whole statements of each account."""
    rows = (
        Statement.objects.visible_to(member)
        .filter(company=company_id, opening__isnull=False, closing__isnull=False, closed_on__isnull=False)
        .values_list("account", "number", "closed_on", "opening", "closing", "opened_on")
    )
    told: dict[UUID, list[Told]] = {}
    for account, *facts in rows:
        told.setdefault(account, []).append(Told(*facts))
    return told


def invoices(member: Membership, company_id: UUID, *, which: str = "", wanted: str = "") -> QuerySet[Invoice]:
    """Newest first. `which`: purchase, sale, other, or unpaid; `wanted` finds by number, party, amount, reference."""
    found = Invoice.objects.visible_to(member).filter(company=company_id)
    if which in Direction.values:
        found = found.filter(direction=which)
    elif which == "unpaid":
        found = found.filter(payable__gt=F("paid")).exclude(direction=Direction.OTHER)
    return _wanted(found, wanted).order_by("-issued_on", "-id")


def open_invoices(member: Membership, payment: Payment, *, wanted: str = "") -> QuerySet[Invoice]:
    """Those of its dossier that the payment may pay: first what is open by exactly its rest, then what moves the account
    as it does, newest first. What moves it the other way may be deducted, a credit note say.
    """
    rest = abs(payment.amount - payment.matched)
    comes_in = Q(direction=Direction.SALE, is_credit_note=False) | Q(
        direction=Direction.PURCHASE, is_credit_note=True
    )
    same_way = comes_in if payment.amount > 0 else ~comes_in
    found = invoices(member, payment.company_id, which="unpaid", wanted=wanted)
    return found.annotate(
        is_exact=Case(When(Q(payable=F("paid") + rest) & same_way, then=True), default=False),
        is_same_way=Case(When(same_way, then=True), default=False),
    ).order_by("-is_exact", "-is_same_way", "-issued_on", "-id")


def payments(member: Membership, company_id: UUID, *, wanted: str = "") -> QuerySet[Payment]:
    """By statement, newest first; `known_matches` of each are those that stand or wait."""
    found = _wanted(Payment.objects.visible_to(member).filter(company=company_id), wanted)
    return (
        found.select_related("statement__account", "account")
        .prefetch_related(known_matches("invoice"))
        .order_by("-statement__closed_on", "-statement__number", "-statement", "place")
    )


FOUND_AT_MOST = 20


def found_invoices(member: Membership, text: str) -> list[Invoice]:
    """Of all dossiers that the member sees the accounts of; newest first."""
    found = _wanted(Invoice.objects.visible_to(member).select_related("company"), text)
    return list(found.order_by(F("issued_on").desc(nulls_last=True), "-id")[:FOUND_AT_MOST])


def found_payments(member: Membership, text: str) -> list[Payment]:
    """As `found_invoices`; `known_matches` of each are those that stand or wait."""
    found = _wanted(Payment.objects.visible_to(member), text)
    found = found.select_related("company", "statement", "account").prefetch_related(known_matches("invoice"))
    return list(found.order_by("-booked_on", "-id")[:FOUND_AT_MOST])


def known_matches(beside: str) -> Prefetch[str, QuerySet[Match], str]:
    """Of rows that came through the gate: a match is of the same dossier as what it matches."""
    rows = Match.objects.exclude(state=MatchState.UNDONE).select_related(beside)
    return Prefetch("matches", queryset=rows.order_by("decided_at", "id"), to_attr="known_matches")


def _wanted(found: QuerySet, wanted: str) -> QuerySet:  # type: ignore[type-arg]  # of either model
    """Every word somewhere; an amount as people write it, 1.234,50, as well as 1234.50."""
    # What is no text, PostgreSQL takes no part of.
    words = fold("".join(char if char.isprintable() else " " for char in wanted)).split()
    if wanted and not words:
        return found.none()
    for word in words[:8]:
        plain = word.replace(".", "").replace(",", ".") if any(char.isdigit() for char in word) else word
        found = found.filter(Q(search__contains=word) | Q(search__contains=plain))
    return found
