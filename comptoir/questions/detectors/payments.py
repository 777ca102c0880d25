"""B1 B3 B4 B6 B7 B8: what a payment is for. One payment raises one question: the first that fits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from comptoir.ledger.matching.texts import name_key
from comptoir.questions.facts import EURO, Draft, Way

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from comptoir.questions.facts import Facts, Payment
    from comptoir.questions.thresholds import Thresholds


def about_payments(facts: Facts, thresholds: Thresholds, today: date) -> Iterator[Draft]:
    owners = {_plain(iban) for iban in facts.owner_ibans}
    own = {_plain(iban) for iban in facts.own_ibans}
    parties = {name_key(one.party) for one in facts.invoices} - {""}
    parties |= {_plain(one.iban) for one in facts.invoices if one.iban}
    for one in facts.payments:
        if _is_clear(one) or _plain(one.iban) in own:
            continue
        days = (today - one.booked_on).days
        found = _first_that_fits(one, days, thresholds, owners, parties)
        if found:
            kind, reason = found
            yield _draft(kind, reason, one, days)


def _is_clear(one: Payment) -> bool:
    return one.is_matched or one.is_proposed or one.is_charge or one.has_document or not one.amount


def _first_that_fits(
    one: Payment, days: int, thresholds: Thresholds, owners: set[str], parties: set[str]
) -> tuple[str, str] | None:
    if one.way is Way.CASH:
        is_much = abs(one.amount) >= thresholds.cash_from or one.currency != EURO
        return ("B6", "cash") if is_much else None
    if _plain(one.iban) in owners:
        return ("B7", "owner_account")
    if one.may_cover:
        return ("B8", "may_cover")
    if one.amount > 0 and not set(thresholds.acquirers).isdisjoint(name_key(one.party).split()):
        return None  # the day's takings: the till, not the client, says what they were for
    if one.amount > 0:
        return ("B3", "unknown_receipt") if days >= thresholds.receipt_days else None
    return _of_debit(one, parties) if days >= thresholds.document_days else None


def _of_debit(one: Payment, parties: set[str]) -> tuple[str, str]:
    """Who sends invoices, or took a card, gave a document; for a transfer to a stranger there may be none."""
    if one.way is Way.CARD or parties & {name_key(one.party), _plain(one.iban)}:
        return ("B1", "no_document")
    return ("B4", "unknown_transfer")


def _draft(kind: str, reason: str, one: Payment, days: int) -> Draft:
    facts = {
        "party": one.party or one.iban or one.text,
        "booked_on": one.booked_on,
        "amount": abs(one.amount),
        "currency": one.currency,
        "days": days,
        "numbers": ", ".join(one.may_cover),
    }
    return Draft(kind, one.id, reason, one.party, facts, one.booked_on)


def _plain(iban: str) -> str:
    return "".join(iban.split()).upper() or "-"
