"""What follows in campaigns from what happened."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from comptoir.campaigns.actions.deciding import end_with
from comptoir.campaigns.jobs import ask_dossiers, fill_requests, read_item_file
from comptoir.campaigns.models import DocumentRequest
from comptoir.core.waiting_jobs import enqueue_once
from comptoir.people.models import Membership

if TYPE_CHECKING:
    from comptoir.activity.models import Event

AT_ONCE = 20  # dossiers that one job asks: a worker that is stopped waits for no more
SOON = timedelta(seconds=10)  # many files of one folder are looked at together


def ask_soon(event: Event) -> None:
    """Hundreds of dossiers, each with its messages and mails, are no one request and no one transaction."""
    ids = event.facts["companies"]
    for first in range(0, len(ids), AT_ONCE):
        ask_dossiers.enqueue(
            campaign_id=str(event.subject_id),
            company_ids=ids[first : first + AT_ONCE],
            by_id=str(event.by_id),
        )


def fill_soon(event: Event) -> None:
    """A file was read into the accounts, or a request begins that they may answer in part."""
    if DocumentRequest.objects.open().filter(company=event.company_id).exists():
        enqueue_once(fill_requests, not_before=event.at + SOON, company_id=str(event.company_id))


def read_handed_in(event: Event) -> None:
    for file_id in event.facts.get("files", ()):
        read_item_file.enqueue(file_id=file_id)


def end_closed(event: Event) -> None:
    """With its conversation the request ends, whoever closed that."""
    by = Membership.objects.filter(pk=event.by_id).first() if event.by_id else None
    end_with(event.subject_id, by=by, at=event.at)


def plan_again(event: Event) -> None:
    """Who may be reached, or when, is another now: the ladder is asked again, and says so itself."""
    rows = DocumentRequest.objects.open().filter(office=event.office_id)
    if event.company_id is not None:
        rows = rows.filter(company=event.company_id)
    rows.update(next_step_at=event.at)
