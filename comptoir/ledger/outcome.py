"""A file read before the transaction that keeps it: what it says or why it cannot be read, its inner files on the disk."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from comptoir.core.errors import Refused
from comptoir.files.keeping import stored
from comptoir.ledger.bank_csv import Columns
from comptoir.ledger.naming import remembered
from comptoir.ledger.reading import read
from comptoir.ledger.records import Code, FileKind, Unreadable, warning
from comptoir.ledger.schematron import with_official_rules

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from comptoir.files.models import KeptFile
    from comptoir.ledger.records import FileRead, Finding
    from comptoir.people.models import Company


@dataclass
class Outcome:
    """`inner`: (place of the invoice, file), not saved yet. `options`: as they were given, or remembered."""

    read: FileRead | None = None
    why: Finding | None = None
    inner: list[tuple[int, KeptFile]] = field(default_factory=list)
    left_out: list[Finding] = field(default_factory=list)
    options: dict[str, Any] = field(default_factory=dict)


def outcome_of(data: bytes, *, name: str, options: dict[str, Any], company: Company, at: datetime) -> Outcome:
    outcome = _outcome(data, name, options, company.office_id, at)
    if outcome.why is None or outcome.why.code is not Code.NO_COLUMNS or options.get("columns"):
        return outcome
    named = remembered(data, office_id=company.office_id, company_id=company.pk)
    return _outcome(data, name, {**named, **options}, company.office_id, at) if named else outcome


def _outcome(data: bytes, name: str, options: dict[str, Any], office_id: UUID, at: datetime) -> Outcome:
    columns = Columns(**options["columns"]) if options.get("columns") else None
    try:
        found = read(data, name, columns=columns, account=options.get("account", ""))
    except Unreadable as unreadable:
        return Outcome(why=unreadable.why, options=options)
    if found.kind in {FileKind.UBL, FileKind.CII}:
        found = replace(found, invoices=tuple(with_official_rules(one, data) for one in found.invoices))
    outcome = Outcome(read=found, options=options)
    for place, invoice in enumerate(found.invoices):
        for file in invoice.attachments:
            try:
                kept = stored(file.content, name=file.name, office_id=office_id, at=at)
            except Refused:  # a program, or infected: the invoice is taken without it
                outcome.left_out.append(warning(Code.ATTACHMENT_SKIPPED, name=file.name))
            else:
                outcome.inner.append((place, kept))
    return outcome
