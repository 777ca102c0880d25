"""Campaigns and document requests as pages ask for them, always through the gate."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import F

from comptoir.campaigns.models import DocumentRequest, ItemFile, RequestItem
from comptoir.core.errors import NotFound
from comptoir.people.models import Company

if TYPE_CHECKING:
    from uuid import UUID

    from django.db.models import QuerySet

    from comptoir.campaigns.models import Campaign
    from comptoir.files.models import Attachment
    from comptoir.people.models import Membership


def concerned(campaign: Campaign, *, member: Membership) -> list[UUID]:
    """Proposed: the active dossiers of its regime that the member sees, and that it has not asked yet."""
    dossiers = Company.objects.visible_to(member).active().filter(vat_regime=campaign.regime)
    asked = campaign.requests.values("company")
    return list(dossiers.exclude(pk__in=asked).order_by("name", "pk").values_list("pk", flat=True))


def requests_seen(member: Membership) -> QuerySet[DocumentRequest]:
    """The open ones first, the most pressing at the top; then those that are over, the newest first."""
    found = DocumentRequest.objects.visible_to(member).select_related("campaign")
    return found.order_by(F("ended_at").desc(nulls_first=True), "due_on", "pk")


def request_of(conversation_id: UUID, *, member: Membership) -> DocumentRequest:
    """NotFound for whoever does not see it."""
    rows = DocumentRequest.objects.visible_to(member).filter(conversation=conversation_id)
    found = rows.select_related("campaign", "conversation", "company", "asked_by__person").first()
    if found is None:
        raise NotFound
    return found


def items_of(request: DocumentRequest, *, member: Membership) -> list[RequestItem]:
    return list(RequestItem.objects.visible_to(member).filter(request=request.pk).order_by("place"))


def item_file_for(member: Membership, attachment_id: UUID) -> Attachment | None:
    """A file through the request that it was handed in for. None = missing or not visible."""
    rows = ItemFile.objects.visible_to(member).filter(attachment=attachment_id, withdrawn_at__isnull=True)
    found = rows.select_related("attachment").first()
    return found.attachment if found else None
