"""Looking at the accounts for questions: some seconds after they changed, and every night, for days pass too. And
asking what was scheduled.
"""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from comptoir.core.jobs import periodic, retrying
from comptoir.core.waiting_jobs import enqueue_once, is_under_way
from comptoir.ledger.jobs import match_company
from comptoir.ledger.models import ImportedFile
from comptoir.people.models import Company
from comptoir.questions.actions.asking_later import ask_scheduled
from comptoir.questions.detection import raise_questions

SOON = timedelta(seconds=10)  # many files of one folder are looked at together


@retrying(attempts=5)
def look_for_questions(company_id: str) -> None:
    """After matching: what is about to be matched is no question."""
    now = timezone.now()
    if is_under_way(match_company, company_id=company_id):
        with transaction.atomic():
            enqueue_once(look_for_questions, not_before=now + SOON, company_id=company_id)
        return
    raise_questions(UUID(company_id), at=now)


@retrying(attempts=8)
def ask_at_last(later_id: str) -> None:
    """What was scheduled for now."""
    ask_scheduled(UUID(later_id), at=timezone.now())


@periodic(every=timedelta(days=1), offset=timedelta(hours=4))
@retrying(attempts=3)
def look_everywhere() -> None:
    """What was due yesterday may be overdue today. One job for each dossier that has accounts."""
    brought = ImportedFile.objects.filter(company=OuterRef("pk"))
    dossiers = Company.objects.filter(Exists(brought), archived_at__isnull=True)
    for company_id in dossiers.order_by("pk").values_list("pk", flat=True):
        with transaction.atomic():
            enqueue_once(look_for_questions, company_id=str(company_id))
