"""What follows in campaigns from what happened."""

from __future__ import annotations

from typing import TYPE_CHECKING

from comptoir.campaigns.jobs import ask_dossiers

if TYPE_CHECKING:
    from comptoir.activity.models import Event

AT_ONCE = 20  # dossiers that one job asks: a worker that is stopped waits for no more


def ask_soon(event: Event) -> None:
    """Hundreds of dossiers, each with its messages and mails, are no one request and no one transaction."""
    ids = event.facts["companies"]
    for first in range(0, len(ids), AT_ONCE):
        ask_dossiers.enqueue(
            campaign_id=str(event.subject_id),
            company_ids=ids[first : first + AT_ONCE],
            by_id=str(event.by_id),
        )
