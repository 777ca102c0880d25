"""An office's own colour and logo: files that a browser keeps, and never a colour that cannot be read."""

from __future__ import annotations

from math import cos, radians, sin
from typing import TYPE_CHECKING

import pytest

from comptoir.people.actions.offices import change_branding
from comptoir.people.models import Office
from comptoir.web.brand import HUES, MAX_CHROMA, colours_address, logo_address
from comptoir.web.desk.settings_office import COLOURS

if TYPE_CHECKING:
    from datetime import datetime

    from django.test import Client

    from comptoir.people.models import Membership

# Every accent of tokens.css that words stand on or are written in, as lightness and share of the office's chroma.
ACCENT = {"light": 0.485, "dark": 0.515}
WHITE = 1.0


def luminance(lightness: float, chroma: float, hue: float) -> float:
    """Relative luminance (WCAG) of an OKLCH colour, cut to what sRGB can show."""
    a, b = chroma * cos(radians(hue)), chroma * sin(radians(hue))
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    middle = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    red = 4.0767416621 * long - 3.3077115913 * middle + 0.2309699292 * short
    green = -1.2684380046 * long + 2.6097574011 * middle - 0.3413193965 * short
    blue = -0.0041960863 * long - 0.7034186147 * middle + 1.7076147010 * short
    r, g, b = (min(max(c, 0.0), 1.0) for c in (red, green, blue))
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def contrast(one: float, other: float) -> float:
    bright, dark = max(one, other), min(one, other)
    return (bright + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("chroma", [0, 100, MAX_CHROMA])
def test_white_on_the_accent_can_be_read_in_every_hue(theme: str, chroma: int) -> None:
    worst = min(
        contrast(WHITE, luminance(ACCENT[theme], chroma / 1000, hue)) for hue in range(0, HUES + 1, 5)
    )
    assert worst >= 4.5


def test_the_products_own_colour_needs_no_file() -> None:
    assert colours_address(Office(name="A")) == ""


def test_an_offices_colour_is_a_style_sheet(client: Client) -> None:
    address = colours_address(Office(name="A", brand_hue=150, brand_chroma=0.12))
    response = client.get(address)
    assert response.content == b":root { --brand-h: 150; --brand-c: 0.12; }\n"
    assert response.headers["Content-Type"].startswith("text/css")


@pytest.mark.parametrize("path", ["/brand/361-100.css", "/brand/100-999.css", "/brand/-1-100.css"])
def test_no_other_colour_exists(client: Client, db: None, path: str) -> None:
    assert client.get(path).status_code == 404


def test_a_logo_is_shown_under_an_address_that_changes_with_it(
    client: Client, admin: Membership, office: Office, now: datetime
) -> None:
    assert logo_address(office) == ""
    look = {"name": office.name, "address_line": "", "brand_hue": 259, "brand_chroma": 0.17}
    addresses = []
    for logo in (b"\x89PNG one", b"\x89PNG two"):
        addresses.append(logo_address(change_branding(by=admin, at=now, logo=logo, **look)))
        assert client.get(addresses[-1]).content == logo
    assert addresses[0] != addresses[1]


def test_no_colour_on_offer_looks_like_one_that_means_something() -> None:
    """Red is late, amber waits, green is done; their hues in tokens.css."""
    for colour in COLOURS:
        away = [min((colour.hue - hue) % 360, (hue - colour.hue) % 360) for hue in (26, 60, 76, 155)]
        assert min(away) >= 30, colour.name
