"""Documents that the accounts can read: invoices and bank statements are taken in. A scan stays the document it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from comptoir.core.errors import Refused
from comptoir.correspondence.attaching import PASSING
from comptoir.correspondence.models import Document
from comptoir.files import disk
from comptoir.ledger.actions.imports import import_file
from comptoir.ledger.models import Source
from comptoir.ledger.reading import read
from comptoir.ledger.records import FileKind, Unreadable
from comptoir.ledger.sniffing import decoded, is_xml, text_kind

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
    if not _is_for_the_accounts(data, name):
        return False
    try:
        import_file(document.company_id, by=None, at=at, name=name, data=data, source=Source.MAIL)
    except Refused as refusal:
        if refusal.status in PASSING:
            raise
        return False  # the dossier was archived meanwhile; the document is there
    return True


def _is_for_the_accounts(data: bytes, name: str) -> bool:
    """What is XML or a bank's own format, also where it is broken: then the accounts say why. A CSV may be anything."""
    if is_xml(data):
        return True
    try:
        if data.lstrip().startswith(b"%PDF-"):
            return bool(read(data, name).invoices)
        return text_kind(decoded(data), name) is not FileKind.CSV
    except Unreadable:
        return False
