from __future__ import annotations

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from comptoir.core.errors import Invalid, TooLarge
from comptoir.files.logos import LARGEST, logo_png


def picture(mode: str, size: tuple[int, int], kind: str) -> SimpleUploadedFile:
    out = io.BytesIO()
    Image.new(mode, size, (200, 30, 30, 0)[: len(mode)]).save(out, kind)
    return SimpleUploadedFile("logo", out.getvalue())


@pytest.mark.parametrize(("mode", "kind"), [("RGBA", "PNG"), ("RGB", "JPEG"), ("RGBA", "WEBP")])
def test_becomes_a_small_png(mode: str, kind: str) -> None:
    made = Image.open(io.BytesIO(logo_png(picture(mode, (1000, 500), kind))), formats=["PNG"])
    assert (made.size, made.mode, made.info) == ((256, 128), mode, {})
    if mode == "RGBA":
        assert made.getpixel((0, 0))[3] == 0


@pytest.mark.parametrize(
    "data", [b"", b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"\x89PNG\r\n\x1a\n" + b"\x00" * 40]
)
def test_what_is_no_picture_is_refused(data: bytes) -> None:
    with pytest.raises(Invalid) as refused:
        logo_png(SimpleUploadedFile("logo.png", data))
    assert refused.value.field == "logo"


def test_a_large_one_is_refused() -> None:
    with pytest.raises(TooLarge):
        logo_png(SimpleUploadedFile("logo.png", b"x" * (LARGEST + 1)))
