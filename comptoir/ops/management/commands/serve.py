"""Serves the product on one port: pages, API, the live stream and the jobs, in one process."""

from __future__ import annotations

import gc
import signal
import sys
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connections
from django.urls import get_resolver
from django.utils.module_loading import import_string

from comptoir.core.worker import Worker
from comptoir.ops.incoming.ways import start_all, stop_all, ways_of_serve
from comptoir.ops.one_server import claim_data_folder
from comptoir.ops.preparation import check_start, prepare
from comptoir.serving.server import allow_many_connections, bound_socket, server

if TYPE_CHECKING:
    import socket
    from argparse import ArgumentParser

# Named, not imported: the server's function stands above the commands.
APPLICATION = "comptoir.asgi.application"
JOB_SECONDS = 2.0  # that a job under way may still take when the process is asked to end


class Command(BaseCommand):
    help = "Serve Comptoir: pages, live changes and jobs in one process"
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--host", default=settings.HOST)
        parser.add_argument("--port", type=int, default=settings.PORT)
        parser.add_argument("--no-jobs", action="store_true", help="leave the jobs to `comptoir worker`")

    def handle(self, *args: object, host: str, port: int, no_jobs: bool, **options: Any) -> None:  # noqa: ARG002
        for number in (
            signal.SIGTERM,
            signal.SIGINT,
        ):  # during the preparation, and again after the server's end
            signal.signal(number, lambda *_: sys.exit(0))
        try:
            listener = bound_socket(host, port)
        except OSError as failure:
            raise CommandError(f"Cannot listen on {host}:{port}: {failure.strerror}") from failure
        check_start()
        claim_data_folder()
        prepare(self._tell)
        connections.close_all()  # this thread was the only one so far, and from here on needs none
        worker = None if no_jobs else Worker()
        self._serve(listener, host, worker)

    def _serve(self, listener: socket.socket, host: str, worker: Worker | None) -> None:
        application = import_string(APPLICATION)
        get_resolver().url_patterns  # noqa: B018 -- loads all pages now rather than in the first request
        allow_many_connections()
        ways = ways_of_serve()
        start_all(ways)
        if worker is not None:
            worker.start()
        shown = f"[{host}]" if ":" in host else host
        port = listener.getsockname()[1]
        gc.freeze()  # what is loaded by now stays; the collector need not look at it again
        try:
            server(
                application,
                ready=lambda: self._tell(f"Comptoir listens on http://{shown}:{port}"),
                ending=application.end_streams,
            ).run(sockets=[listener])
        finally:
            stop_all(ways)
            if worker is not None:
                worker.stop(within=JOB_SECONDS)

    def _tell(self, line: str) -> None:
        self.stdout.write(line)
        self.stdout.flush()
