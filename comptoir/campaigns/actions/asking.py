"""One dossier asked for its documents: a conversation in its language, a request, and its items."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import uuid5

from django.db import transaction

from comptoir.activity.verbs import Verb
from comptoir.campaigns.actions.gate import tell
from comptoir.campaigns.checklists import checklists
from comptoir.campaigns.models import Campaign, CampaignState, DocumentRequest, RequestItem
from comptoir.campaigns.standing import plan
from comptoir.campaigns.wording import request_values, texts_of
from comptoir.conversations.actions.bulk import filled
from comptoir.conversations.actions.conversation import start_conversation
from comptoir.people.models import Company, Membership

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from comptoir.campaigns.checklists import Line


@transaction.atomic
def ask_dossier(campaign_id: UUID, *, company_id: UUID, by_id: UUID, at: datetime) -> DocumentRequest | None:
    """Once, however often it is called. None where it is no more to be asked, or not by that member: nobody is told."""
    campaign = Campaign.objects.get(pk=campaign_id)
    by = Membership.objects.active().select_related("person", "office").filter(pk=by_id).first()
    if by is None or campaign.state != CampaignState.OPEN:
        return None
    dossiers = Company.objects.visible_to(by).active().filter(vat_regime=campaign.regime, pk=company_id)
    # Its row's lock: the same job may run twice at once.
    company = dossiers.select_related("manager__person").select_for_update(of=("self",)).first()
    if company is None:
        return None
    again = DocumentRequest.objects.filter(campaign=campaign, company=company).first()
    return again or _ask(campaign, company, by=by, at=at)


def _ask(campaign: Campaign, company: Company, *, by: Membership, at: datetime) -> DocumentRequest:
    texts = texts_of(campaign, company.language)
    values = request_values(company, campaign, by=by, at=at)
    started = start_conversation(
        company.pk,
        by=by,
        at=at,
        key=uuid5(campaign.pk, str(company.pk)),
        message_key=uuid5(campaign.pk, f"{company.pk}/first"),
        subject=filled(texts["subject"], values, field="subject"),
        body=filled(texts["body"], values, field="body"),
    )
    request = DocumentRequest(
        office_id=campaign.office_id,
        company=company,
        campaign=campaign,
        conversation=started.conversation,
        due_on=campaign.due_on,
        asked_by=by,
        asked_at=at,
    )
    plan(request, at=at)
    request.save(force_insert=True)
    _list(request, checklists([company.pk])[company.pk], at=at)
    tell(
        Verb.REQUEST_ASKED, request, by=by, at=at, period=campaign.period, due_on=campaign.due_on.isoformat()
    )
    return request


def _list(request: DocumentRequest, lines: list[Line], *, at: datetime) -> None:
    RequestItem.objects.bulk_create(
        RequestItem(
            request=request,
            kind=line.kind,
            label=line.label,
            account=line.account,
            place=place,
            changed_at=at,
        )
        for place, line in enumerate(lines, 1)
    )
