"""Files that a package above keeps: to the disk first, the row in that package's transaction.

A crash in between leaves a file that no row knows, which the sweep finds.
"""

from __future__ import annotations

import errno
import hashlib
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from comptoir.core.errors import TooLarge
from comptoir.core.ids import new_id
from comptoir.files import disk
from comptoir.files.actions import MEGABYTE, NoRoom
from comptoir.files.checks import IsAProgram, IsEmpty, is_program, sniff
from comptoir.files.kinds import ANYTHING, KINDS, PDF
from comptoir.files.models import KeptFile
from comptoir.files.names import clean_name, suffix_of
from comptoir.files.scanner import scan

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

HEAD = 16 * 1024


def digest_of(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def stored(data: bytes, *, name: str, office_id: UUID, at: datetime) -> KeptFile:
    """On the disk, and as a row that is not saved yet. A name that tells nothing is no reason to refuse: a bank's
    files are called anything. Raises TooLarge, IsEmpty, IsAProgram, Infected, ScannerAway or NoRoom.
    """
    if not data:
        raise IsEmpty
    if len(data) > settings.ATTACHMENT_BYTES:
        text = _("This file is larger than %(limit)s MB, the most that can be sent.")
        raise TooLarge(text % {"limit": settings.ATTACHMENT_BYTES // MEGABYTE}, field="file")
    name = clean_name(name)
    key = new_id()
    media_type = _media_type(data[:HEAD], name)
    try:
        with disk.arriving(key) as file:
            file.write(data)
            scan(file, address=settings.CLAMD)
            disk.keep(key, file)
    except OSError as failure:
        if failure.errno in {errno.ENOSPC, errno.EDQUOT}:
            raise NoRoom from failure
        raise
    return KeptFile(
        office_id=office_id,
        name=name,
        media_type=media_type,
        size=len(data),
        sha256=digest_of(data),
        key=key,
        created_at=at,
    )


def content_of(file: KeptFile) -> bytes:
    with disk.open_stored(file.key) as stream:
        return stream.read()


def _media_type(head: bytes, name: str) -> str:
    """Only a PDF, which is shown, and texts that go by their name are called by it; all else is a mere download."""
    sniffed = sniff(head)
    if is_program(head, sniffed):
        raise IsAProgram
    if sniffed == PDF and head.startswith(b"%PDF-"):
        return PDF
    kind = KINDS.get(suffix_of(name))
    return kind.media_type if kind is not None and kind.is_text and kind.fits(sniffed) else ANYTHING
