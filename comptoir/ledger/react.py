"""What follows in the accounts from what happened."""

from __future__ import annotations

from typing import TYPE_CHECKING

from comptoir.ledger.jobs import QUIET, match_company, read_file
from comptoir.ledger.models import MatchingDue

if TYPE_CHECKING:
    from comptoir.activity.models import Event


def read_later(event: Event) -> None:
    if event.facts["is_read_later"]:
        read_file.enqueue(file_id=str(event.subject_id))


def match_soon(event: Event) -> None:
    """What a file brought may pay, or be paid by, what was here."""
    if event.facts["invoices"] or event.facts["payments"]:
        _match_once_quiet(event)


def match_again(event: Event) -> None:
    """Somebody decided: what they took, or let go, may be another payment's."""
    if event.by_id is not None:
        _match_once_quiet(event)


def _match_once_quiet(event: Event) -> None:
    """One run for all that comes together. Under the dossier's lock, which imports and matches hold."""
    assert event.company_id is not None
    _due, is_first = MatchingDue.objects.update_or_create(
        company_id=event.company_id,
        defaults={"changed_at": event.at},
        create_defaults={"office_id": event.office_id, "since": event.at, "changed_at": event.at},
    )
    if is_first:
        match_company.using(run_after=event.at + QUIET).enqueue(company_id=str(event.company_id))
