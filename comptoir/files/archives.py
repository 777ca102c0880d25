"""What a ZIP (or a .docx, .xlsx, .odt, which are ZIPs) says it holds. Its list of names is read; nothing is unpacked."""

from __future__ import annotations

import io
import stat
import struct
import zipfile
from typing import BinaryIO

from django.utils.translation import gettext_lazy as _

from comptoir.core.errors import Invalid

ENTRIES = 10_000
UNPACKED_BYTES = 1024**3
# Up to here nobody asks how well it is packed; beyond, a year of bank files packs 1:20, and zeros 1:1000.
UNPACKED_UNASKED = 100 * 1024**2
UNPACKED_TIMES = 100
_ENTRY_MARK = b"PK\x01\x02"
_PIECE = 256 * 1024
# All that a broken or forged list makes zipfile raise.
_DAMAGE = (
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    NotImplementedError,
    ValueError,
    EOFError,
    OSError,
    struct.error,
)


class ArchiveNotAccepted(Invalid):
    code = "archive_not_accepted"
    text = _("This archive is damaged, or it hides something: it cannot be accepted.")


def look_into(file: BinaryIO) -> frozenset[str]:
    """The names in it. Raises ArchiveNotAccepted if damaged, a bomb, or if it would be unpacked outside its folder."""
    if _entries_at_most(file) > ENTRIES:
        raise ArchiveNotAccepted(_("This archive holds more than %(count)s files.") % {"count": ENTRIES})
    try:
        with zipfile.ZipFile(file) as archive:
            entries = archive.infolist()
    except _DAMAGE as damage:
        raise ArchiveNotAccepted from damage
    if _is_bomb(sum(entry.file_size for entry in entries), packed=file.seek(0, io.SEEK_END)):
        raise ArchiveNotAccepted(_("Unpacked, this archive would be too large."))
    if any(_leads_outside(entry) for entry in entries):
        raise ArchiveNotAccepted
    return frozenset(entry.filename for entry in entries)


def _is_bomb(unpacked: int, *, packed: int) -> bool:
    return unpacked > UNPACKED_BYTES or (unpacked > UNPACKED_UNASKED and unpacked > packed * UNPACKED_TIMES)


def _entries_at_most(file: BinaryIO) -> int:
    """Each entry carries a mark, so counting marks bounds the memory that listing takes, whatever the header says."""
    file.seek(0)
    count, tail = 0, b""
    while piece := file.read(_PIECE):
        count += (tail + piece).count(_ENTRY_MARK)
        tail = piece[-3:]
    file.seek(0)
    return count


def _leads_outside(entry: zipfile.ZipInfo) -> bool:
    name = entry.filename.replace("\\", "/")
    is_link = stat.S_ISLNK(entry.external_attr >> 16)
    return is_link or name.startswith("/") or ":" in name.split("/")[0] or ".." in name.split("/")
