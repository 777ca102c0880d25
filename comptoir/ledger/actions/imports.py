"""Files brought into the accounts: kept, read, and taken in, each once by its content."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import transaction

from comptoir.activity.record import record
from comptoir.activity.verbs import Verb
from comptoir.files.keeping import content_of, digest_of, stored
from comptoir.ledger.gate import may_import
from comptoir.ledger.models import ImportedFile, ImportState
from comptoir.ledger.naming import remember
from comptoir.ledger.outcome import Outcome, outcome_of
from comptoir.ledger.records import FileKind
from comptoir.ledger.taking.whole import take
from comptoir.people.models import Company

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from comptoir.ledger.models import Source
    from comptoir.people.models import Membership

# Beyond this a job reads it: a page should answer within a second.
READ_AT_ONCE = 1024 * 1024


@dataclass(frozen=True)
class Brought:
    """`is_new`: whether it was read, or is being read, because of this call; else it was here already."""

    file: ImportedFile
    is_new: bool


def import_file(
    company_id: UUID,
    *,
    by: Membership | None,
    at: datetime,
    name: str,
    data: bytes,
    source: Source,
    options: dict[str, Any] | None = None,
) -> Brought:
    """Keep a file and take in what it says. The same content again changes nothing, unless it could not be read before.

    `by` None is the operator. `options`: `columns` (see bank_csv.Columns) and `account`, for a CSV. Raises NotFound,
    NotAllowed, DossierArchived and what `files.keeping.stored` raises.
    """
    company = may_import(company_id, by=by)
    options = options or {}
    known = _known(company, data)
    if known is not None and not _again(known, options):
        return Brought(known, is_new=False)
    kept = known.file if known else stored(data, name=name, office_id=company.office_id, at=at)
    outcome = None
    if len(data) <= READ_AT_ONCE:
        outcome = outcome_of(data, name=kept.name, options=options, company=company, at=at)
    with transaction.atomic():
        # One import into a dossier at a time: what is here already is decided by looking.
        company = Company.objects.select_for_update().get(pk=company.pk)
        meanwhile = _known(company, data)
        if meanwhile is not None and not _again(meanwhile, options):
            return Brought(meanwhile, is_new=False)
        if meanwhile is None:
            kept.save(force_insert=True)
        file = meanwhile or ImportedFile(file=kept, sha256=kept.sha256, company=company, created_at=at)
        file.office_id, file.brought_by, file.source = company.office_id, by, source
        file.options, file.state = options, ImportState.WAITING
        file.save()
        _tell(Verb.FILE_BROUGHT, file, by=by, at=at, name=kept.name, is_read_later=outcome is None)
        if outcome is not None:
            _take_in(file, outcome, data, at=at)
    return Brought(file, is_new=True)


def read_waiting(file_id: UUID, *, at: datetime) -> None:
    """What a job does for a large file. Idempotent."""
    rows = ImportedFile.objects.select_related("file", "company")
    found = rows.filter(pk=file_id, state=ImportState.WAITING).first()
    if found is None:
        return
    data = content_of(found.file)
    outcome = outcome_of(data, name=found.file.name, options=found.options, company=found.company, at=at)
    with transaction.atomic():
        Company.objects.select_for_update().get(pk=found.company_id)
        file = ImportedFile.objects.select_related("company", "file").get(pk=file_id)
        if file.state == ImportState.WAITING:
            _take_in(file, outcome, data, at=at)


def _known(company: Company, data: bytes) -> ImportedFile | None:
    found = ImportedFile.objects.filter(company=company, sha256=digest_of(data))
    return found.select_related("file").first()


def _again(known: ImportedFile, options: dict[str, Any]) -> bool:
    """Not readable before: columns may have been named since, or this version may read what an older one could not."""
    return known.state in {ImportState.UNREADABLE, ImportState.COLUMNS} or (
        known.state == ImportState.READ
        and bool(options)
        and known.options != options
        and not known.payment_count
    )


def _take_in(file: ImportedFile, outcome: Outcome, data: bytes, *, at: datetime) -> None:
    is_named = bool(file.options.get("columns"))  # with this file, rather than remembered
    file.options = outcome.options
    take(file, outcome, at=at)
    if is_named and file.kind == FileKind.CSV and file.state == ImportState.READ:
        remember(file, data, at=at)
    verb = Verb.FILE_IMPORTED if file.state == ImportState.READ else Verb.FILE_UNREADABLE
    counts = {"invoices": file.invoice_count, "payments": file.payment_count}
    _tell(verb, file, by=file.brought_by, at=at, kind=file.kind, **counts)


def _tell(verb: Verb, file: ImportedFile, *, by: Membership | None, at: datetime, **facts: Any) -> None:
    record(
        verb,
        file.pk,
        office_id=file.office_id,
        company_id=file.company_id,
        by_id=by.pk if by else None,
        at=at,
        **facts,
    )
