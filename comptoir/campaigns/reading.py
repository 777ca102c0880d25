"""Files that were handed in and that the accounts can read: statements and invoices are taken in, by nobody."""

from __future__ import annotations

from typing import TYPE_CHECKING

from comptoir.campaigns.models import ItemFile
from comptoir.core.errors import Refused
from comptoir.files import disk
from comptoir.ledger.actions.imports import import_file
from comptoir.ledger.models import Source
from comptoir.ledger.worth_reading import is_for_the_accounts

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

# Too many, a scanner that is away, a full disk: nothing that the file can help, so the job tries again.
PASSING = {429, 503, 507}


def bring_in(item_file_id: UUID, *, at: datetime) -> bool:
    """Whether it went into the accounts. The gate let in whoever handed it in. Twice is once."""
    rows = ItemFile.objects.filter(pk=item_file_id, withdrawn_at__isnull=True)
    file = rows.select_related("attachment", "item__request").first()
    if file is None:
        return False
    with disk.open_stored(file.attachment.key) as stream:
        data = stream.read()
    name, company_id = file.attachment.name, file.item.request.company_id
    if not is_for_the_accounts(data, name):
        return False
    try:
        import_file(company_id, by=None, at=at, name=name, data=data, source=Source.PAGE)
    except Refused as refusal:
        if refusal.status in PASSING:
            raise
        return False  # the dossier was archived meanwhile; the file is there
    return True
