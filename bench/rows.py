"""Rows put into a table by the hundred thousand: what bulk_create does, without an object for each row."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import connection, transaction

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from django.db.models import Model

BATCH = 20_000


def insert(model: type[Model], columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """`columns` are names of fields (`author_id`, not `author`); others get their column's default, so name all."""
    table = model._meta.db_table
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
