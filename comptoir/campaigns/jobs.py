"""What campaigns do by themselves: ask some dossiers at a time."""

from __future__ import annotations

from uuid import UUID

from django.utils import timezone

from comptoir.campaigns.actions.asking import ask_dossier
from comptoir.core.jobs import retrying


@retrying(attempts=8)
def ask_dossiers(campaign_id: str, company_ids: list[str], by_id: str) -> None:
    """A transaction for each: what was asked before a crash is asked once."""
    for company_id in company_ids:
        ask_dossier(UUID(campaign_id), company_id=UUID(company_id), by_id=UUID(by_id), at=timezone.now())
