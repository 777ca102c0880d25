"""Runs the jobs: one after the other in a thread, with a second thread that says "alive" and watches the clock.

django-tasks-db has a worker of its own, but one that takes SQLite's write lock every second to find nothing,
marks a failed job as failed for good, and leaves a killed worker's job running for ever.
"""

from __future__ import annotations

import logging
import os
import secrets
import socket
import threading
from datetime import timedelta
from traceback import format_exception
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import DatabaseError, InterfaceError, close_old_connections, connections, transaction
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.module_loading import autodiscover_modules
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from comptoir.core.jobs import ONCE, PERIODIC, RETRIES
from comptoir.core.models import PeriodicRun, WorkerBeat

if TYPE_CHECKING:
    from datetime import datetime

    from django.db.models import QuerySet

log = logging.getLogger(__name__)

IDLE = 1.0  # seconds between two looks into an empty queue
LEASE = timedelta(seconds=30)  # silent longer than this, a worker counts as gone
# A job whose worker dies with it, again and again, is the reason for it.
DEATHS = 5
DATABASE_AWAY = (DatabaseError, InterfaceError)


class Worker:
    def __init__(self) -> None:
        self.id = new_name()
        self.stopping = threading.Event()
        self._slots: dict[str, datetime] = {}
        self._threads = [
            threading.Thread(target=target, name=name, daemon=True)
            for target, name in ((self._work, "jobs"), (self._watch, "jobs-clock"))
        ]

    def start(self) -> None:
        autodiscover_modules("jobs")
        beat(self.id)  # before the first job is taken: nobody may think it is a dead worker's
        for thread in self._threads:
            thread.start()

    def stop(self, *, within: float) -> None:
        """Finishes the job under way if that takes no longer than `within` seconds, else leaves it to the next."""
        self.stopping.set()
        for thread in self._threads:
            thread.join(within)
        WorkerBeat.objects.filter(pk=self.id).delete()

    def _work(self) -> None:
        was_away = False
        while not self.stopping.is_set():
            try:
                close_old_connections()
                if was_away:
                    # It comes back as another: what it could not put down is then put back as a lost worker's.
                    self.id, was_away = new_name(), False
                    beat(self.id)
                if not run_one(self.id):
                    self.stopping.wait(IDLE)
            except DATABASE_AWAY as failure:
                log.warning("Jobs wait for the database: %s", failure)
                was_away = True
                self.stopping.wait(IDLE * 5)
        connections.close_all()

    def _watch(self) -> None:
        while not self.stopping.is_set():
            try:
                close_old_connections()
                beat(self.id)
                self._slots = enqueue_due(timezone.now(), done=self._slots)
                put_back_abandoned()
            except DATABASE_AWAY as failure:
                log.warning("The clock of the jobs waits for the database: %s", failure)
            self.stopping.wait(settings.JOBS_BEAT)
        connections.close_all()


def new_name() -> str:
    return f"{socket.gethostname()[:32]}:{os.getpid()}:{secrets.token_hex(6)}"


def run_one(worker: str) -> bool:
    """Takes the next job and runs it to its end; False if there was none."""
    job = claimed(worker)
    if job is None:
        return False
    try:
        value = called(job)
    except Exception as failure:  # noqa: BLE001 -- kept with the job, and logged when it is the last attempt
        failed(job, failure, again=len(job.worker_ids) < RETRIES.get(job.task_path, ONCE).attempts)
    else:
        owned(job).update(
            status=TaskResultStatus.SUCCESSFUL,
            finished_at=Now(),
            return_value=value,
            exception_class_path="",
            traceback="",
        )
    return True


def claimed(worker: str) -> DBTaskResult[Any, Any] | None:
    if not DBTaskResult.objects.ready().exists():  # an empty queue takes no write lock
        return None
    with transaction.atomic():
        job: DBTaskResult[Any, Any] | None = DBTaskResult.objects.ready().get_locked()
        if job is not None:
            job.claim(worker)
    return job


def called(job: DBTaskResult[Any, Any]) -> Any:
    return job.task.call(*job.args_kwargs["args"], **job.args_kwargs["kwargs"])


def failed(job: DBTaskResult[Any, Any], failure: BaseException, *, again: bool) -> None:
    failures = len(job.worker_ids)
    facts: dict[str, Any] = {
        "exception_class_path": f"{type(failure).__module__}.{type(failure).__qualname__}",
        "traceback": "".join(format_exception(failure)),
    }
    if again:
        wait = RETRIES.get(job.task_path, ONCE).wait(failures)
        owned(job).update(status=TaskResultStatus.READY, run_after=timezone.now() + wait, **facts)
        log.info("Job %s failed (%d) and is tried again in %s", job.task_path, failures, wait)
    else:
        owned(job).update(status=TaskResultStatus.FAILED, finished_at=Now(), **facts)
        log.error("Job %s %s failed for good", job.task_path, job.pk, exc_info=failure)


def owned(job: DBTaskResult[Any, Any]) -> QuerySet[DBTaskResult[Any, Any]]:
    """The row, unless somebody else took the job meanwhile because this worker seemed dead."""
    return DBTaskResult.objects.filter(pk=job.pk, status=TaskResultStatus.RUNNING, started_at=job.started_at)


def beat(worker: str) -> None:
    WorkerBeat.objects.update_or_create(pk=worker, defaults={"seen_at": Now()})


def put_back_abandoned() -> None:
    # The jobs first, the signs of life after: a worker gives its sign before it takes a job.
    running = list(DBTaskResult.objects.running())
    alive = set(WorkerBeat.objects.filter(seen_at__gt=Now() - LEASE).values_list("pk", flat=True))
    for job in running:
        if job.worker_ids[-1] not in alive:
            attempts = max(DEATHS, RETRIES.get(job.task_path, ONCE).attempts)
            failed(job, WorkerLost(job.worker_ids[-1]), again=len(job.worker_ids) < attempts)


class WorkerLost(Exception):  # noqa: N818 -- what became of it, in the glossary's words
    """The worker ended, or fell silent, before it said how the job went."""


def enqueue_due(at: datetime, *, done: dict[str, datetime]) -> dict[str, datetime]:
    """Enqueues each periodic job whose slot nobody took yet. `done` spares the question for slots known taken."""
    slots = {name: job.slot(at) for name, job in PERIODIC.items()}
    for name, slot in slots.items():
        if done.get(name) != slot:
            with transaction.atomic():
                _, is_first = PeriodicRun.objects.get_or_create(name=name, slot=slot)
                if is_first:
                    PERIODIC[name].job.enqueue()
    return slots
