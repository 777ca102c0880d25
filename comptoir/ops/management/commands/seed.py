"""Fills the demo office with dossiers and messages, for measuring."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from comptoir.ops.demo import create_demo_office
from comptoir.ops.preparation import prepare_database
from comptoir.ops.seed import PAST, seed_companies, seed_messages
from comptoir.people.models import Office

if TYPE_CHECKING:
    from argparse import ArgumentParser


class Command(BaseCommand):
    help = "Fill the demo office with dossiers and messages, for measuring"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--companies", type=int, default=100, metavar="N")
        parser.add_argument("--messages", type=int, default=10_000, metavar="M")

    def handle(self, *args: object, companies: int, messages: int, **options: Any) -> None:  # noqa: ARG002
        if companies < 1 or messages < 1:
            raise CommandError("At least one dossier and one message.")
        prepare_database(self._tell)
        now = timezone.now()
        office = Office.objects.filter(is_demo=True).first()
        if office is None and Office.objects.exists():
            raise CommandError(
                "There is no demo office here; a real office is not filled with invented messages."
            )
        if office is None:
            self.stdout.write("Opening the demo office")
            office = create_demo_office()
        opened = seed_companies(office, companies, at=now - PAST - timedelta(days=1), tell=self._tell)
        seed_messages(opened, messages, until=now, tell=self._tell)
        taken = (timezone.now() - now).total_seconds()
        self.stdout.write(f"Done in {taken:.0f} s")

    def _tell(self, line: str) -> None:
        self.stdout.write(line)
        self.stdout.flush()
