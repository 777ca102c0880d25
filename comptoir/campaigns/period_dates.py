"""The two days of a campaign: when the return is to be filed, and by when clients should hand in."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from comptoir.campaigns.deadlines.calendar import deadline
from comptoir.campaigns.deadlines.periods import period_named
from comptoir.campaigns.deadlines.rules import Obligation, Regime
from comptoir.campaigns.deadlines.working_days import working_day_before
from comptoir.campaigns.models import OwnDeadline
from comptoir.campaigns.queries import own_of
from comptoir.campaigns.refusals import NothingOwed

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID

WORKING_DAYS_BEFORE = 3


def legal_date(office_id: UUID, *, regime: str, period: str) -> date:
    """With the office's own dates; NothingOwed where nothing is to be filed."""
    try:
        which = Obligation.RETURN, Regime(regime), period_named(period)
    except ValueError as error:
        raise NothingOwed(field="period") from error
    ours = OwnDeadline.objects.filter(office=office_id).in_force().order_by("set_at", "pk")
    found = deadline(*which, own_of(list(ours)))
    if found is None:
        raise NothingOwed(field="period")
    return found.due_on


def usual_due(legal_on: date) -> date:
    """Three working days before, so that what came can still be looked at."""
    day = legal_on
    for _ in range(WORKING_DAYS_BEFORE):
        day = working_day_before(day - timedelta(days=1))
    return day
