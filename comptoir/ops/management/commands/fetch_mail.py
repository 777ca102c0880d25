"""Fetches mails from a mailbox by IMAP, as a process of its own beside `serve --no-jobs` and `worker`."""

from __future__ import annotations

import signal
import threading
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from comptoir.correspondence.fetching import note_fetched
from comptoir.ops.incoming.imap import fetch, mailbox_at, make_folder
from comptoir.ops.incoming.ways import fetchers, start_all, stop_all
from comptoir.ops.preparation import check_start

if TYPE_CHECKING:
    from argparse import ArgumentParser


class Command(BaseCommand):
    help = "Fetch e-mails from a mailbox by IMAP and wait for more, in a process of its own"
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--once", action="store_true", help="fetch what is there and end")

    def handle(self, *args: object, once: bool, **options: Any) -> None:  # noqa: ARG002 -- Django's
        if not settings.MAIL_IN or not settings.MAIL_IN_IMAP:
            raise CommandError("This needs COMPTOIR_MAIL_IN and COMPTOIR_MAIL_IN_IMAP.")
        ways = fetchers(settings.MAIL_IN_IMAP)
        check_start()
        if once:
            self._fetch_once()
            return
        ended = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: ended.set())
        start_all(ways)
        self.stdout.write("Comptoir watches the mailbox")
        self.stdout.flush()
        ended.wait()
        stop_all(ways)

    def _fetch_once(self) -> None:
        box = mailbox_at(settings.MAIL_IN_IMAP).open()
        make_folder(box, settings.MAIL_IN_IMAP_DONE)
        self.stdout.write(f"{fetch(box, done=settings.MAIL_IN_IMAP_DONE)} fetched")
        note_fetched(at=timezone.now())
        box.logout()
