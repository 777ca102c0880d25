"""Campaigns: prepared for a period, changed while nobody was asked, opened over dossiers, and ended."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction

from comptoir.activity.record import record
from comptoir.activity.verbs import Verb
from comptoir.campaigns.actions.gate import campaign_locked, require_staff
from comptoir.campaigns.models import Campaign, CampaignState
from comptoir.campaigns.period_dates import legal_date, usual_due
from comptoir.campaigns.refusals import CampaignEnded, DueAfterTheLaw, NotOfTheRegime
from comptoir.campaigns.request_queries import concerned
from comptoir.campaigns.wording import REQUEST_FIELDS
from comptoir.conversations.actions.bulk import filled
from comptoir.conversations.actions.content import checked_content, checked_subject
from comptoir.people.models import Language

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from datetime import date, datetime
    from uuid import UUID

    from comptoir.people.models import Membership


@transaction.atomic
def prepare_campaign(
    period: str, *, by: Membership, at: datetime, regime: str, due_on: date | None = None
) -> Campaign:
    """For a period and a regime, once: the one that is there already is returned as it is."""
    require_staff(by)
    legal_on = legal_date(by.office_id, regime=regime, period=period)
    day = due_on or usual_due(legal_on)
    if day > legal_on:
        raise DueAfterTheLaw(field="due_on")
    facts = {"due_on": day, "legal_on": legal_on}
    return _once(by.office_id, regime=regime, period=period, by=by, at=at, **facts)


@transaction.atomic
def prepare_by_calendar(office_id: UUID, *, at: datetime, regime: str, period: str) -> Campaign:
    """The same, by nobody."""
    legal_on = legal_date(office_id, regime=regime, period=period)
    facts = {"due_on": usual_due(legal_on), "legal_on": legal_on}
    return _once(office_id, regime=regime, period=period, by=None, at=at, **facts)


def _once(
    office_id: UUID, *, regime: str, period: str, by: Membership | None, at: datetime, **facts: date
) -> Campaign:
    campaign, is_new = Campaign.objects.get_or_create(
        office_id=office_id, regime=regime, period=period, defaults={**facts, "prepared_at": at}
    )
    if is_new:
        _record(Verb.CAMPAIGN_PREPARED, campaign, by=by, at=at)
    return campaign


@transaction.atomic
def change_campaign(
    campaign_id: UUID,
    *,
    by: Membership,
    at: datetime,
    due_on: date,
    texts: Mapping[str, Mapping[str, str]],
) -> Campaign:
    """Its day and its texts by language, for whoever is asked from now on. Empty texts are the usual ones."""
    require_staff(by)
    campaign = campaign_locked(campaign_id, by=by)
    if campaign.state == CampaignState.ENDED:
        raise CampaignEnded
    if due_on > campaign.legal_on:
        raise DueAfterTheLaw(field="due_on")
    campaign.due_on, campaign.texts = due_on, _checked(texts)
    campaign.save(update_fields=["due_on", "texts"])
    _record(Verb.CAMPAIGN_CHANGED, campaign, by=by, at=at, due_on=due_on.isoformat())
    return campaign


def _checked(texts: Mapping[str, Mapping[str, str]]) -> dict[str, dict[str, str]]:
    """Raises UnknownField for a merge field that there is none of, and what the content of a message raises."""
    known = dict.fromkeys(REQUEST_FIELDS, "x")
    kept: dict[str, dict[str, str]] = {}
    for language in Language.values:
        subject, body = (texts.get(language, {}).get(part, "").strip() for part in ("subject", "body"))
        if subject:
            checked_subject(filled(subject, known, field=f"subject_{language}"))
        if body:
            body = checked_content(body, ()).body
            filled(body, known, field=f"body_{language}")
        if subject or body:
            kept[language] = {"subject": subject, "body": body}
    return kept


@transaction.atomic
def open_campaign(
    campaign_id: UUID, *, by: Membership, at: datetime, company_ids: Collection[UUID] | None = None
) -> Campaign:
    """Ask these dossiers, or all concerned; of an open one, those that were not asked yet. Jobs do the asking.

    Raises NotOfTheRegime where one of them is not `concerned` and was not asked either.
    """
    require_staff(by, sends=True)
    campaign = campaign_locked(campaign_id, by=by)
    if campaign.state == CampaignState.ENDED:
        raise CampaignEnded
    ids = concerned(campaign, member=by)
    if company_ids is not None:
        asked = set(campaign.requests.values_list("company", flat=True))
        if set(company_ids) - set(ids) - asked:
            raise NotOfTheRegime(field="companies")
        ids = [one for one in ids if one in set(company_ids)]
    if not campaign.opened_at:
        campaign.state, campaign.opened_by, campaign.opened_at = CampaignState.OPEN, by, at
        campaign.save(update_fields=["state", "opened_by", "opened_at"])
    _record(Verb.CAMPAIGN_OPENED, campaign, by=by, at=at, companies=[str(one) for one in ids])
    return campaign


@transaction.atomic
def end_campaign(campaign_id: UUID, *, by: Membership | None, at: datetime) -> Campaign:
    """It asks nobody any more; requests that are open stay so until they are handed in or closed."""
    if by is None:
        campaign = Campaign.objects.select_for_update().get(pk=campaign_id)
    else:
        require_staff(by, sends=True)
        campaign = campaign_locked(campaign_id, by=by)
    if campaign.state == CampaignState.OPEN:
        campaign.state, campaign.ended_at = CampaignState.ENDED, at
        campaign.save(update_fields=["state", "ended_at"])
        _record(Verb.CAMPAIGN_ENDED, campaign, by=by, at=at)
    return campaign


def _record(verb: Verb, campaign: Campaign, *, by: Membership | None, at: datetime, **facts: Any) -> None:
    record(
        verb,
        campaign.pk,
        office_id=campaign.office_id,
        by_id=by.pk if by else None,
        at=at,
        period=campaign.period,
        vat_regime=campaign.regime,
        **facts,
    )
