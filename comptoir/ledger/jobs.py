"""What is done with imported files later."""

from __future__ import annotations

from uuid import UUID

from django.utils import timezone

from comptoir.core.jobs import retrying
from comptoir.ledger.actions.imports import read_waiting
from comptoir.ledger.actions.matches import match_payments


@retrying(attempts=5)
def read_file(file_id: str) -> None:
    read_waiting(UUID(file_id), at=timezone.now())


@retrying(attempts=5)
def match_company(company_id: str) -> None:
    match_payments(UUID(company_id), at=timezone.now())
