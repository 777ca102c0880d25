"""The desk by keyboard: moving, opening, replying, noting, selecting; and the list of all keys."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.thread import BOX, SOON, ready, row, sees

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

pytestmark = pytest.mark.browser


@pytest.fixture
def inbox(visit: Callable[..., Page], conversation: Callable[..., str]) -> Page:
    """The accountant's inbox, with two conversations at least."""
    conversation()
    conversation()
    return ready(visit("accountant", "/desk/?view=open"))


def test_j_and_k_move_and_o_opens(inbox: Page) -> None:
    inbox.keyboard.press("j")
    inbox.keyboard.press("j")
    expect(inbox.locator("[data-row]").nth(1)).to_have_class(re.compile("cur"))
    inbox.keyboard.press("k")
    current = inbox.locator("[data-row].cur")
    expect(current).to_have_count(1)
    expect(current.locator("[data-open]")).to_be_focused()
    identifier = current.get_attribute("data-conversation")
    inbox.keyboard.press("o")
    inbox.wait_for_url(f"**/desk/c/{identifier}/")


def test_r_replies_and_n_notes_from_the_inbox(inbox: Page) -> None:
    inbox.keyboard.press("j")
    inbox.keyboard.press("n")
    inbox.wait_for_url("**#note")
    note = inbox.locator("[data-note] textarea")
    expect(note).to_be_focused()
    ready(inbox)
    inbox.keyboard.press("Escape")
    inbox.keyboard.press("r")
    expect(inbox.locator(BOX)).to_be_focused()
    expect(note).to_be_hidden()
    inbox.keyboard.press("Escape")
    inbox.keyboard.press("u")
    inbox.wait_for_url("**/desk/")


def test_letters_that_are_typed_are_no_verbs(inbox: Page) -> None:
    inbox.keyboard.press("/")
    expect(inbox.locator("#find")).to_be_focused()
    inbox.keyboard.type("jxe?")
    expect(inbox.locator("#find")).to_have_value("jxe?")
    expect(inbox.locator("[data-row].sel")).to_have_count(0)


def test_g_and_a_letter_go_somewhere(inbox: Page) -> None:
    inbox.keyboard.press("g")
    inbox.keyboard.press("c")
    inbox.wait_for_url("**/desk/?view=closed")


def test_the_list_of_keys_shows_them_and_turns_them_off(inbox: Page) -> None:
    inbox.keyboard.press("?")
    dialog = inbox.get_by_role("dialog", name="Keyboard shortcuts")
    expect(dialog.locator(".shortcuts")).to_contain_text("move")
    expect(dialog.locator(".shortcuts")).to_contain_text("Waiting for the client")
    dialog.get_by_role("switch").uncheck()
    inbox.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    inbox.keyboard.press("j")
    expect(inbox.locator("[data-row].cur")).to_have_count(0)


def test_rows_are_selected_one_by_one_and_as_a_range(inbox: Page) -> None:
    boxes = inbox.locator("[data-row] .tickbox")
    bar = inbox.locator("[data-bulk]")
    expect(bar).to_be_hidden()
    inbox.keyboard.press("j")
    inbox.keyboard.press("x")
    expect(bar).to_be_visible()
    expect(bar).to_contain_text("1 selected")
    inbox.keyboard.press("Escape")
    expect(bar).to_be_hidden()
    boxes.nth(0).click()
    boxes.nth(1).click(modifiers=["Shift"])
    expect(bar).to_contain_text("2 selected")
    inbox.locator("[data-select-all]").check()
    expect(inbox.locator("[data-row].sel")).to_have_count(boxes.count())
    inbox.get_by_role("button", name="Clear the selection").click()
    expect(inbox.locator("[data-row].sel")).to_have_count(0)


def test_a_selection_survives_a_change_of_the_list(inbox: Page, conversation: Callable[..., str]) -> None:
    first = inbox.locator("[data-row]").first
    identifier = first.get_attribute("data-conversation")
    first.locator(".tickbox").check()
    inbox.locator("#find").press_sequentially("half a wo")
    begun = conversation()
    expect(inbox.locator(f"[data-conversation='{begun}']")).to_have_count(1, timeout=SOON)
    kept = inbox.locator(f"[data-conversation='{identifier}']")
    expect(kept).to_have_class(re.compile("sel"))
    expect(kept.locator(".tickbox")).to_be_checked()
    expect(inbox.locator("#find")).to_have_value("half a wo")
    expect(inbox.locator("#find")).to_be_focused()


def test_what_is_selected_is_handled_together(inbox: Page) -> None:
    inbox.goto("/desk/")
    ready(inbox)
    rows = inbox.locator("[data-row]")
    before = rows.count()
    rows.nth(0).locator(".tickbox").check()
    rows.nth(1).locator(".tickbox").check()
    inbox.keyboard.press("e")
    expect(rows).to_have_count(before - 2, timeout=SOON)
    expect(inbox.locator("[data-bulk]")).to_be_hidden()


def test_a_note_is_the_office_s_alone(pair: tuple[Page, Page], visit: Callable[..., Page]) -> None:
    client, accountant = pair
    colleague = visit("admin", accountant.url)
    ready(accountant).keyboard.press("n")
    accountant.keyboard.type("Call them first")
    accountant.get_by_role("button", name="Keep the note").click()
    for page in (accountant, colleague):
        expect(page.locator(".inote")).to_contain_text("Call them first", timeout=SOON)
    expect(accountant.locator("[data-note] textarea")).to_have_value("")
    accountant.keyboard.press("Escape")
    accountant.keyboard.press("r")
    accountant.keyboard.type("And this is for you")
    accountant.keyboard.press("Control+Enter")
    sees(client, "And this is for you")
    assert "Call them first" not in client.content()
    expect(row(accountant, "And this is for you")).to_have_count(1)


def test_handled_and_assigned_happen_in_place(pair: tuple[Page, Page]) -> None:
    _, accountant = pair
    ready(accountant)
    address = accountant.url
    accountant.evaluate("window.isSamePage = true")
    accountant.keyboard.press("e")
    expect(accountant.get_by_role("button", name="Handled")).to_have_count(0, timeout=SOON)
    accountant.keyboard.press("a")
    expect(accountant.locator("#assignee")).to_be_focused()
    with accountant.expect_response("**/assign"):
        accountant.locator("#assignee").select_option(label="Nathalie Verhulst")
        accountant.get_by_role("button", name="Assign", exact=True).click()
    assert accountant.url == address
    assert accountant.evaluate("window.isSamePage")
