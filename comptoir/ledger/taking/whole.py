"""A file as a whole: read, or left with the reason. The action that calls it holds the dossier's lock."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from django.db import transaction

from comptoir.ledger.models import ImportState
from comptoir.ledger.plain import findings
from comptoir.ledger.records import Code, Unreadable
from comptoir.ledger.taking.invoices import take_invoices
from comptoir.ledger.taking.statements import take_statements

if TYPE_CHECKING:
    from datetime import datetime

    from comptoir.ledger.models import ImportedFile
    from comptoir.ledger.outcome import Outcome


def take(file: ImportedFile, outcome: Outcome, *, at: datetime) -> None:
    """All of it or nothing: an amount that is found too large at the end leaves no row behind."""
    file.read_at = at
    try:
        with transaction.atomic():
            _take(file, outcome, at=at)
    except Unreadable as unreadable:
        _leave(file, replace(outcome, read=None, why=unreadable.why))


def _take(file: ImportedFile, outcome: Outcome, *, at: datetime) -> None:
    if outcome.read is None:
        _leave(file, outcome)
        return
    doubts = [*outcome.read.warnings, *outcome.left_out]
    file.kind = outcome.read.kind
    file.state = ImportState.READ
    file.invoice_count, more = take_invoices(file, outcome, at=at)
    doubts += more
    file.payment_count, more = take_statements(file, outcome.read.statements, at=at)
    doubts += more
    inner = [
        *(one.warnings for one in outcome.read.invoices),
        *(one.warnings for one in outcome.read.statements),
    ]
    file.findings = findings(doubts)
    file.doubt_count = len(doubts) + sum(map(len, inner))
    file.save()


def _leave(file: ImportedFile, outcome: Outcome) -> None:
    file.state = ImportState.COLUMNS if _is_about_columns(file, outcome) else ImportState.UNREADABLE
    file.findings = findings([outcome.why] if outcome.why else [])
    file.invoice_count = file.payment_count = file.doubt_count = 0
    file.save()


def _is_about_columns(file: ImportedFile, outcome: Outcome) -> bool:
    """A table whose headings tell nothing, or were named wrongly: somebody may say which is which."""
    if file.options.get("columns"):
        return True
    return bool(outcome.why and outcome.why.code is Code.NO_COLUMNS and dict(outcome.why.params)["columns"])
