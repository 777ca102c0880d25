"""What a file is, by its name and by its content, and whether we take it. Looks; never decodes or unpacks."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from functools import cache
from typing import BinaryIO

import pylibmagic  # noqa: F401 -- first: it shows python-magic the libmagic of its wheel, so no system package is needed

# isort: split
import magic
from django.utils.translation import gettext_lazy as _

from comptoir.core.errors import Invalid
from comptoir.files.archives import look_into
from comptoir.files.disguises import refuse_disguised
from comptoir.files.kinds import ANYTHING, KINDS, PDF, PICTURES, Kind
from comptoir.files.names import clean_name, suffix_of, with_suffix
from comptoir.files.picture_sizes import refuse_immense

# libmagic decides by the beginning; more of it would only give a hostile file more to play with.
HEAD_BYTES = 16 * 1024
PROGRAMS = frozenset(
    {
        "application/x-dosexec",
        "application/vnd.microsoft.portable-executable",
        "application/x-executable",
        "application/x-pie-executable",
        "application/x-sharedlib",
        "application/x-object",
        "application/x-mach-binary",
        "application/x-java-applet",
        "application/x-msi",
        "application/x-ms-shortcut",
        "application/x-shockwave-flash",
    }
)
_PROGRAM_STARTS = (b"\x7fELF", b"L\x00\x00\x00\x01\x14\x02\x00", b"\xca\xfe\xba\xbe")
_lock = threading.Lock()


class NotAccepted(Invalid):
    """A kind of file that is not in the list."""

    code = "file_not_accepted"
    text = _("This file has no ending, such as .pdf, that tells what it is.")


class IsAProgram(Invalid):
    code = "file_is_a_program"
    text = _("This file is a program, whatever its name says. It was not stored.")


class IsEmpty(Invalid):
    code = "file_is_empty"
    text = _("This file is empty. If it lies in a cloud folder, let your device fetch it first.")


@dataclass(frozen=True)
class Examined:
    """`media_type` is ANYTHING where name and content disagree: then it is a download and nothing more."""

    name: str
    media_type: str


def examine(file: BinaryIO, *, name: str) -> Examined:
    """The cleaned name and the trusted type. Raises NotAccepted, IsAProgram, IsEmpty, IsDisguised, PictureTooLarge or
    ArchiveNotAccepted.
    """
    name = clean_name(name)
    file.seek(0)
    head = file.read(HEAD_BYTES)
    if not head:
        raise IsEmpty
    sniffed = sniff(head)
    if is_program(head, sniffed):
        raise IsAProgram
    name = _named_by_content(name, sniffed)
    kind = KINDS.get(suffix_of(name))
    if kind is None:
        raise _not_accepted(name)
    refuse_disguised(name, kind, sniffed=sniffed, head=head)
    trusted = _trusted_type(kind, sniffed, head)
    if head.startswith(b"PK") and kind.is_archive and not _holds_what_it_must(kind, file):
        trusted = ANYTHING
    refuse_immense(file, media_type=trusted)
    return Examined(name, trusted)


def is_program(head: bytes, sniffed: str) -> bool:
    return sniffed in PROGRAMS or head.startswith(_PROGRAM_STARTS)


def sniff(head: bytes) -> str:
    """Libmagic's word for the beginning of a file; a hint, and wrong at times."""
    with _lock:  # libmagic's state belongs to one thread at a time
        return _magic().from_buffer(head)


@cache
def _magic() -> magic.Magic:
    return magic.Magic(mime=True)


def _named_by_content(name: str, sniffed: str) -> str:
    """A pasted picture has no suffix, or is called `blob`: it gets that of its content."""
    if suffix_of(name):
        return name
    suffixes = {**PICTURES, "pdf": KINDS["pdf"]}
    return next((with_suffix(name, suffix) for suffix, kind in suffixes.items() if kind.fits(sniffed)), name)


def _trusted_type(kind: Kind, sniffed: str, head: bytes) -> str:
    if kind in PICTURES.values():
        return next((picture.media_type for picture in PICTURES.values() if picture.fits(sniffed)), ANYTHING)
    if kind.media_type == PDF and not head.lstrip(b"\xef\xbb\xbf\r\n\t ").startswith(b"%PDF-"):
        return ANYTHING  # a PDF may begin later, but then its beginning is something else as well
    return kind.media_type if kind.fits(sniffed) else ANYTHING


def _holds_what_it_must(kind: Kind, file: BinaryIO) -> bool:
    names = look_into(file)
    if kind.must_hold and any(name.lower().endswith("vbaproject.bin") for name in names):
        raise IsAProgram(_("This file holds macros, which are programs. Please save it without them."))
    return not kind.must_hold or kind.must_hold in names


def _not_accepted(name: str) -> NotAccepted:
    if not suffix_of(name):
        return NotAccepted()
    text = _(
        "Files of the kind .%(suffix)s are not accepted. Accepted are PDF, pictures, Word, Excel, OpenDocument, text, "
        "CSV, XML and bank files, e-mails and sound; anything else can come in a ZIP."
    )
    return NotAccepted(text % {"suffix": suffix_of(name)})
