"""What follows in the accounts from what happened."""

from __future__ import annotations

from typing import TYPE_CHECKING

from comptoir.core.waiting_jobs import enqueue_once
from comptoir.ledger.jobs import match_company, read_file

if TYPE_CHECKING:
    from comptoir.activity.models import Event


def read_later(event: Event) -> None:
    if event.facts["is_read_later"]:
        read_file.enqueue(file_id=str(event.subject_id))


def match_soon(event: Event) -> None:
    """What a file brought may pay, or be paid by, what was here."""
    if event.facts["invoices"] or event.facts["payments"]:
        enqueue_once(match_company, company_id=str(event.company_id))
