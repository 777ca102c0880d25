"""What the accounts hold of what is asked for: the statements of an account without a gap, and electronic invoices."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from comptoir.campaigns.collecting import Wanted
from comptoir.campaigns.deadlines.periods import period_named
from comptoir.campaigns.deadlines.working_days import working_day_before
from comptoir.campaigns.items import State
from comptoir.campaigns.requests import ItemFile
from comptoir.ledger.gaps import Told, gaps_between
from comptoir.ledger.models import BankAccount, Direction, Invoice, Statement

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID

    from comptoir.campaigns.deadlines.periods import Period
    from comptoir.campaigns.requests import RequestItem

ELECTRONIC = ("ubl", "cii")
DIRECTIONS = {Wanted.PURCHASES: Direction.PURCHASE, Wanted.SALES: Direction.SALE}


@dataclass(frozen=True)
class Held:
    """`count` of files beside those handed in; `source` says what they are: `statements` or `invoices`, and how many."""

    state: State
    count: int
    source: dict[str, Any]


def held_of(item: RequestItem) -> Held | None:
    """None where they hold nothing of it."""
    period, company_id = period_named(item.request.campaign.period), item.request.company_id
    if item.kind == Wanted.BANK:
        return _statements(company_id, item.account, period)
    direction = DIRECTIONS.get(Wanted(item.kind))
    return _invoices(item, direction, period) if direction else None


def _invoices(item: RequestItem, direction: Direction, period: Period) -> Held | None:
    """That they are all, no program can tell; what was handed in for the item is counted there."""
    handed_in = ItemFile.objects.filter(item=item.pk, withdrawn_at__isnull=True)
    found = Invoice.objects.filter(
        company=item.request.company_id,
        direction=direction,
        issued_on__range=(period.first_day, period.last_day),
        source__kind__in=ELECTRONIC,
    ).exclude(source__sha256__in=handed_in.values("attachment__sha256"))
    count = found.count()
    return Held(State.PART, count, {"invoices": count}) if count else None


def _statements(company_id: UUID, number: str, period: Period) -> Held | None:
    """Of one account, or of all that are known where the item names none."""
    accounts = BankAccount.objects.filter(company=company_id)
    if number:
        accounts = accounts.filter(number=number)
    told: dict[UUID, list[Told]] = {pk: [] for pk in accounts.values_list("pk", flat=True)}
    rows = Statement.objects.filter(
        account__in=list(told), opening__isnull=False, closing__isnull=False, closed_on__isnull=False
    )
    for account, *facts in rows.values_list(
        "account", "number", "closed_on", "opening", "closing", "opened_on"
    ):
        told[account].append(Told(*facts))
    inside = [one.closed_on for all_ in told.values() for one in all_ if _is_inside(one, period)]
    if not inside:
        return None
    whole = all(covers(all_, period.first_day, period.last_day) for all_ in told.values())
    source = {"statements": len(inside), "until": max(inside).isoformat()}
    return Held(State.IN if whole else State.PART, len(inside), source)


def _is_inside(one: Told, period: Period) -> bool:
    return period.first_day <= one.closed_on <= period.last_day


def covers(statements: list[Told], first: date, last: date) -> bool:
    """Whether no movement from one day to the other can be missing. Pure.

    A bank makes no statement on a weekend: one of the last working day ends the period, as does any later one.
    """
    in_order = sorted(statements, key=lambda one: one.closed_on)
    begins = [n for n, one in enumerate(in_order) if one.closed_on < first or _opens_by(one, first)]
    ends = [n for n, one in enumerate(in_order) if one.closed_on >= working_day_before(last)]
    if not begins or not ends:
        return False
    between = in_order[begins[-1] : ends[0] + 1]
    return bool(between) and not gaps_between(between)


def _opens_by(one: Told, first: date) -> bool:
    return one.opened_on is not None and one.opened_on <= first
