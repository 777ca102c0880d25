"""What a telephone asks before it installs the portal, what it keeps, and where its share sheet and icon lead."""

from __future__ import annotations

import json
import re
from io import BytesIO
from typing import TYPE_CHECKING, Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from PIL import Image

from comptoir.core.ids import new_id
from comptoir.people.models import Office
from comptoir.web.phone.icons import GRID, MARK, SIZES
from tests.world import signed_in

if TYPE_CHECKING:
    from collections.abc import Callable

    from comptoir.people.models import Membership

    Browser = Callable[[Membership], Client]

PHONE = {"user-agent": "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Safari/604.1"}
pytestmark = pytest.mark.django_db
LANGUAGES = [code for code, _ in settings.LANGUAGES]


def manifest(page: str) -> dict[str, Any]:
    """The one that a page names, fetched as browsers do it: without a cookie."""
    where = re.search(r'rel="manifest" href="([^"]+)"', page)
    assert where
    answer = Client().get(where[1])
    assert answer.headers["Content-Type"] == "application/manifest+json"
    found: dict[str, Any] = json.loads(answer.content)
    return found


# ── What installs it ─────────────────────────────────────────────────────
def test_each_office_has_a_manifest_of_its_own(
    browser_of: Browser, sophie: Membership, stranger: Membership
) -> None:
    Office.objects.filter(pk=stranger.office_id).update(brand_hue=20, brand_chroma=0.1)
    ours = manifest(browser_of(sophie).get("/communication/").content.decode())
    theirs = manifest(browser_of(stranger).get("/communication/").content.decode())
    assert (ours["name"], ours["lang"], ours["display"]) == ("Fiduciaire Talmont", "fr", "standalone")
    assert ours["id"] == theirs["id"] == ours["scope"] == "/"
    assert theirs["name"] == stranger.office.name
    assert ours["theme_color"] != theirs["theme_color"]
    assert ours["icons"] != theirs["icons"]
    assert [one["name"] for one in ours["shortcuts"]] == ["Communication", "Nouvelle conversation"]
    assert [one["url"] for one in ours["shortcuts"]] == ["/", "/new"]
    assert ours["share_target"]["action"] == "/share"


@pytest.mark.parametrize("language", LANGUAGES)
def test_speaks_every_language(office: Office, language: str) -> None:
    found = Client().get(reverse("app_manifest", args=[office.pk, language])).json()
    assert found["lang"] == language
    assert Client().get(reverse("app_manifest", args=[office.pk, "it"])).status_code == 404
    assert Client().get(reverse("app_manifest", args=[new_id(), language])).status_code == 404


def test_every_icon_is_there(browser_of: Browser, sophie: Membership) -> None:
    page = browser_of(sophie).get("/communication/").content.decode()
    icons = manifest(page)["icons"]
    assert {(icon["sizes"], icon["purpose"]) for icon in icons} == {
        ("192x192", "any"),
        ("512x512", "any"),
        ("512x512", "maskable"),
    }
    touch = re.search(r'rel="apple-touch-icon" href="([^"]+)"', page)
    assert touch
    for address, size in [(icon["src"], icon["sizes"]) for icon in icons] + [(touch[1], "180x180")]:
        answer = Client().get(address)
        assert "immutable" in answer.headers["Cache-Control"]
        picture = Image.open(BytesIO(answer.content))
        assert f"{picture.width}x{picture.height}" == size


def test_what_a_telephone_cuts_off_is_colour_only() -> None:
    middle, safe = GRID / 2, 0.4 * GRID
    corners = [(x, y) for left, top, right, bottom in MARK for x in (left, right) for y in (top, bottom)]
    assert max(((x - middle) ** 2 + (y - middle) ** 2) ** 0.5 for x, y in corners) < safe
    for shape in ("mask", "touch"):
        size = max(SIZES[shape])
        picture = Image.open(BytesIO(Client().get(reverse("app_icon", args=[259, 170, shape, size])).content))
        pixel = picture.convert("RGBA").getpixel((0, 0))
        assert isinstance(pixel, tuple)
        assert pixel[3] == 255


@pytest.mark.parametrize(
    "wrong", [(361, 100, "icon", 192), (200, 171, "icon", 192), (200, 100, "icon", 4096)]
)
def test_draws_nothing_else(wrong: tuple[int, int, str, int]) -> None:
    assert Client().get(reverse("app_icon", args=wrong)).status_code == 404
    assert Client().get(reverse("app_icon", args=[200, 100, "other", 192])).status_code == 404


# ── What it keeps ────────────────────────────────────────────────────────
def test_the_worker_is_the_same_for_everybody(browser_of: Browser, sophie: Membership) -> None:
    hers, nobodys = browser_of(sophie).get("/worker.js"), Client().get("/worker.js")
    assert hers.content == nobodys.content
    assert hers.headers["Cache-Control"] == "private, no-store"
    facts = json.loads(hers.content.decode().partition("self.comptoir = ")[2].partition(";\n")[0])
    assert [path for path in facts["kept"] if not path.startswith("/static/")] == [
        f"/offline/{language}" for language in LANGUAGES
    ]
    for path in (*facts["kept"], facts["icon"], facts["badge"]):
        assert Client().get(path).status_code == 200, path


def test_nothing_of_anybody_stands_on_the_offline_page(browser_of: Browser, sophie: Membership) -> None:
    titles = set()
    for language in LANGUAGES:
        hers = browser_of(sophie).get(f"/offline/{language}").content.decode()
        assert hers == Client().get(f"/offline/{language}").content.decode()
        assert f'<html lang="{language}">' in hers
        titles.add(hers.partition("<h1>")[2].partition("</h1>")[0])
    assert len(titles) == len(LANGUAGES)
    assert Client().get("/offline/it").status_code == 404


# ── Where it leads ───────────────────────────────────────────────────────
def test_a_new_conversation_on_ones_own_side(
    browser_of: Browser, sophie: Membership, accountant: Membership
) -> None:
    assert browser_of(sophie).get("/new").headers["Location"] == "/communication/new"
    assert browser_of(accountant).get("/new").headers["Location"] == "/desk/new"
    assert Client().get("/new").headers["Location"] == "/accounts/login/?next=/new"


def test_says_when_what_was_shared_did_not_arrive(sophie: Membership) -> None:
    """No worker took it: the request itself comes, without a token and perhaps without a session."""
    browser = signed_in(Client(enforce_csrf_checks=True), sophie)
    page = browser.post("/share", {"title": "A receipt", "files": BytesIO(b"x")}, follow=True)
    assert page.redirect_chain[-1][0] == "/communication/new"
    assert "n’est pas arrivé" in page.content.decode()
    assert (
        Client().post("/share", {}, follow=True).redirect_chain[-1][0]
        == "/accounts/login/?next=/new%3Flost%3D1"
    )


# ── Offered once ─────────────────────────────────────────────────────────
def offers(browser: Client, **more: Any) -> bool:
    return "install/dismiss" in browser.get("/communication/", **more).content.decode()


def test_is_offered_once_to_a_telephone(browser_of: Browser, sophie: Membership) -> None:
    browser = browser_of(sophie)
    assert not offers(browser)
    assert offers(browser, headers=PHONE)
    assert browser.post(reverse("install_dismiss")).headers["Location"] == "/"
    assert not offers(browser, headers=PHONE)
    cookie = browser.cookies["install"]
    assert (cookie["httponly"], cookie["samesite"], cookie["path"]) == (True, "Lax", "/")
    assert offers(browser_of(sophie), headers=PHONE)  # another telephone


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_that_explains_it(browser_of: Browser, sophie: Membership, language: str) -> None:
    sophie.person.language = language
    sophie.person.save()
    browser = browser_of(sophie)
    page = browser.get(reverse("install")).content.decode()
    assert f'<html lang="{language}"' in page
    assert {"Safari", "Android", "iPhone"} <= set(re.findall(r"\w+", page))
    assert sophie.office.name in page
    assert not offers(browser, headers=PHONE)
