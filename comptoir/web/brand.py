"""An office's own colour and logo, as files that a browser keeps: no page carries a style of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from comptoir.core.errors import NotFound
from comptoir.people.models import Office

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest

FOR_EVER = "public, max-age=31536000, immutable"  # the address names the content
DEFAULT_HUE, DEFAULT_CHROMA = 259, 170
HUES = 360
MAX_CHROMA = (
    170  # thousandths; above it white on the accent cannot be read in every hue (tests/web/test_brand.py)
)


def hue_and_chroma(office: Office) -> tuple[int, int]:
    """As addresses name them: degrees, and thousandths."""
    return office.brand_hue, min(round(office.brand_chroma * 1000), MAX_CHROMA)


def colours_address(office: Office) -> str:
    """Where the office's colours are; empty where they are the style sheet's own."""
    hue, chroma = hue_and_chroma(office)
    if (hue, chroma) == (DEFAULT_HUE, DEFAULT_CHROMA):
        return ""
    return reverse("brand_colours", args=[hue, chroma])


def logo_address(office: Office) -> str:
    return reverse("brand_logo", args=[office.pk, office.logo_version]) if office.logo_version else ""


@require_safe
def colours(request: HttpRequest, hue: int, chroma: int) -> HttpResponse:  # noqa: ARG001 -- Django's signature
    if hue > HUES or chroma > MAX_CHROMA:
        raise NotFound
    css = f":root {{ --brand-h: {hue}; --brand-c: {chroma / 1000}; }}\n"
    return HttpResponse(css, content_type="text/css; charset=utf-8", headers={"Cache-Control": FOR_EVER})


@require_safe
def logo(request: HttpRequest, office: UUID, version: str) -> HttpResponse:  # noqa: ARG001 -- the version is the cache's
    """Public: it stands on the sign-in page and in e-mails."""
    png = Office.objects.filter(pk=office).values_list("logo", flat=True).first()
    if not png:
        raise NotFound
    return HttpResponse(bytes(png), content_type="image/png", headers={"Cache-Control": FOR_EVER})
