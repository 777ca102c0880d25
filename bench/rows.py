"""Rows put into a table by the hundred thousand: what bulk_create does, without an object for each row."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import connection, transaction
from django.db.models import AutoField

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from django.db.models import Model

BATCH = 20_000


def insert(model: type[Model], columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """`columns` are names of fields (`author_id`, not `author`); the others get their default."""
    table = model._meta.db_table
    others = [
        field
        for field in model._meta.concrete_fields
        if field.attname not in columns and not isinstance(field, AutoField)
    ]
    columns = [*columns, *(field.attname for field in others)]
    defaults = [field.get_default() for field in others]
    rows = ([*row, *defaults] for row in rows)
    if connection.vendor == "postgresql":
        with transaction.atomic(), connection.cursor() as cursor:
            names = ", ".join(f'"{name}"' for name in columns)
            with cursor.copy(f'COPY "{table}" ({names}) FROM STDIN') as copy:
                for row in rows:
                    copy.write_row(row)
        return
    names, places = ", ".join(f'"{name}"' for name in columns), ", ".join("?" * len(columns))
    with transaction.atomic(), connection.cursor() as cursor:
        sql = f'INSERT INTO "{table}" ({names}) VALUES ({places})'  # noqa: S608 -- names of our own models
        cursor.connection.cursor().executemany(sql, (list(map(_stored, row)) for row in rows))


def _stored(value: Any) -> Any:
    """As Django's SQLite keeps it."""
    if isinstance(value, UUID):
        return value.hex
    if isinstance(value, datetime):
        return str(value.astimezone(UTC).replace(tzinfo=None))
    return value
