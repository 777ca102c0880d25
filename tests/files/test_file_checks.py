"""comptoir.files.checks: what is taken, what is refused, and what is only ever a download. No database."""

from __future__ import annotations

import contextlib
import io
import random
import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comptoir.core.errors import Invalid
from comptoir.files.archives import ArchiveNotAccepted
from comptoir.files.checks import Examined, IsAProgram, IsEmpty, NotAccepted, examine
from comptoir.files.disguises import IsDisguised
from comptoir.files.kinds import ANYTHING, KINDS, SERVED_AS, family_of
from comptoir.files.picture_sizes import PictureTooLarge
from tests.files import corpus

DOCX_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def look(name: str, data: bytes) -> Examined:
    return examine(io.BytesIO(data), name=name)


HONEST = [
    ("facture.pdf", corpus.pdf(), "application/pdf"),
    ("scan.PDF", b"\xef\xbb\xbf\r\n" + corpus.pdf(), "application/pdf"),
    ("photo.png", corpus.picture("PNG"), "image/png"),
    ("photo.jpeg", corpus.picture("JPEG"), "image/jpeg"),
    ("photo.webp", corpus.picture("WEBP"), "image/webp"),
    ("photo.gif", corpus.picture("GIF"), "image/gif"),
    ("photo.tif", corpus.picture("TIFF"), "image/tiff"),
    ("IMG_1234.HEIC", corpus.HEIC, "image/heic"),
    ("IMG_1234.jpg", corpus.HEIC, "image/heic"),  # as some phones call it
    ("export.csv", "Société;Montant\nMoulin;12,50\n".encode(), "text/csv"),
    ("export.csv", "Société;Montant\n".encode("latin-1"), "text/csv"),
    ("export.csv", "Société;Montant\n".encode("utf-16"), "text/csv"),
    ("note.txt", b"Bonjour\n", "text/plain"),
    ("invoice.xml", b'<?xml version="1.0"?><Invoice xmlns="urn:x"/>', "application/xml"),
    ("data.json", b'{"a": 1}', "application/json"),
    (
        "2026-11.cod",
        b"0000018011520105        0938409934CODELICIOUS               GKCCBEBB   0902\n",
        "text/plain",
    ),
    ("2026-11.sta", b":20:STARTUMS\r\n:25:NL08DEUT0319809633EUR\r\n", "text/plain"),
    ("lettre.docx", corpus.DOCX, DOCX_TYPE),
    ("cijfers.xlsx", corpus.XLSX, XLSX_TYPE),
    ("tout.zip", corpus.zipped(("a/b.txt", b"x")), "application/zip"),
    ("mail.eml", corpus.EML, "message/rfc822"),
]


@pytest.mark.parametrize(("name", "data", "media_type"), HONEST, ids=[f"{n}-{len(d)}" for n, d, _ in HONEST])
def test_what_an_office_receives_is_known(name: str, data: bytes, media_type: str) -> None:
    assert look(name, data) == Examined(name, media_type)


REFUSED = [
    ("page.html", corpus.HTML, NotAccepted),
    ("drawing.svg", corpus.SVG, NotAccepted),
    ("page.xhtml", corpus.XHTML, NotAccepted),
    ("code.js", b"alert(1)", NotAccepted),
    ("setup.exe", corpus.EXE, IsAProgram),
    ("invoice.pdf.exe", b"anything", NotAccepted),
    ("invoice\u202efdp.exe", b"anything", NotAccepted),
    ("invoice.pdf\u200b.js", b"anything", NotAccepted),
    ("invoice.pdf", corpus.EXE, IsAProgram),
    ("photo.png", corpus.ELF, IsAProgram),
    ("link.txt", b"L\0\0\0\x01\x14\x02\0" + b"\0" * 80, IsAProgram),
    ("run.sh", b"#!/bin/sh\n", NotAccepted),
    ("macro.docm", corpus.DOCX, NotAccepted),
    ("macro.docx", corpus.zipped(*corpus.OOXML, ("word/vbaProject.bin", b"x")), IsAProgram),
    ("books.7z", b"7z\xbc\xaf\x27\x1c\0\4" + b"\0" * 30, NotAccepted),
    ("nothing", b"\x01\x02\x03", NotAccepted),
    ("empty.pdf", b"", IsEmpty),
    ("slip.zip", corpus.zipped(("../../etc/cron.d/x", b"x")), ArchiveNotAccepted),
    ("slip.zip", corpus.zipped(("..\\..\\x.txt", b"x")), ArchiveNotAccepted),
    ("slip.zip", corpus.zipped(("/etc/passwd", b"x")), ArchiveNotAccepted),
    ("slip.zip", corpus.zipped(("C:/x.txt", b"x")), ArchiveNotAccepted),
    ("link.zip", corpus.zipped(link="a"), ArchiveNotAccepted),
    ("broken.zip", corpus.zipped(("a", b"x"))[:30], ArchiveNotAccepted),
    ("crowd.zip", corpus.crowded_zip(), ArchiveNotAccepted),
    ("photo.png", corpus.HTML, IsDisguised),
    ("photo.png", corpus.SVG, IsDisguised),
    ("facture.pdf", corpus.HTML, IsDisguised),
    ("facture.pdf", corpus.HTML + corpus.pdf(), IsDisguised),
    ("facture.pdf", corpus.SVG, IsDisguised),
    ("list.csv", corpus.HTML, IsDisguised),
    ("lettre.docx", corpus.HTML, IsDisguised),
    ("voice.mp3", corpus.HTML, IsDisguised),
    ("note.txt", b"\xef\xbb\xbf\n " + corpus.HTML, IsDisguised),
    ("note.txt", b"#!/bin/sh\nrm -rf ~\n", IsDisguised),
    ("photo.jpg", b"<!-- x -->" + corpus.HTML, IsDisguised),
    ("sky.png", corpus.png_of(30_000, 30_000), PictureTooLarge),
    ("sky.jpg", corpus.png_of(30_000, 30_000), PictureTooLarge),
    ("sky.gif", corpus.gif_of(65_000, 65_000), PictureTooLarge),
    ("sky.jpeg", corpus.jpeg_of(65_000, 65_000), PictureTooLarge),
    ("packed.zip", corpus.zipped(*((f"{n}.txt", corpus.ZEROS) for n in range(10))), ArchiveNotAccepted),
    ("bomb.zip", corpus.zip_bomb(), ArchiveNotAccepted),
    ("bomb.docx", corpus.docx_bomb(), ArchiveNotAccepted),
]


@pytest.mark.parametrize(("name", "data", "refusal"), REFUSED, ids=[f"{n}-{len(d)}" for n, d, _ in REFUSED])
def test_what_is_refused_says_why(name: str, data: bytes, refusal: type[Invalid]) -> None:
    with pytest.raises(refusal) as refused:
        look(name, data)
    assert refused.value.status == 422
    assert len(str(refused.value.text)) > 30


ONLY_DOWNLOADS = [
    ("photo.jpg", corpus.pdf()),
    ("facture.pdf", corpus.picture("JPEG")),
    ("note.txt", b"abc\0def"),
    ("export.xls", corpus.HTML),  # as many a bank and program makes them
    ("scan.pdf", b"\0\1\2" * 50),
    ("drawing.xml", corpus.SVG),
    ("lettre.docx", corpus.zipped(("a", b"x"))),
    ("secret.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600),  # with a password, it is no ZIP
]


@pytest.mark.parametrize(("name", "data"), ONLY_DOWNLOADS)
def test_a_name_that_its_content_denies_makes_a_mere_download(name: str, data: bytes) -> None:
    assert look(name, data).media_type == ANYTHING


def test_a_refusal_of_a_disguise_names_the_file() -> None:
    with pytest.raises(IsDisguised, match=r"facture\.pdf"):
        look("facture.pdf", corpus.HTML)


def test_a_text_about_programs_is_taken() -> None:
    for text in (b"import os\n\ndef f():\n    pass\n", b"Voir <html> et <script> au paragraphe 2.\n"):
        assert look("note.txt", text).media_type in {"text/plain", ANYTHING}


def test_what_is_packed_well_but_small_is_taken() -> None:
    assert look("x.zip", corpus.zipped(("a.txt", corpus.ZEROS))).media_type == "application/zip"
    assert look("plan.png", corpus.png_of(14_000, 14_000)).media_type == "image/png"


@pytest.mark.parametrize(
    ("data", "name"),
    [(corpus.picture("PNG"), "blob.png"), (corpus.pdf(), "blob.pdf"), (corpus.HEIC, "blob.heic")],
)
def test_a_pasted_picture_is_named_by_its_content(data: bytes, name: str) -> None:
    assert look("blob", data).name == name


def test_scripts_in_xml_and_mail_are_never_served_as_such() -> None:
    for name, data in (
        ("a.xml", corpus.XSLT),
        ("a.xml", corpus.XHTML),
        ("a.xml", corpus.XXE),
        ("a.eml", corpus.EML),
    ):
        assert SERVED_AS[look(name, data).media_type] == ANYTHING


def test_nothing_is_served_as_what_a_browser_runs() -> None:
    harmless = (
        "image/png",
        "image/jpeg",
        "image/webp",
        "image/gif",
        "image/heic",
        "image/tiff",
        "audio/",
        "text/plain",
    )
    for media_type in SERVED_AS.values():
        assert media_type.startswith((*harmless, "text/csv", "application/"))
        assert not any(word in media_type for word in ("html", "svg", "javascript", "/xml", "xslt"))


def test_every_kind_has_a_family() -> None:
    assert "other" not in {family_of(kind.media_type) for kind in KINDS.values()}
    assert family_of(XLSX_TYPE) == family_of("text/csv") == "sheet"
    assert family_of(ANYTHING) == "other"


@settings(deadline=None)  # the machine may be busy with other tests
@given(st.sampled_from(sorted(KINDS)), st.binary(max_size=400))
def test_any_bytes_are_answered(suffix: str, data: bytes) -> None:
    _examined_or_refused(f"x.{suffix}", data)


def test_a_damaged_archive_is_answered() -> None:
    whole = (corpus.DOCX, corpus.zipped(("é/ü.txt", b"x" * 100), ("b", b"")))
    for seed in range(1000):
        chance = random.Random(seed)  # noqa: S311 -- to damage, not to hide
        data = bytearray(whole[seed % 2])
        for _ in range(chance.randrange(1, 8)):
            data[chance.randrange(2, len(data))] = chance.randrange(256)
        _examined_or_refused("x.zip", bytes(data))


def _examined_or_refused(name: str, data: bytes) -> None:
    with contextlib.suppress(Invalid):
        assert look(name, data).media_type in SERVED_AS.keys() | {ANYTHING}


def test_libmagic_comes_with_the_wheel() -> None:
    """So that the product needs no system package: where Debian has libmagic too, it is not the one in use."""
    code = (
        "from comptoir.files.checks import sniff; sniff(b'x');"
        "print({line.split()[-1] for line in open('/proc/self/maps') if 'libmagic' in line})"
    )
    maps = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert "pylibmagic" in maps
    assert "/usr/lib" not in maps
