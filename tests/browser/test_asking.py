"""Questions are sent at the desk by keyboard, stand in the client's thread, and are taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.thread import SOON, ready

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

pytestmark = pytest.mark.browser


@pytest.fixture
def drafts(visit: Callable[..., Page]) -> Page:
    """The bakery's, with two drafts made by hand."""
    page = ready(visit("accountant", "/desk/companies/"))
    page.get_by_role("link", name="Boulangerie").first.click()
    page.get_by_role("link", name="Questions", exact=True).click()
    for text in ("Who was the guest?", "What was it for?"):
        ready(page).keyboard.press("q")
        page.get_by_label("Own words").first.fill(text)
        page.get_by_role("button", name="Draft the question").click()
        expect(page.locator("[data-row]").filter(has_text=text)).to_have_count(1, timeout=SOON)
    return ready(page)


def test_by_keyboard_to_the_client_and_back(drafts: Page, visit: Callable[..., Page]) -> None:
    rows = drafts.locator("[data-row]")
    before = rows.count()
    drafts.keyboard.press("j")
    drafts.keyboard.press("e")
    changed = rows.first.get_by_label("Own words")
    expect(changed).to_be_focused()
    changed.fill("Who was the guest of honour?")
    rows.first.get_by_role("button", name="Save").click()
    expect(rows.filter(has_text="guest of honour")).to_have_count(1, timeout=SOON)
    ready(drafts)
    drafts.keyboard.press("j")
    drafts.keyboard.press("x")
    expect(rows.first.locator("input.tickbox")).not_to_be_checked()
    drafts.keyboard.press("x")
    drafts.get_by_label("Subject").fill("Asked by keyboard")
    drafts.keyboard.press("Escape")
    drafts.keyboard.press("s")
    expect(drafts.locator("[data-row]")).to_have_count(0, timeout=SOON)
    client = visit("client", "/communication/")
    client.get_by_role("link", name="Asked by keyboard").click()
    cards = client.locator(".qcard")
    expect(cards).to_have_count(before, timeout=SOON)
    expect(cards.filter(has_text="guest of honour")).to_have_count(1)


def test_taken_back_before_anybody_read_them(drafts: Page) -> None:
    before = drafts.locator("[data-row]").count()
    drafts.get_by_role("button", name="Send the questions").click()
    expect(drafts.locator("[data-row]")).to_have_count(0, timeout=SOON)
    drafts.get_by_role("button", name="Take back").first.click()
    expect(drafts.locator("[data-row]")).to_have_count(before, timeout=SOON)
