"""`python -m tests.core.sleepy WHAT`: a job that takes its time, and questions about it from another process."""

from __future__ import annotations

import sys
import time
from datetime import timedelta

import django

if __name__ == "__main__":
    django.setup()

from django.core.management import call_command
from django.utils import timezone
from django_tasks import task
from django_tasks_db.models import DBTaskResult

from comptoir.core.models import WorkerBeat
from comptoir.core.worker import put_back_abandoned


@task
def doze(seconds: float) -> None:
    time.sleep(seconds)


def main(what: str) -> None:
    if what == "prepare":
        call_command("migrate", verbosity=0)
        doze.enqueue(10.0)  # longer than two questions from other processes take on a busy machine
    if what == "half a minute later":
        WorkerBeat.objects.update(seen_at=timezone.now() - timedelta(seconds=31))
        put_back_abandoned()
        DBTaskResult.objects.filter(task_path__endswith="doze").update(run_after=timezone.now())
    sys.stdout.write(str(DBTaskResult.objects.get(task_path__endswith="doze").status))


if __name__ == "__main__":
    from tests.core import sleepy  # the worker finds the job by this name, not by "__main__"

    sleepy.main(sys.argv[1])
