"""Brings invoices and bank statements into a dossier. One file that cannot be read never stops the others."""

from __future__ import annotations

import sys
from dataclasses import fields
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone, translation

from comptoir.core.errors import Refused
from comptoir.ledger.actions.imports import import_file, read_waiting
from comptoir.ledger.bank_csv import Columns
from comptoir.ledger.models import ImportedFile, ImportState, Source
from comptoir.ledger.words import sentence
from comptoir.people.enterprise_number import enterprise_number
from comptoir.people.models import Company

if TYPE_CHECKING:
    from argparse import ArgumentParser

COLUMNS = [one.name for one in fields(Columns)]


class Command(BaseCommand):
    help = "Bring invoices and bank statements into a dossier"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("dossier", metavar="DOSSIER", help="its enterprise number")
        parser.add_argument("files", metavar="FILE", nargs="+")
        parser.add_argument("--office", metavar="NAME", help="where several offices have this dossier")
        parser.add_argument(
            "--column",
            metavar="NAME=HEADING",
            action="append",
            default=[],
            help=f"for a CSV: which of its headings is which; NAME is one of {', '.join(COLUMNS)}",
        )
        parser.add_argument("--account", default="", metavar="IBAN", help="for a CSV that does not name it")

    def handle(self, *args: object, **options: Any) -> None:  # noqa: ARG002 -- Django's signature
        company = _company(options["dossier"], options["office"])
        how = _options(options["column"], options["account"])
        with translation.override("en"):  # as all that the operator's commands say
            failed = sum(not self._bring(company, Path(name), how) for name in options["files"])
        if failed:
            sys.exit(1)

    def _bring(self, company: Company, path: Path, how: dict[str, Any]) -> bool:
        """Whether it is in the accounts now."""
        try:
            brought = import_file(
                company.pk,
                by=None,
                at=timezone.now(),
                name=path.name,
                data=path.read_bytes(),
                source=Source.COMMAND,
                options=how if path.suffix.lower() in {".csv", ".tsv", ".txt"} else {},
            )
        except (OSError, Refused) as failure:
            self.stderr.write(f"{path}: {failure}")
            return False
        file = brought.file
        if file.state == ImportState.WAITING:  # large; whoever waits at the command line has the time
            read_waiting(file.pk, at=timezone.now())
            file = ImportedFile.objects.get(pk=file.pk)
        self._tell(path, file, is_new=brought.is_new)
        return file.state == ImportState.READ

    def _tell(self, path: Path, file: ImportedFile, *, is_new: bool) -> None:
        if file.state == ImportState.READ:
            what = f"{file.invoice_count} invoices, {file.payment_count} payments"
            self.stdout.write(f"{path}: {file.kind}, {what}{'' if is_new else ' (was here already)'}")
        tell = self.stdout if file.state == ImportState.READ else self.stderr
        for one in file.findings:
            line = f"line {one['line']}: " if one["line"] else ""
            tell.write(f"{path}: {line}{sentence(one['code'], one['params'])}")


def _company(written: str, office: str | None) -> Company:
    number = enterprise_number(written)
    if number is None:
        raise CommandError(f"{written} is no Belgian enterprise number.")
    found = Company.objects.filter(enterprise_number=number).select_related("office")
    if office is not None:
        found = found.filter(office__name__iexact=office)
    companies = list(found)
    if not companies:
        raise CommandError(f"No dossier has the number {written}.")
    if len(companies) > 1:
        names = "\n".join(f"  --office '{one.office.name}'" for one in companies)
        raise CommandError(f"Several offices have this dossier; choose one:\n{names}")
    return companies[0]


def _options(columns: list[str], account: str) -> dict[str, Any]:
    named = {}
    for one in columns:
        name, mark, heading = one.partition("=")
        if not mark or name not in COLUMNS:
            raise CommandError(f"--column {one}: it takes NAME=HEADING, NAME one of {', '.join(COLUMNS)}.")
        named[name] = heading
    options: dict[str, Any] = {}
    if named:
        options["columns"] = named
    if account:
        options["account"] = account
    return options
