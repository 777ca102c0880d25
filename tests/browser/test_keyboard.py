"""Everything by keyboard alone: the portal and the desk by Tab, and one always sees where one is."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import PHONE
from tests.browser.focus import LEFT_OUT, STOPS, focused, tab_to
from tests.browser.thread import BOX, SOON, ready, row
from tests.browser.walk import WIDE

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

    from tests.browser.conftest import People

pytestmark = pytest.mark.browser

PAGES = [
    ("", "/accounts/login/"),
    ("guest", "/communication/"),
    ("guest", "/communication/new"),
    ("guest", "/communication/{asked}/"),
    ("guest", "/profile/"),
    ("keeper", "/desk/"),
    ("keeper", "/desk/new"),
    ("keeper", "/desk/c/{asked}/"),
    ("curator", "/desk/companies/{books}/"),
    ("curator", "/desk/settings/branding"),
]


@pytest.mark.parametrize("viewport", [PHONE, WIDE], ids=["phone", "desk"])
def test_tab_comes_everywhere_and_shows_where_it_is(people: People, viewport: dict[str, int]) -> None:
    wrong = []
    for part, path in PAGES:
        context = people.context(part, viewport=viewport) if part else people.visitor(viewport=viewport)
        page = context.new_page()
        page.goto(path.format_map(people.product.facts["places"]))
        stops = 0
        page.keyboard.press("Tab")
        while (here := focused(page)) and stops < STOPS:
            wrong += [f"{page.url}: no ring: {here['what']}"] if not here["ring"] else []
            wrong += [f"{page.url}: hidden: {here['what']}"] if not here["clear"] else []
            page.keyboard.press("Tab")
            stops += 1
        wrong += [f"{page.url}: never reached: {what}" for what in page.evaluate(LEFT_OUT)]
        context.close()
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize(("part", "path"), [PAGES[0], PAGES[1], PAGES[3], PAGES[5], PAGES[7]])
def test_the_first_stop_skips_to_the_content(people: People, part: str, path: str) -> None:
    context = people.context(part) if part else people.visitor()
    page = context.new_page()
    page.goto(path.format_map(people.product.facts["places"]))
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("Tab")
    skip = page.locator(".skip")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport(ratio=1)
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('#content').contains(document.activeElement)")


def test_a_private_conversation_is_begun_without_a_mouse(visit: Callable[..., Page]) -> None:
    page = ready(visit("client", "/communication/"))
    tab_to(page, page.get_by_role("link", name="New conversation"))
    page.keyboard.press("Enter")
    page.wait_for_url("**/communication/new")
    tab_to(ready(page), page.get_by_role("radio", name="Everyone with full access"))
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("radio", name="One named person")).to_be_checked()
    page.keyboard.press("Tab")
    expect(page.get_by_role("combobox", name="Person")).to_be_focused()
    page.keyboard.type("Nathalie")
    page.keyboard.press("Tab")
    page.keyboard.type("By keys alone")
    page.keyboard.press("Tab")
    expect(page.locator(BOX)).to_be_focused()
    page.keyboard.type("Nobody touched a mouse")
    tab_to(page, page.get_by_role("button", name="Send"))
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/communication/[0-9a-f-]{36}/"))
    expect(row(page, "Nobody touched a mouse")).to_be_visible()
    expect(page.locator(".audience.private")).to_contain_text("Nathalie Verhulst")


def test_a_thread_is_answered_changed_and_stopped_without_a_mouse(pair: tuple[Page, Page]) -> None:
    client, accountant = pair
    tab_to(ready(client), client.locator(BOX))
    client.keyboard.type("First lime")
    client.keyboard.press("Control+Enter")
    expect(row(client, "First lime")).to_be_visible(timeout=SOON)
    dots = row(client, "First lime").locator("summary")
    client.keyboard.press("Shift+Tab")
    while not dots.evaluate("target => target === document.activeElement"):
        client.keyboard.press("Shift+Tab")
    client.keyboard.press("Enter")
    client.keyboard.press("ArrowDown")
    expect(client.get_by_role("button", name="Edit", exact=True)).to_be_focused()
    client.keyboard.press("Enter")
    expect(client.locator(".edit-form textarea")).to_be_focused()
    client.keyboard.press("Control+a")
    client.keyboard.type("First line")
    client.keyboard.press("Control+Enter")
    expect(row(accountant, "First line")).to_be_visible(timeout=SOON)
    expect(row(client, "First line").locator("summary")).to_be_focused(timeout=SOON)
    tab_to(client, client.get_by_role("button", name="Stop conversation"))
    client.keyboard.press("Enter")
    expect(accountant.locator("[data-status]")).to_contain_text("Closed on", timeout=SOON)


def test_a_dialog_keeps_the_focus_until_escape(pair: tuple[Page, Page]) -> None:
    client, _ = pair
    tab_to(ready(client), client.locator(BOX))
    client.keyboard.type("Mine")
    client.keyboard.press("Control+Enter")
    dots = row(client, "Mine").locator("summary")
    expect(dots).to_be_visible(timeout=SOON)
    dots.focus()
    client.keyboard.press("Enter")
    row(client, "Mine").get_by_role("link", name="Delivered to whom, when").focus()
    client.keyboard.press("Enter")
    dialog = client.get_by_role("dialog")
    expect(dialog).to_be_visible()
    for _ in range(5):  # it stays within, or goes to the browser's own bar
        client.keyboard.press("Tab")
        inside = (
            "dialog => dialog.contains(document.activeElement) || document.activeElement === document.body"
        )
        assert dialog.evaluate(inside)
    client.keyboard.press("Escape")
    expect(dialog).to_have_count(0)


def test_escape_leaves_what_is_open_and_the_focus_goes_back(pair: tuple[Page, Page]) -> None:
    client = ready(pair[0])
    emoji = client.get_by_role("button", name="Emoji")
    emoji.focus()
    client.keyboard.press("Enter")
    expect(client.get_by_label("Search an emoji")).to_be_focused()
    client.keyboard.press("Escape")
    expect(client.get_by_label("Search an emoji")).to_have_count(0)
    assert focused(client)
    member = client.locator(".member summary")
    member.focus()
    client.keyboard.press("Enter")
    expect(client.locator(".member details[open]")).to_have_count(1)
    client.keyboard.press("Escape")
    expect(client.locator(".member details[open]")).to_have_count(0)
    expect(member).to_be_focused()
