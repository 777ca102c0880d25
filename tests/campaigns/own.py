"""What several tests begin with: an office's own date for one period, and addresses of calendars."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from comptoir.campaigns.actions.deadlines import set_date
from comptoir.campaigns.actions.feeds import make_feed
from tests.world import NOW

if TYPE_CHECKING:
    from comptoir.campaigns.models import OwnDeadline
    from comptoir.people.models import Company, Membership

RETURN = {"obligation": "return", "regime": "monthly"}
OURS = date(2026, 11, 18)


def own_date(by: Membership, period: str = "2026-10", **other: Any) -> OwnDeadline:
    values = {**RETURN, "due_on": OURS, "reason": "Congé collectif.", "at": NOW}
    return set_date(period, by=by, **{**values, **other})


def subscribe(member: Membership, company: Company) -> None:
    """To the office's calendar, and to that of one dossier."""
    for company_id in (None, company.pk):
        make_feed(company_id, by=member, at=NOW)
