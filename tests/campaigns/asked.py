"""What tests of campaigns begin with: a campaign of the running period, opened, and its dossiers asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from comptoir.campaigns.actions.asking import ask_dossier
from comptoir.campaigns.actions.campaigns import open_campaign, prepare_campaign
from comptoir.campaigns.models import DocumentRequest, RequestItem
from comptoir.core.ids import new_id
from comptoir.files.models import Attachment
from comptoir.people.models import Company
from tests.world import NOW

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from comptoir.campaigns.models import Campaign
    from comptoir.people.models import Membership

PERIOD = "2026-10"  # its return is due on 20 November 2026, a Friday: handed in by the 17th


def campaign(
    by: Membership, *, at: datetime = NOW, period: str = PERIOD, regime: str = "monthly"
) -> Campaign:
    return prepare_campaign(period, by=by, at=at, regime=regime)


def ask(by: Membership, company: Company, *, at: datetime = NOW, period: str = PERIOD) -> DocumentRequest:
    """One dossier, as a monthly filer, asked by an open campaign."""
    Company.objects.filter(pk=company.pk).update(vat_regime="monthly")
    opened = open_campaign(campaign(by, at=at, period=period).pk, by=by, at=at, company_ids=[])
    found = ask_dossier(opened.pk, company_id=company.pk, by_id=by.pk, at=at)
    assert found is not None
    return found


def uploaded(by: Membership, *, name: str = "ventes.pdf", at: datetime = NOW) -> UUID:
    """A file of theirs that nothing has taken yet."""
    key = new_id()
    return Attachment.objects.create(
        office_id=by.office_id,
        uploaded_by=by,
        name=name,
        media_type="application/pdf",
        size=1,
        sha256=key.hex * 2,
        key=key,
        created_at=at,
    ).pk


def item(request: DocumentRequest, kind: str) -> RequestItem:
    return RequestItem.objects.get(request=request.pk, kind=kind)


def now_of(request: DocumentRequest) -> DocumentRequest:
    return DocumentRequest.objects.select_related("conversation", "company", "campaign").get(pk=request.pk)
