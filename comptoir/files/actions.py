"""Taking files in. A message takes them from here (conversations), or the sweep clears them away."""

from __future__ import annotations

import errno
import hashlib
from typing import TYPE_CHECKING, BinaryIO, Protocol

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from comptoir.core.errors import NotFound, Refused, TooLarge, TooMany
from comptoir.core.ids import new_id
from comptoir.files import disk
from comptoir.files.checks import examine
from comptoir.files.jobs import make_preview
from comptoir.files.kinds import PREVIEWED
from comptoir.files.models import Attachment, PreviewState
from comptoir.files.scanner import scan

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from comptoir.people.models import Membership

PIECE = 256 * 1024
MEGABYTE = 1024**2
# Ten full messages in the making: nobody fills the disk with what they never send.
UNCLAIMED_AT_ONCE = 200


class Upload(Protocol):
    def read(self, size: int, /) -> bytes: ...


class NoRoom(Refused):
    code = "no_room"
    status = 507
    text = _("There is no room left to store this file. Please tell your accounting office.")


def store_attachment(upload: Upload, *, name: str, by: Membership, at: datetime) -> Attachment:
    """Streams a file to the disk, checks it there, and notes it: when this returns it survives a power cut.

    Not one transaction: a slow upload must not hold the database's write lock. The file comes first and the row last,
    so a crash in between leaves a file without a row, which the sweep finds, and never a row without its file.
    Raises what `examine` refuses, TooLarge, Infected, ScannerAway, TooMany or NoRoom.
    """
    if Attachment.objects.unclaimed_by(by).count() >= UNCLAIMED_AT_ONCE:
        raise TooMany(_("Please send or remove the files that you have added before you add more."))
    key = new_id()
    try:
        with disk.arriving(key) as file:
            size, sha256 = _copy(upload, file)
            found = examine(file, name=name)
            scan(file, address=settings.CLAMD)
            disk.keep(key, file)
    except OSError as failure:
        if failure.errno in {errno.ENOSPC, errno.EDQUOT}:
            raise NoRoom from failure
        raise
    attachment = Attachment(
        office_id=by.office_id,
        uploaded_by=by,
        name=found.name,
        media_type=found.media_type,
        size=size,
        sha256=sha256,
        key=key,
        preview_state=PreviewState.PENDING if found.media_type in PREVIEWED else PreviewState.NONE,
        created_at=at,
    )
    _note(attachment)
    return attachment


@transaction.atomic
def _note(attachment: Attachment) -> None:
    attachment.save(force_insert=True)
    if attachment.preview_state == PreviewState.PENDING:
        make_preview.enqueue(attachment_id=str(attachment.pk))


def _copy(upload: Upload, file: BinaryIO) -> tuple[int, str]:
    """Size and digest. Stops at the limit: what a request says of its own length is not believed."""
    digest, size = hashlib.sha256(), 0
    while piece := upload.read(PIECE):
        size += len(piece)
        if size > settings.ATTACHMENT_BYTES:
            text = _("This file is larger than %(limit)s MB, the most that can be sent.")
            raise TooLarge(text % {"limit": settings.ATTACHMENT_BYTES // MEGABYTE}, field="file")
        digest.update(piece)
        file.write(piece)
    return size, digest.hexdigest()


@transaction.atomic
def drop_attachment(attachment_id: UUID, *, by: Membership) -> None:
    """Takes back an upload before it was sent. The sweep puts the file away."""
    count, _rows = Attachment.objects.unclaimed_by(by).filter(pk=attachment_id).delete()
    if not count:
        raise NotFound
