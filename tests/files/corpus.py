"""Files as a hostile client would send them, and a few honest ones beside. Made here, so that no virus scanner of
a developer's machine takes a file of the repository away.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from pathlib import Path
from typing import Any

from PIL import Image

HEIC = Path(__file__).with_name("data").joinpath("photo.heic").read_bytes()
SCRIPT = b"<script>document.title='ran';fetch('/ran')</script>"
HTML = b"<!doctype html><html><body>" + SCRIPT + b"</body></html>"
SVG = (
    b"<svg xmlns=\"http://www.w3.org/2000/svg\" onload=\"document.title='ran';fetch('/ran')\">"
    b"<script>document.title='ran';fetch('/ran')</script></svg>"
)
XSLT = (
    b'<?xml version="1.0"?><?xml-stylesheet type="text/xsl" href="#s"?><x xmlns:xsl="http://www.w3.org/1999/XSL/Transform">'
    b'<xsl:stylesheet id="s" version="1.0"><xsl:template match="/"><html>'
    + SCRIPT
    + b"</html></xsl:template>"
    b"</xsl:stylesheet></x>"
)
XHTML = b'<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml">' + SCRIPT + b"</html>"
XXE = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>'
EXE = b"MZ" + b"\0" * 58 + b"\x40\0\0\0" + b"PE\0\0\x4c\x01" + b"\0" * 400
ELF = b"\x7fELF\x02\x01\x01" + b"\0" * 9 + b"\x02\0\x3e\0\x01\0\0\0" + b"\0" * 200
EML = (
    b"From: a@b.be\r\nTo: c@d.be\r\nSubject: x\r\nMIME-Version: 1.0\r\nContent-Type: text/html\r\n\r\n" + HTML
)


def picture(form: str, size: tuple[int, int] = (60, 40), mode: str = "RGB", **options: Any) -> bytes:
    out = io.BytesIO()
    Image.new(mode, size, "red" if mode == "RGB" else None).save(out, form, **options)
    return out.getvalue()


def zipped(*entries: tuple[str, bytes], link: str = "") -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in entries:
            archive.writestr(name, data)
        if link:
            entry = zipfile.ZipInfo(link)
            entry.external_attr = 0o120777 << 16
            archive.writestr(entry, "/etc/passwd")
    return out.getvalue()


def png_of(width: int, height: int) -> bytes:
    """A PNG whose few bytes unpack to as many pixels as it says."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack("!I", len(data)) + name + data + struct.pack("!I", zlib.crc32(name + data))

    rows = zlib.compressobj(9)
    line = b"\0" * (width // 8 + 1)
    packed = b"".join(rows.compress(line * 100) for _ in range(height // 100)) + rows.flush()
    header = struct.pack("!IIBBBBB", width, height, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", packed) + chunk(b"IEND", b"")


def gif_of(width: int, height: int) -> bytes:
    screen = struct.pack("<HHBBB", width, height, 0x80, 0, 0) + b"\0\0\0\xff\xff\xff"
    frame = b"," + struct.pack("<HHHHB", 0, 0, width, height, 0) + b"\x02\x02\x44\x01\0;"
    return b"GIF89a" + screen + frame


def jpeg_of(width: int, height: int) -> bytes:
    """A photograph that says it is larger than it is."""
    data = picture("JPEG")
    start = data.index(b"\xff\xc0") + 5
    return data[:start] + struct.pack("!HH", height, width) + data[start + 4 :]


def pdf(*, extra: bytes = b"", catalog: bytes = b"") -> bytes:
    """The smallest PDF with a red page; `catalog` adds entries such as /OpenAction."""
    drawing = b"1 0 0 rg 0 0 200 200 re f"
    return (
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R" + catalog + b">>endobj\n"
        b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
        b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]/Contents 4 0 R>>endobj\n"
        b"4 0 obj<</Length %d>>stream\n%s\nendstream endobj\n"
        % (len(drawing), drawing)
        + extra
        + b"trailer<</Root 1 0 R>>\n%%EOF\n"
    )


OOXML = (("[Content_Types].xml", b"<Types/>"), ("_rels/.rels", b"<Relationships/>"))
DOCX = zipped(*OOXML, ("word/document.xml", b"<w/>"))
XLSX = zipped(*OOXML, ("xl/workbook.xml", b"<w/>"))
ZEROS = b"\0" * 50_000_000


def zip_bomb() -> bytes:
    return zipped(*((f"{number}.txt", ZEROS) for number in range(22)))


def docx_bomb() -> bytes:
    return zipped(*OOXML, *((f"word/{number}.xml", ZEROS) for number in range(22)))


def crowded_zip() -> bytes:
    return zipped(*((str(number), b"") for number in range(10_001)))
