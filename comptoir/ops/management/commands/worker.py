"""Runs the jobs in a process of its own, beside `serve --no-jobs`. Any number may run on one PostgreSQL."""

from __future__ import annotations

import signal
from typing import Any

from django.core.management.base import BaseCommand

from comptoir.core.worker import Worker
from comptoir.ops.preparation import check_start

END_SECONDS = 30.0  # that a job under way may still take; a second signal ends it at once


class Command(BaseCommand):
    help = "Run the jobs in a process of their own"
    requires_system_checks: list[str] = []

    def handle(self, *args: object, **options: Any) -> None:  # noqa: ARG002
        check_start()
        worker = Worker()
        worker.start()
        self.stdout.write("Comptoir's worker is ready")
        self.stdout.flush()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda signum, _: _asked_to_end(worker, signum))
        worker.stopping.wait()
        worker.stop(within=END_SECONDS)


def _asked_to_end(worker: Worker, signum: int) -> None:
    worker.stopping.set()
    signal.signal(signum, signal.SIG_DFL)
