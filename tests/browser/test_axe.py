"""Every page of the product under axe: by day and by night, on a phone and at a desk. No violation is let through."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser import pages
from tests.browser.axe import COLOURS, violations
from tests.browser.conftest import PHONE, REFUSED
from tests.browser.thread import BOX, ready

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Page

    from tests.browser.conftest import People

pytestmark = pytest.mark.browser

WIDE = {"width": 1440, "height": 900}
GROUPS = {"nobody": pages.NOBODY, "portal": pages.PORTAL, "desk": pages.DESK, "settings": pages.SETTINGS}


class Eyes:
    """Looks at a page in four ways; one tab for each person, since nothing is changed."""

    def __init__(self, people: People) -> None:
        self.people = people
        self.tabs: dict[str, Page] = {}

    def tab(self, part: str) -> Page:
        if part not in self.tabs:
            given = {"viewport": WIDE, "locale": "fr", "color_scheme": "light"}
            context = self.people.context(part, **given) if part else self.people.visitor(**given)
            self.tabs[part] = context.new_page()
        return self.tabs[part]

    def goto(self, part: str, path: str) -> Page:
        page = self.tab(part)
        page.set_viewport_size(WIDE)
        page.emulate_media(color_scheme="light")
        page.goto(path)
        return page

    def found(self, page: Page) -> Iterator[str]:
        """Everything twice, and what is only a matter of colours in the two ways that are left."""
        ways = [(WIDE, "light", ()), (WIDE, "dark", COLOURS), (PHONE, "dark", ()), (PHONE, "light", COLOURS)]
        for size, theme, rules in ways:
            page.set_viewport_size(size)
            page.emulate_media(color_scheme=theme)
            for line in violations(page, rules=rules):
                yield f"{page.url} {size['width']} {theme}: {line}"


@pytest.fixture(scope="module")
def eyes(residents: People) -> Eyes:
    residents.expected.append(REFUSED)
    return Eyes(residents)


@pytest.mark.parametrize("group", GROUPS)
def test_pages(eyes: Eyes, group: str) -> None:
    places = eyes.people.product.facts["places"]
    found = [
        line for shown in GROUPS[group] for line in eyes.found(eyes.goto(shown.part, shown.address(places)))
    ]
    assert not found, "\n".join(found)
    assert eyes.people.complaints == []


def test_axe_finds_what_is_wrong(eyes: Eyes) -> None:
    """Else the test above would prove nothing: under our policy, in all four ways, it sees what is planted."""
    page = ready(eyes.goto("guest", "/profile/"))
    page.evaluate(
        """document.querySelector("h1").insertAdjacentHTML("afterend", `<img src="/static/none.png">`);
        document.querySelector("h1").style.color = "light-dark(#eee, #333)";"""
    )
    found = " ".join(eyes.found(page))
    assert found.count("image-alt") == 2
    assert found.count("color-contrast") == 4
    page.goto("about:blank")
    eyes.people.complaints.clear()  # the picture that is not there


# ── What opens on a page ─────────────────────────────────────────────────
def open_the_receipts(page: Page) -> None:
    page.locator(".msg.mine summary").last.click()
    page.locator(".msg.mine details[open] [data-receipts]").click()
    expect(page.get_by_role("dialog")).to_be_visible()


def open_the_edit(page: Page) -> None:
    page.locator(".msg.mine summary").last.click()
    page.locator(".msg.mine details[open] [data-edit]").click()
    expect(page.locator(".edit-form textarea")).to_be_focused()


def test_what_opens_in_the_portal(eyes: Eyes, picture: Path) -> None:
    page = ready(eyes.goto("guest", f"/communication/{eyes.people.product.facts['places']['long']}/"))
    found = []
    for step in (
        page.locator(".member summary").click,
        page.locator(".msg.mine summary").last.click,
        page.locator("[data-emoji]").click,
        lambda: page.set_input_files("[data-pick]", picture),
        lambda: open_the_receipts(page),
        lambda: open_the_edit(page),
    ):
        page.set_viewport_size(WIDE)
        step()
        page.wait_for_timeout(100)
        found += eyes.found(page)
        page.keyboard.press("Escape")
    page.locator("[data-remove]").click()
    assert not found, "\n".join(found)
    assert eyes.people.complaints == []


def test_what_opens_at_the_desk(eyes: Eyes) -> None:
    page = ready(eyes.goto("keeper", "/desk/"))
    page.locator(".rail .menu summary").click()
    found = list(eyes.found(page))
    page.keyboard.press("Escape")
    page.set_viewport_size(WIDE)
    page.locator("[data-row] .tickbox").first.check()
    found += eyes.found(page)
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_be_visible()
    found += eyes.found(page)
    page = ready(eyes.goto("keeper", f"/desk/c/{eyes.people.product.facts['places']['long']}/"))
    page.keyboard.press("n")
    found += eyes.found(page)
    assert not found, "\n".join(found)
    assert eyes.people.complaints == []


def test_what_a_form_answers(eyes: Eyes, tmp_path: Path) -> None:
    """Pages that one comes to with something to correct, or to look at before it is done."""
    found = []
    page = eyes.goto("curator", "/desk/companies/new")
    page.fill("[name=name]", "Sans numéro")
    page.fill("[name=enterprise_number]", "0712.458.360")
    page.locator("main form button").click()
    expect(page.locator(".error")).to_be_visible()
    found += eyes.found(page)
    rows = "nom;numero d'entreprise\nBonne SRL;0712.458.367\nMauvaise SRL;0712.458.360\n"
    (tmp_path / "clients.csv").write_text(rows)
    page = eyes.goto("curator", "/desk/companies/import")
    page.set_input_files("#file", tmp_path / "clients.csv")
    page.locator("main form button").click()
    expect(page.locator("#preview")).to_be_visible()
    found += eyes.found(page)
    assert not found, "\n".join(found)
    assert eyes.people.complaints == []


def test_what_a_form_answers_to_everybody(eyes: Eyes) -> None:
    found = []
    page = eyes.goto("guest", "/profile/")
    page.fill("[name=token_name]", "Un programme")
    page.get_by_role("button", name="Créer un jeton").click()
    expect(page.locator("[data-token]")).to_be_visible()
    found += eyes.found(page)
    page = eyes.goto("", "/accounts/login/")
    page.fill("[name=login]", "personne@lambert.example")
    page.fill("[name=password]", "pas le bon du tout")
    page.get_by_role("button", name="Se connecter").click()
    expect(page.get_by_role("alert")).to_be_visible()
    found += eyes.found(page)
    page = ready(eyes.goto("guest", "/communication/new"))
    page.fill("#subject", "Sans message")
    page.check("[value=private]")
    page.locator(".send button").click()
    expect(page.locator("[data-error]")).to_be_visible()
    assert page.locator(BOX).input_value() == ""
    found += eyes.found(page)
    page.fill("#subject", "")
    assert not found, "\n".join(found)
    assert eyes.people.complaints == []
