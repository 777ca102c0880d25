"""Campaigns that come round by themselves: prepared once a period has ended, and ended when nothing is open."""

from __future__ import annotations

from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from comptoir.campaigns.actions.campaigns import end_campaign, open_campaign, prepare_by_calendar
from comptoir.campaigns.deadlines.calendar import deadline
from comptoir.campaigns.deadlines.periods import Cycle, period_of
from comptoir.campaigns.deadlines.rules import Obligation, Regime
from comptoir.campaigns.models import Campaign, CampaignSettings, CampaignState, DocumentRequest
from comptoir.people.models import Company, Office
from comptoir.people.profiles import may_write_to_clients

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date, datetime

    from comptoir.people.models import Membership

HOME = ZoneInfo("Europe/Brussels")  # whose calendar it is
CYCLES = {Regime.MONTHLY: Cycle.MONTH, Regime.QUARTERLY: Cycle.QUARTER}


def come_round(*, at: datetime) -> list[Campaign]:
    """Those that were not there: of every office, for the period that ended last. Twice changes nothing."""
    today = at.astimezone(HOME).date()
    _end_those_done(today, at=at)
    made = []
    for office, regime, period in _due(today):
        campaign = prepare_by_calendar(office.pk, at=at, regime=regime, period=period)
        made.append(campaign)
        if (starter := _starter(office)) is not None:
            open_campaign(campaign.pk, by=starter, at=at)
    return made


def _due(today: date) -> Iterator[tuple[Office, str, str]]:
    """As long as the law's date has not passed: what is over is nobody's to be asked for."""
    for regime, cycle in CYCLES.items():
        period = period_of(today, cycle).before()
        owed = deadline(Obligation.RETURN, regime, period)
        if owed is None or owed.law_on < today:
            continue
        filing = Company.objects.active().filter(vat_regime=regime)
        there = Campaign.objects.filter(regime=regime, period=str(period))
        for office in Office.objects.filter(pk__in=filing.values("office")).exclude(
            pk__in=there.values("office")
        ):
            yield office, regime, str(period)


def _starter(office: Office) -> Membership | None:
    """In whose name it begins; None where it waits for one click."""
    found = CampaignSettings.objects.filter(
        office=office, starts_itself=True, opens_as__ended_at__isnull=True
    )
    settings = found.select_related("opens_as__person", "opens_as__office").first()
    member = settings.opens_as if settings else None
    return member if member and may_write_to_clients(member.profile) else None


def _end_those_done(today: date, *, at: datetime) -> None:
    running = Campaign.objects.filter(state=CampaignState.OPEN, legal_on__lt=today)
    still = DocumentRequest.objects.open().values("campaign")
    for campaign_id in running.exclude(pk__in=still).values_list("pk", flat=True):
        end_campaign(campaign_id, by=None, at=at)
