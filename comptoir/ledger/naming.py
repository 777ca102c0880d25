"""The columns of a CSV that somebody named: found again for the next file with the same headings."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

from comptoir.core.text import fold
from comptoir.ledger.bank_csv import table_of
from comptoir.ledger.models import ColumnNaming
from comptoir.ledger.sniffing import decoded

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from comptoir.ledger.bank_csv import Table
    from comptoir.ledger.models import ImportedFile


def table_in(data: bytes) -> Table:
    """Of a file that was taken for a CSV. Raises Unreadable."""
    return table_of(decoded(data).replace("\x00", " "))


def remembered(data: bytes, *, office_id: UUID, company_id: UUID) -> dict[str, Any]:
    """The options of an import by what was named before, or none. The dossier's own comes before the office's newest."""
    named = ColumnNaming.objects.filter(office=office_id, headings=_digest(data)).order_by("-named_at")
    found = list(named[:100])
    own = next((one for one in found if one.company_id == company_id), None)
    if own is not None:
        return {"columns": own.columns, **({"account": own.account} if own.account else {})}
    return {"columns": found[0].columns} if found else {}


def remember(file: ImportedFile, data: bytes, *, at: datetime) -> None:
    """What led to a file that could be read. In the transaction of the import."""
    ColumnNaming.objects.update_or_create(
        company_id=file.company_id,
        headings=_digest(data),
        defaults={
            "office_id": file.office_id,
            "columns": file.options["columns"],
            "account": file.options.get("account", "")[:34],
            "named_by": file.brought_by,
            "named_at": at,
        },
    )


def _digest(data: bytes) -> str:
    headings = "\x1f".join(fold(one) for one in table_in(data).headings)
    return hashlib.sha256(headings.encode()).hexdigest()
