"""How large a picture says it is, from its first lines: a few kilobytes can unpack to more than a machine holds.

Not one pixel is decoded here. WebP and HEIC are left to the child process (preview_child.py), which measures as well:
to open them at all is their decoders' work.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO

from django.utils.translation import gettext_lazy as _
from PIL.GifImagePlugin import GifImageFile
from PIL.JpegImagePlugin import JpegImageFile
from PIL.PngImagePlugin import PngImageFile

from comptoir.core.errors import Invalid

if TYPE_CHECKING:
    from collections.abc import Callable

    from PIL.Image import Image

# The largest cameras of telephones make 200 million, a scan of A3 at 600 dpi 70 million.
PIXELS = 250_000_000
# Not by Image.open, which has a limit for the whole process, and tries other decoders than the one that is meant.
_READERS: dict[str, Callable[[BinaryIO], Image]] = {
    "image/png": PngImageFile,
    "image/jpeg": JpegImageFile,
    "image/gif": GifImageFile,
}


class PictureTooLarge(Invalid):
    code = "picture_too_large"
    text = _("Unpacked, this picture would be too large.")


def refuse_immense(file: BinaryIO, *, media_type: str) -> None:
    """Raises PictureTooLarge. What cannot be read has no size, and will have no preview."""
    reader = _READERS.get(media_type)
    if reader is None:
        return
    file.seek(0)
    try:
        width, height = reader(file).size
    except (SyntaxError, OSError, ValueError):
        return
    if width * height > PIXELS:
        text = _("Unpacked, this picture would be too large: %(width)s × %(height)s points.")
        raise PictureTooLarge(text % {"width": width, "height": height})
