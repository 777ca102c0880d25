"""Takes mails from a mail server, as a process of its own beside `serve --no-jobs` and `worker`."""

from __future__ import annotations

import signal
import threading
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from comptoir.ops.incoming.ways import endpoints, start_all, stop_all
from comptoir.ops.preparation import check_start

if TYPE_CHECKING:
    from argparse import ArgumentParser


class Command(BaseCommand):
    help = "Take e-mails from a mail server by LMTP or SMTP, in a process of its own"
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--lmtp", default=settings.MAIL_IN_LMTP, metavar="HOST:PORT")
        parser.add_argument("--smtp", default=settings.MAIL_IN_SMTP, metavar="HOST:PORT")

    def handle(self, *args: object, lmtp: str, smtp: str, **options: Any) -> None:  # noqa: ARG002 -- Django's
        if not settings.MAIL_IN:
            raise CommandError("COMPTOIR_MAIL_IN says to which addresses mails come in; it is not set.")
        ways = endpoints(lmtp=lmtp, smtp=smtp)
        if not ways:
            raise CommandError("Say where to listen: --lmtp HOST:PORT, or --smtp HOST:PORT.")
        check_start()
        ended = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: ended.set())
        start_all(ways)
        self.stdout.write(f"Comptoir takes mails on {lmtp or smtp}")
        self.stdout.flush()
        ended.wait()
        stop_all(ways)
