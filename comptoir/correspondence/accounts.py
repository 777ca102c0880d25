"""Documents that the accounts can read: invoices and bank statements are taken in. A scan stays the document it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from comptoir.core.errors import Refused
from comptoir.correspondence.attaching import PASSING
from comptoir.correspondence.models import Document
from comptoir.files import disk
from comptoir.ledger.actions.imports import import_file
from comptoir.ledger.models import Source
from comptoir.ledger.worth_reading import is_for_the_accounts

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID


def bring_in(document_id: UUID, *, at: datetime) -> bool:
    """Whether it went into the accounts. By nobody: whoever sent it was judged when the mail was. Twice is once."""
    document = Document.objects.select_related("attachment").filter(pk=document_id).first()
    if document is None:
        return False
    with disk.open_stored(document.attachment.key) as stream:
        data = stream.read()
    name = document.attachment.name
    if not is_for_the_accounts(data, name):
        return False
    try:
        import_file(document.company_id, by=None, at=at, name=name, data=data, source=Source.MAIL)
    except Refused as refusal:
        if refusal.status in PASSING:
            raise
        return False  # the dossier was archived meanwhile; the document is there
    return True
