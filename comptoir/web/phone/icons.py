"""The product's mark as the icon of an installed portal, in the office's colour, in the shapes that telephones want."""

from __future__ import annotations

from functools import lru_cache
from io import BytesIO
from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe
from PIL import Image, ImageDraw

from comptoir.core.errors import NotFound
from comptoir.notifications.colour import accent_hex
from comptoir.web.brand import FOR_EVER, HUES, MAX_CHROMA, hue_and_chroma

if TYPE_CHECKING:
    from django.http import HttpRequest

    from comptoir.people.models import Office

# `mask` and `touch` fill the square, which the telephone cuts itself; `badge` is the mark alone, for the status bar.
SIZES = {"icon": {192, 512}, "mask": {512}, "touch": {180}, "badge": {96}}
GRID = 32
CORNER = 7
# The mark of static/img/favicon.svg. It lies within the circle of 40 % that a mask never cuts.
MARK = ((7.7, 8.2, 24.3, 10.8), (14.7, 8.2, 17.3, 19.8), (8, 21.25, 24, 22.75), (8, 24.25, 24, 25.75))
FINER = 4  # drawn so many times larger, then made smaller: Pillow does not smooth edges itself
WHITE, CLEAR = (255, 255, 255, 255), (255, 255, 255, 0)


def icon_address(office: Office, shape: str, size: int) -> str:
    hue, chroma = hue_and_chroma(office)
    return reverse("app_icon", args=[hue, chroma, shape, size])


@require_safe
def app_icon(request: HttpRequest, hue: int, chroma: int, shape: str, size: int) -> HttpResponse:  # noqa: ARG001 -- a view
    if hue > HUES or chroma > MAX_CHROMA or size not in SIZES.get(shape, ()):
        raise NotFound
    png = drawn(accent_hex(hue, chroma / 1000), shape, size)
    return HttpResponse(png, content_type="image/png", headers={"Cache-Control": FOR_EVER})


@lru_cache(maxsize=64)
def drawn(colour: str, shape: str, size: int) -> bytes:
    unit = size * FINER / GRID
    picture = Image.new("RGBA", (size * FINER, size * FINER), CLEAR if shape in {"icon", "badge"} else colour)
    pen = ImageDraw.Draw(picture)
    if shape == "icon":
        pen.rounded_rectangle((0, 0, size * FINER - 1, size * FINER - 1), CORNER * unit, fill=colour)
    for left, top, right, bottom in MARK:
        pen.rectangle((left * unit, top * unit, right * unit - 1, bottom * unit - 1), fill=WHITE)
    file = BytesIO()
    picture.resize((size, size), Image.Resampling.BOX).save(file, "PNG", optimize=True)
    return file.getvalue()
