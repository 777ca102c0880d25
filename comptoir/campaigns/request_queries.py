"""Campaigns and document requests as pages ask for them, always through the gate."""

from __future__ import annotations

from typing import TYPE_CHECKING

from comptoir.people.models import Company

if TYPE_CHECKING:
    from uuid import UUID

    from comptoir.campaigns.models import Campaign
    from comptoir.people.models import Membership


def concerned(campaign: Campaign, *, member: Membership) -> list[UUID]:
    """Proposed: the active dossiers of its regime that the member sees, and that it has not asked yet."""
    dossiers = Company.objects.visible_to(member).active().filter(vat_regime=campaign.regime)
    asked = campaign.requests.values("company")
    return list(dossiers.exclude(pk__in=asked).order_by("name", "pk").values_list("pk", flat=True))
