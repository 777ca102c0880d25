"""The papers of the demo: small PDFs, photographs and lists, made when they are attached."""

from __future__ import annotations

import io
from functools import cache
from typing import TYPE_CHECKING
from zlib import crc32

from PIL import Image, ImageDraw, ImageFilter, ImageFont

if TYPE_CHECKING:
    from collections.abc import Sequence

PAGE_WIDTH, PAGE_HEIGHT, MARGIN = 595, 842, 56
PHOTO = (720, 960)
PAPER, INK, TABLE = (250, 249, 244), (52, 52, 60), (120, 98, 80)


def paper(name: str, *, company: str) -> bytes:
    """The file for a name of a script: by its suffix a PDF, a photograph or a list."""
    rows = _rows(name)
    if name.endswith(".pdf"):
        return pdf(_title(name), [company, "", *(f"{what:<34}{amount:>12} EUR" for what, amount in rows)])
    if name.endswith(".png"):
        return photograph(_title(name), [f"{what[:18]:<18}{amount:>9}" for what, amount in rows])
    return "\r\n".join(["Libellé;Montant", *(f"{what};{amount}" for what, amount in rows)]).encode()


def _title(name: str) -> str:
    return name.rpartition(".")[0].replace("-", " ").capitalize()


def _rows(name: str) -> list[tuple[str, str]]:
    """Some lines with amounts and their total, always the same for the same name."""
    seed = crc32(name.encode())
    cents = [1000 + (seed >> shift) % 40_000 for shift in (0, 5, 9)]
    labels = ("Fournitures", "Main d'oeuvre", "Transport")
    rows = [(label, _euros(amount)) for label, amount in zip(labels, cents, strict=True)]
    return [*rows, ("Total", _euros(sum(cents)))]


def _euros(cents: int) -> str:
    return f"{cents // 100},{cents % 100:02}"


def pdf(title: str, rows: Sequence[str]) -> bytes:
    """One page of text, as a PDF needs it at least: a catalogue, a page, two fonts, a stream and where each begins."""
    text = [f"BT /T 20 Tf {MARGIN} {PAGE_HEIGHT - 90} Td ({_escaped(title)}) Tj ET"]
    text.append(f"{MARGIN} {PAGE_HEIGHT - 104} {PAGE_WIDTH - 2 * MARGIN} 0.7 re f")
    for place, row in enumerate(rows):
        text.append(f"BT /F 11 Tf {MARGIN} {PAGE_HEIGHT - 140 - 18 * place} Td ({_escaped(row)}) Tj ET")
    stream = "\n".join(text).encode("cp1252", "replace")
    font = b"<< /Type /Font /Subtype /Type1 /BaseFont /%s /Encoding /WinAnsiEncoding >>"
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 %d %d] /Contents 4 0 R "
        b"/Resources << /Font << /T 5 0 R /F 6 0 R >> >> >>" % (PAGE_WIDTH, PAGE_HEIGHT),
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        font % b"Helvetica-Bold",
        font % b"Courier",
    ]
    return _assembled(objects)


def _assembled(objects: Sequence[bytes]) -> bytes:
    out, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    count = len(objects) + 1
    head = b"xref\n0 %d\n0000000000 65535 f \n%s" % (count, table)
    return out + head + b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (count, len(out))


def _escaped(text: str) -> str:
    return text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")


def photograph(title: str, rows: Sequence[str]) -> bytes:
    """A ticket on a table, a little askew: what a phone sends."""
    photo = Image.new("RGB", PHOTO, TABLE)
    ticket = Image.new("RGB", (430, 620), PAPER)
    draw = ImageDraw.Draw(ticket)
    draw.text((34, 40), title[:28], fill=INK, font=_font(26))
    for place, row in enumerate(rows):
        draw.text((34, 130 + 52 * place), row, fill=INK, font=_font(22))
    draw.text((34, 540), "Merci et à bientôt", fill=INK, font=_font(22))
    turned = ticket.rotate(4, expand=True, fillcolor=TABLE, resample=Image.Resampling.BICUBIC)
    photo.paste(turned, (130, 130))
    out = io.BytesIO()
    photo.filter(ImageFilter.GaussianBlur(0.6)).save(out, "PNG", compress_level=3)
    return out.getvalue()


@cache
def _font(size: int) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    return ImageFont.load_default(size)
