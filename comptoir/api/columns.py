"""A CSV that waits until somebody says which of its columns is which."""

from dataclasses import asdict
from uuid import UUID

from django.http import HttpResponse
from django.utils import timezone
from ninja import Router

from comptoir.api import schemas_ledger as schemas
from comptoir.api.answers import answer
from comptoir.api.auth import READ, UPLOAD, ApiRequest
from comptoir.api.errors import refusals
from comptoir.api.ledger_rows import import_item
from comptoir.core.errors import NotFound
from comptoir.files.keeping import content_of
from comptoir.ledger.actions.imports import import_file
from comptoir.ledger.bank_csv import guessed
from comptoir.ledger.models import ImportedFile, ImportState
from comptoir.ledger.naming import table_in
from comptoir.people.models import Membership

router = Router(tags=["accounts"], auth=READ)


def waiting(member: Membership, import_id: UUID) -> ImportedFile:
    rows = ImportedFile.objects.visible_to(member).filter(pk=import_id, state=ImportState.COLUMNS)
    found: ImportedFile | None = rows.select_related("file").first()
    if found is None:
        raise NotFound
    return found


@router.get(
    "/imports/{import_id}/columns",
    response={200: schemas.Table, **refusals(404)},
    summary="The columns of a file that waits for their names",
)
def show_columns(request: ApiRequest, import_id: UUID) -> HttpResponse:
    table = table_in(content_of(waiting(request.auth.member, import_id).file))
    known = {name: heading for name, heading in asdict(guessed(list(table.headings))).items() if heading}
    rows = [{"line": line, "cells": list(cells)} for line, cells in table.rows]
    return answer({"headings": list(table.headings), "rows": rows, "guessed": known})


@router.post(
    "/imports/{import_id}/columns",
    auth=UPLOAD,
    response={200: schemas.Import, **refusals(404, 409)},
    summary="Name the columns of a file",
)
def name_columns(request: ApiRequest, import_id: UUID, asked: schemas.NameColumns) -> HttpResponse:
    """It is read at once, and the next file with the same headings without being asked. The answer says how it went."""
    member = request.auth.member
    one = waiting(member, import_id)
    columns = {name: heading for name, heading in asked.columns.model_dump().items() if heading}
    brought = import_file(
        one.company_id,
        by=member,
        at=timezone.now(),
        name=one.file.name,
        data=content_of(one.file),
        source=one.source,  # type: ignore[arg-type]  # as it came
        options={"columns": columns, **({"account": asked.account} if asked.account else {})},
    )
    return answer(import_item(brought.file, is_new=brought.is_new))
