"""The product's own housekeeping, once a night."""

from __future__ import annotations

from datetime import timedelta

from django.core.management import call_command
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from comptoir.core.jobs import periodic, retrying
from comptoir.core.models import PeriodicRun, WorkerBeat

DONE_KEPT = timedelta(days=1)
FAILED_KEPT = timedelta(days=90)  # long enough to be asked about
SLOTS_KEPT = timedelta(days=40)  # longer than any period, so that no slot is taken twice


@periodic(every=timedelta(days=1), offset=timedelta(hours=2))
@retrying(attempts=3)
def tidy_up() -> None:
    """Forgets jobs that are done, jobs that failed long ago, workers that are gone and sessions that expired."""
    now = timezone.now()
    DBTaskResult.objects.successful().filter(finished_at__lt=now - DONE_KEPT).delete()
    DBTaskResult.objects.failed().filter(finished_at__lt=now - FAILED_KEPT).delete()
    PeriodicRun.objects.filter(slot__lt=now - SLOTS_KEPT).delete()
    WorkerBeat.objects.filter(seen_at__lt=now - DONE_KEPT).delete()
    call_command("clearsessions")
