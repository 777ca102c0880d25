"""The desk by its letters: move, open, handle, close, go, select."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.focus import tab_to
from tests.browser.thread import SOON, ready

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

pytestmark = pytest.mark.browser


def test_the_letters_of_a_conversation(visit: Callable[..., Page], conversation: Callable[..., str]) -> None:
    page = ready(visit("accountant", f"/desk/c/{conversation()}/"))
    page.keyboard.press("a")
    expect(page.get_by_label("Assigned to")).to_be_focused()
    page.keyboard.type("Nathalie")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#assignee option:checked")).to_have_text("Nathalie Verhulst")
    page.locator("h1").click()
    page.keyboard.press("e")
    expect(page.get_by_role("button", name="Handled")).to_have_count(0, timeout=SOON)
    page.keyboard.press("c")
    expect(page.locator("[data-status]")).to_contain_text("Closed on", timeout=SOON)
    page.keyboard.press("u")
    page.wait_for_url("**/desk/")


@pytest.mark.parametrize(
    ("letter", "address"),
    [("t", "/desk/"), ("w", "view=waiting"), ("o", "view=open"), ("c", "view=closed"), ("d", "/companies/"), ("s", "/settings/staff")],
)  # fmt: skip
def test_g_and_each_letter(visit: Callable[..., Page], letter: str, address: str) -> None:
    page = ready(visit("admin", "/profile/"))
    page.keyboard.press("g")
    page.keyboard.press(letter)
    page.wait_for_url(re.compile(re.escape(address)))


def test_the_row_that_one_stands_on(visit: Callable[..., Page], conversation: Callable[..., str]) -> None:
    """Handled or closed without being opened, and the keyboard goes on from there."""
    begun = [conversation() for _ in range(3)]
    page = ready(visit("accountant", "/desk/?view=open"))
    stands = page.locator("[data-row].cur")
    page.keyboard.press("j")
    handled = stands.get_attribute("data-conversation")
    assert handled in begun
    page.keyboard.press("e")
    expect(page.locator(f"[data-conversation='{handled}']")).not_to_contain_text("New message", timeout=SOON)
    page.keyboard.press("j")
    closed = stands.get_attribute("data-conversation")
    assert closed in set(begun) - {handled}
    page.keyboard.press("c")
    expect(page.locator(f"[data-conversation='{closed}']")).to_have_count(0, timeout=SOON)


def test_a_selection_is_closed_or_written_to(
    visit: Callable[..., Page], conversation: Callable[..., str]
) -> None:
    begun = {conversation(), conversation()}
    page = ready(visit("accountant", "/desk/?view=open"))
    for _ in begun:
        page.keyboard.press("j")
        page.keyboard.press("x")
    bar = page.get_by_role("toolbar", name="Actions on the selection")
    expect(bar).to_contain_text("2 selected")
    tab_to(page, bar.get_by_role("button", name="Clear the selection"))
    page.keyboard.press("Shift+Tab")
    expect(bar.get_by_role("button", name="Write to these dossiers")).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/desk/new.*company="))
    page.go_back()
    expect(bar).to_contain_text("2 selected")  # as it was left
    page.keyboard.press("c")
    for identifier in begun:
        expect(page.locator(f"[data-conversation='{identifier}']")).to_have_count(0, timeout=SOON)


def test_a_slash_searches_also_where_no_search_stands(
    visit: Callable[..., Page], conversation: Callable[..., str]
) -> None:
    page = ready(visit("accountant", f"/desk/c/{conversation()}/"))
    page.keyboard.press("/")
    page.wait_for_url("**/search*")
    expect(page.get_by_role("searchbox").first).to_be_focused()


def test_x_and_shift_x_select_a_range(visit: Callable[..., Page], conversation: Callable[..., str]) -> None:
    for _ in range(4):
        conversation()
    page = ready(visit("accountant", "/desk/?view=open"))
    for key in ("j", "x", "j", "j", "X"):
        page.keyboard.press(key)
    expect(page.locator("[data-row].sel")).to_have_count(3)
    expect(page.locator("[data-bulk-count]")).to_contain_text("3")
