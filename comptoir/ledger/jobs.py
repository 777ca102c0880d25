"""What is done with imported files later."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.utils import timezone

from comptoir.core.jobs import retrying
from comptoir.ledger.actions.imports import read_waiting
from comptoir.ledger.actions.matches import match_payments
from comptoir.ledger.models import MatchingDue

# Files come in batches, and one run costs the same as one for each of them. Whoever looks on waits no longer than LONGEST.
QUIET, LONGEST = timedelta(seconds=3), timedelta(seconds=30)


@retrying(attempts=5)
def read_file(file_id: str) -> None:
    read_waiting(UUID(file_id), at=timezone.now())


@retrying(attempts=5)
def match_company(company_id: str) -> None:
    """Once nothing has come for a moment. What comes from here on asks for another run."""
    now, company = timezone.now(), UUID(company_id)
    due = MatchingDue.objects.filter(company=company).first()
    if due is not None and now - due.changed_at < QUIET and now - due.since < LONGEST:
        match_company.using(run_after=due.changed_at + QUIET).enqueue(company_id=company_id)
        return
    MatchingDue.objects.filter(company=company).delete()
    match_payments(company, at=now)
