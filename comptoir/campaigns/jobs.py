"""What campaigns do by themselves: ask some dossiers at a time, chase, read what came, and come round."""

from __future__ import annotations

import logging
from datetime import timedelta
from uuid import UUID

from django.utils import timezone

from comptoir.campaigns.actions.asking import ask_dossier
from comptoir.campaigns.actions.chasing import take_step
from comptoir.campaigns.actions.filling import fill_request
from comptoir.campaigns.models import DocumentRequest
from comptoir.campaigns.reading import bring_in
from comptoir.campaigns.recurring import come_round
from comptoir.core.jobs import periodic, retrying

log = logging.getLogger(__name__)

STEPS_A_RUN = 500


@retrying(attempts=8)
def ask_dossiers(campaign_id: str, company_ids: list[str], by_id: str) -> None:
    """A transaction for each: what was asked before a crash is asked once."""
    for company_id in company_ids:
        ask_dossier(UUID(campaign_id), company_id=UUID(company_id), by_id=UUID(by_id), at=timezone.now())


@periodic(every=timedelta(minutes=1))
@retrying(attempts=1)
def take_steps() -> None:
    """One cheap question a minute; then one transaction for each request whose moment has come."""
    now = timezone.now()
    due = DocumentRequest.objects.filter(next_step_at__lte=now, company__archived_at__isnull=True)
    for request_id in list(due.order_by("next_step_at").values_list("pk", flat=True)[:STEPS_A_RUN]):
        try:
            take_step(request_id, at=timezone.now())
        except Exception:  # one that cannot be chased must not keep all others from it; its row stays due
            log.exception("A step of document request %s failed", request_id)


@retrying(attempts=5)
def fill_requests(company_id: str) -> None:
    """Some seconds after the accounts of a dossier changed, and when it was asked."""
    open_ = DocumentRequest.objects.open().filter(company=UUID(company_id)).order_by("asked_at")
    for request_id in list(open_.values_list("pk", flat=True)):
        fill_request(request_id, at=timezone.now())


@retrying(attempts=5)
def read_item_file(file_id: str) -> None:
    bring_in(UUID(file_id), at=timezone.now())


@periodic(every=timedelta(hours=1), offset=timedelta(minutes=17))
@retrying(attempts=1)
def prepare_campaigns() -> None:
    come_round(at=timezone.now())
