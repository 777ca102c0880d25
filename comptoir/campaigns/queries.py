"""Deadlines as one of the staff sees them: the law's with the office's own, of all filers or of one dossier."""

from __future__ import annotations

from typing import TYPE_CHECKING

from comptoir.campaigns.deadlines.calendar import Own, OwnDate, OwnRule, deadline, deadlines_between, in_order
from comptoir.campaigns.deadlines.periods import period_named
from comptoir.campaigns.deadlines.rules import LAW, Obligation, Regime, Rule
from comptoir.campaigns.models import CalendarFeed, OwnDeadline
from comptoir.core.errors import NotFound

if TYPE_CHECKING:
    from datetime import date

    from django.db.models import QuerySet

    from comptoir.campaigns.deadlines.calendar import Deadline
    from comptoir.people.models import Company, Membership

OWING = (Regime.MONTHLY, Regime.QUARTERLY)
MONTHS_AFTER = {rule.obligation: rule.months_after for rule in LAW}


def own_deadlines(member: Membership) -> QuerySet[OwnDeadline]:
    """Those in force, oldest first: the later of two rules is the one that holds."""
    ours = OwnDeadline.objects.visible_to(member).in_force()
    return ours.select_related("set_by__person").order_by("set_at", "pk")


def own_of(deadlines: list[OwnDeadline]) -> Own:
    """The rows as plain values."""
    return Own(
        dates=tuple(_date(one) for one in deadlines if one.period),
        rules=tuple(_rule(one) for one in deadlines if not one.period),
    )


def _date(one: OwnDeadline) -> OwnDate:
    assert one.due_on is not None
    return OwnDate(
        Obligation(one.obligation), Regime(one.regime), period_named(one.period), one.due_on, one.reason
    )


def _rule(one: OwnDeadline) -> OwnRule:
    assert one.valid_from is not None
    assert one.day is not None
    what = Obligation(one.obligation)
    rule = Rule(
        what,
        Regime(one.regime),
        one.valid_from,
        one.valid_to,
        one.day,
        months_after=MONTHS_AFTER[what],
        shifts=one.shifts,
    )
    return OwnRule(rule, one.reason)


def deadlines_seen(own: Own, company: Company | None, *, first: date, last: date) -> list[Deadline]:
    """Of one dossier by its regime, or of all filers; earliest first."""
    regimes = [Regime(company.vat_regime)] if company else OWING
    found = [one for regime in regimes for one in deadlines_between(regime, first, last, own)]
    return sorted(found, key=in_order)


def deadline_seen(member: Membership, *, obligation: str, regime: str, period: str) -> Deadline:
    """As it stands for the office now; NotFound where nothing of the kind is owed."""
    try:
        which = Obligation(obligation), Regime(regime), period_named(period)
    except ValueError as error:
        raise NotFound from error
    found = deadline(*which, own_of(list(own_deadlines(member))))
    if found is None:
        raise NotFound
    return found


def own_feeds(member: Membership, company: Company | None) -> QuerySet[CalendarFeed]:
    mine = CalendarFeed.objects.visible_to(member).in_force().filter(company=company and company.pk)
    return mine.order_by("made_at")
