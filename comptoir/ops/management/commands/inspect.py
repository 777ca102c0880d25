"""Looks an installation over: `bin/comptoir check`. Ends with 1 if anything is not in order."""

from __future__ import annotations

import sys
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from comptoir.ops.inspection import findings


class Command(BaseCommand):
    help = "Look the installation over: database, history, files and jobs"
    requires_system_checks: list[str] = []

    def handle(self, *args: object, **options: Any) -> None:  # noqa: ARG002 -- Django's signature
        problems = 0
        for finding in findings(at=timezone.now()):
            problems += finding.is_problem
            word = self.style.ERROR("PROBLEM") if finding.is_problem else self.style.SUCCESS("OK     ")
            self.stdout.write(f"{word}  {finding.about}: {finding.text}")
            self.stdout.flush()
        if problems:
            sys.exit(1)
