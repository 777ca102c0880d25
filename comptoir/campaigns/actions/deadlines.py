"""An office's own dates: for one period, or for all from some day on. With a reason, and by administrators only."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from comptoir.activity.record import record
from comptoir.activity.verbs import Verb
from comptoir.campaigns.deadlines.calendar import deadline
from comptoir.campaigns.deadlines.periods import Period, period_named
from comptoir.campaigns.deadlines.rules import Obligation, Regime, cycle_of
from comptoir.campaigns.models import REASON, OwnDeadline
from comptoir.core.errors import Invalid, NotFound
from comptoir.core.text import clean_line
from comptoir.people.gate import require_administrator
from comptoir.people.models import Office

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from comptoir.people.models import Membership

A_YEAR = timedelta(days=366)
LONGEST_MONTH = 31


@transaction.atomic
def set_date(
    period: str, *, by: Membership, at: datetime, obligation: str, regime: str, due_on: date, reason: str
) -> OwnDeadline:
    """For one period. What was set for it before is in force no more."""
    require_administrator(by)
    what, regime_, why = _known(obligation, regime, reason)
    named = _owed(period, what, regime_)
    if not named.first_day <= due_on <= named.last_day + A_YEAR:
        raise Invalid(_("The date lies before the period, or more than a year after it."), field="due_on")
    Office.objects.select_for_update().get(pk=by.office_id)
    before = OwnDeadline.objects.visible_to(by).in_force()
    before.filter(obligation=what, regime=regime_, period=str(named)).update(withdrawn_at=at)
    facts = {"period": str(named), "due_on": due_on}
    return _keep(by=by, at=at, obligation=what, regime=regime_, reason=why, **facts)


@transaction.atomic
def set_rule(
    obligation: str,
    *,
    by: Membership,
    at: datetime,
    regime: str,
    day: int,
    valid_from: date,
    valid_to: date | None,
    shifts: bool,
    reason: str,
) -> OwnDeadline:
    """For all periods that begin from one day to another; of two that meet, the one that was set later holds."""
    require_administrator(by)
    what, regime_, why = _known(obligation, regime, reason)
    if cycle_of(what, regime_) is None:
        raise Invalid(_("Nothing of this kind is owed under this regime."), field="regime")
    if not 1 <= day <= LONGEST_MONTH:
        raise Invalid(_("A month has no such day."), field="day")
    if valid_to and valid_to < valid_from:
        raise Invalid(_("The end lies before the beginning."), field="valid_to")
    facts = {"day": day, "valid_from": valid_from, "valid_to": valid_to, "shifts": shifts}
    return _keep(by=by, at=at, obligation=what, regime=regime_, reason=why, **facts)


@transaction.atomic
def withdraw_deadline(deadline_id: UUID, *, by: Membership, at: datetime) -> OwnDeadline:
    """The law's date holds again, or the rule's that the office set beside it."""
    ours = OwnDeadline.objects.visible_to(by).in_force().select_for_update(of=("self",))
    found = ours.filter(pk=deadline_id).first()
    if found is None:
        raise NotFound
    require_administrator(by)
    found.withdrawn_at = at
    found.save(update_fields=["withdrawn_at"])
    _record(Verb.DEADLINE_WITHDRAWN, found, by=by, at=at)
    return found


def _known(obligation: str, regime: str, reason: str) -> tuple[Obligation, Regime, str]:
    why = clean_line(reason)[:REASON]
    if not why:
        raise Invalid(_("Please say why."), field="reason")
    if obligation not in list(Obligation) or regime not in list(Regime):
        raise Invalid(field="obligation")
    return Obligation(obligation), Regime(regime), why


def _owed(name: str, obligation: Obligation, regime: Regime) -> Period:
    try:
        period = period_named(name)
    except ValueError as error:
        raise Invalid(_("This names no period."), field="period") from error
    if deadline(obligation, regime, period) is None:
        raise Invalid(_("Nothing of this kind is owed for this period."), field="period")
    return period


def _keep(*, by: Membership, at: datetime, **facts: Any) -> OwnDeadline:
    made = OwnDeadline.objects.create(office_id=by.office_id, set_by=by, set_at=at, **facts)
    _record(Verb.DEADLINE_SET, made, by=by, at=at)
    return made


def _record(verb: Verb, one: OwnDeadline, *, by: Membership, at: datetime) -> None:
    """Only what was said: a rule has no period, and a date no day of each month."""
    said: dict[str, Any] = {
        "period": one.period,
        "due_on": one.due_on and one.due_on.isoformat(),
        "day": one.day,
        "since": one.valid_from and one.valid_from.isoformat(),
        "until": one.valid_to and one.valid_to.isoformat(),
    }
    record(
        verb,
        one.pk,
        office_id=one.office_id,
        by_id=by.pk,
        at=at,
        obligation=one.obligation,
        vat_regime=one.regime,
        because=one.reason,
        **{name: value for name, value in said.items() if value},
    )
