"""A program of its own: a picture or a PDF on standard input, its first page as a small JPEG on standard output.

It decodes what strangers sent, so it is started with an empty environment, limits itself before it reads a byte, and
can open no file and no connection afterwards. It imports nothing of Comptoir. It ends with 0, and one line of JSON
on standard error in any case: the JPEG's `{"width": …, "height": …, "pages": …}` or `{"failed": "why"}`.
With the argument "logo" it makes a PNG that stays see-through instead.
"""

from __future__ import annotations

import io
import json
import os
import resource
import sys
from typing import BinaryIO

import pi_heif
import pypdfium2
from pi_heif.as_plugin import register_heif_opener
from PIL import (
    GifImagePlugin,
    Image,
    ImageOps,
    JpegImagePlugin,
    PngImagePlugin,
    TiffImagePlugin,
    WebPImagePlugin,
)

EDGE = 1280
# No browser but Safari shows HEIC, so what we make of it is the picture: large enough to read a receipt.
EDGE_OF_HEIC = 2560
EDGE_OF_LOGO = 256
QUALITY = 82
# The largest phone cameras make 50 million; 64 million in four bytes each leave room below the memory limit.
PIXELS = 64_000_000
MEMORY_BYTES = 1024**3
CPU_SECONDS = 20
OUTPUT_BYTES = 8 * 1024**2
PAPER = (255, 255, 255)
# Explicit: Pillow would also try some forty decoders that nobody needs and nobody maintains.
DECODERS = ("PNG", "JPEG", "WEBP", "GIF", "HEIF")
# Imported for their effect, before no file can be opened any more; EXIF is read with TIFF's module.
PLUGINS = (GifImagePlugin, JpegImagePlugin, PngImagePlugin, TiffImagePlugin, WebPImagePlugin)


class Unfit(Exception):  # noqa: N818 -- an answer to the parent, not a failure of this program
    pass


def main() -> int:
    limit_itself()
    try:
        picture, pages = first_page(sys.stdin.buffer)
        is_logo = sys.argv[1:] == ["logo"]
        shown = as_logo(picture) if is_logo else small(picture)
        facts: dict[str, int | str | None] = {"width": shown.width, "height": shown.height, "pages": pages}
        if is_logo:
            shown.save(sys.stdout.buffer, "PNG", optimize=True)
        else:
            shown.save(sys.stdout.buffer, "JPEG", quality=QUALITY, optimize=True, progressive=True)
    except Exception as failure:  # noqa: BLE001 -- whatever a decoder throws at hostile input is told to the parent
        facts = {"failed": f"{type(failure).__name__}: {failure}"[:300]}
    sys.stderr.write(f"{json.dumps(facts)}\n")
    return 1 if "failed" in facts else 0


def limit_itself() -> None:
    """Hard limits, so that nothing decoded here can raise them again."""
    prepare()
    os.nice(5)
    for what, limit in (
        (resource.RLIMIT_AS, MEMORY_BYTES),
        (resource.RLIMIT_CPU, CPU_SECONDS),
        (resource.RLIMIT_FSIZE, OUTPUT_BYTES),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NOFILE, 3),  # the three that are open: no other file, no socket
    ):
        resource.setrlimit(what, (limit, limit))


def prepare() -> None:
    """Everything that opens files happens before the limits do."""
    Image.preinit()
    register_heif_opener(thumbnails=False)
    pi_heif.options.DECODE_THREADS = 1
    Image.MAX_IMAGE_PIXELS = None  # checked below, before anything is decoded, with a plain refusal


def first_page(file: BinaryIO) -> tuple[Image.Image, int | None]:
    """The picture in full size and the number of pages; a PDF's is drawn straight at the size that is shown."""
    data = file.read()
    if data.lstrip(b"\xef\xbb\xbf\r\n\t ").startswith(b"%PDF-"):
        return first_pdf_page(data)
    picture = Image.open(io.BytesIO(data), formats=DECODERS)
    if picture.width * picture.height > PIXELS:
        raise Unfit(f"{picture.width} x {picture.height} pixels")
    return picture, None


def first_pdf_page(data: bytes) -> tuple[Image.Image, int]:
    document = pypdfium2.PdfDocument(data)  # type: ignore[no-untyped-call]
    pages = len(document)
    page = document[0]
    width, height = page.get_size()
    bitmap = page.render(scale=EDGE / max(width, height, 1), fill_color=(*PAPER, 255))
    return bitmap.to_pil(), pages


def small(picture: Image.Image) -> Image.Image:
    """Upright, on white paper, at most EDGE wide and high, with nothing of the original's metadata."""
    edge = EDGE_OF_HEIC if picture.format == "HEIF" else EDGE
    picture.draft("RGB", (edge, edge))
    picture = in_full_colour(picture)
    picture.thumbnail((edge, edge))
    upright = ImageOps.exif_transpose(picture)
    clean = Image.new("RGB", upright.size, PAPER)
    clean.paste(upright, mask=upright.getchannel("A") if upright.mode == "RGBA" else None)
    return clean


def as_logo(picture: Image.Image) -> Image.Image:
    """At most EDGE_OF_LOGO wide and high; what is see-through stays so."""
    picture.draft("RGB", (EDGE_OF_LOGO, EDGE_OF_LOGO))
    picture = in_full_colour(picture)
    picture.thumbnail((EDGE_OF_LOGO, EDGE_OF_LOGO))
    upright = ImageOps.exif_transpose(picture)
    clean = Image.new(upright.mode, upright.size)
    clean.paste(upright)  # the pixels alone, without what the file said beside them
    return clean


def in_full_colour(picture: Image.Image) -> Image.Image:
    """RGB or RGBA: a scan in black and white, or in a palette, is only legible when made smaller in full colour."""
    if picture.mode in {"RGB", "RGBA"}:
        return picture
    is_see_through = picture.mode in {"RGBA", "LA", "PA", "La", "RGBa"} or "transparency" in picture.info
    return picture.convert("RGBA" if is_see_through else "RGB")


if __name__ == "__main__":
    sys.exit(main())
