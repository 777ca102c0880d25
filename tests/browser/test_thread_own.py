"""One's own message afterwards: edited, deleted, taken back, copied, followed; and emoji in it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.product import ROOT
from tests.browser.thread import BOX, SOON, menu, row, say, sees

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

    from tests.browser.conftest import People

pytestmark = pytest.mark.browser

FRENCH_EMOJI = ROOT / "comptoir/static/emoji/fr.json"
UNDONE = 7_000  # milliseconds: a deletion waits five seconds


def test_a_message_is_edited_where_it_stands(pair: tuple[Page, Page]) -> None:
    client, accountant = pair
    say(client, "A mispelt word")
    menu(client, "A mispelt word", "Edit")
    field = client.locator(".edit-form textarea")
    expect(field).to_be_focused()
    expect(field).to_have_value("A mispelt word")
    field.fill("A misspelt word")
    client.get_by_role("button", name="Save").click()
    sees(client, "A misspelt word")
    sees(accountant, "A misspelt word")
    expect(row(accountant, "A misspelt word")).to_contain_text("edited")
    expect(client.locator(".edit-form")).to_have_count(0)


def test_an_edit_is_given_up_with_escape(pair: tuple[Page, Page]) -> None:
    client, _ = pair
    say(client, "As it was")
    menu(client, "As it was", "Edit")
    client.locator(".edit-form textarea").fill("Something else")
    client.keyboard.press("Escape")
    expect(row(client, "As it was").locator(".bubble")).to_be_visible()
    expect(row(client, "As it was").locator("summary")).to_be_focused()


def test_an_open_edit_survives_a_reload(pair: tuple[Page, Page]) -> None:
    client, _accountant = pair
    say(client, "Half a sentence")
    sees(client, "Half a sentence")
    menu(client, "Half a sentence", "Edit")
    client.locator(".edit-form textarea").fill("A whole sentence")
    client.reload()
    field = client.locator(".edit-form textarea")
    expect(field).to_have_value("A whole sentence")
    field.press("Control+Enter")
    sees(client, "A whole sentence")
    client.reload()
    sees(client, "A whole sentence")
    expect(client.locator(".edit-form")).to_have_count(0)


def test_an_open_edit_survives_a_tick(pair: tuple[Page, Page]) -> None:
    """The other side opens the message while its author corrects it."""
    client, accountant = pair
    accountant.goto("/desk/?view=closed")
    say(client, "Seen while edited")
    conversation = re.search("[0-9a-f-]{36}", client.url)
    assert conversation
    menu(client, "Seen while edited", "Edit")
    client.locator(".edit-form textarea").fill("Half of the correc")
    accountant.goto(f"/desk/c/{conversation[0]}/")
    expect(client.locator(".msg:has(.edit-form) .tick")).to_have_class(re.compile("seen"), timeout=SOON)
    expect(client.locator(".edit-form textarea")).to_have_value("Half of the correc")
    expect(client.locator(".edit-form textarea")).to_be_focused()


def test_a_deleted_message_leaves_its_line(pair: tuple[Page, Page]) -> None:
    client, accountant = pair
    say(client, "Wrong recipient")
    sees(accountant, "Wrong recipient")
    menu(client, "Wrong recipient", "Delete")
    expect(row(client, "Wrong recipient")).to_be_hidden()
    expect(client.locator(".toast")).to_contain_text("Message deleted")
    expect(client.locator(BOX)).to_be_focused()
    expect(row(accountant, "Wrong recipient")).to_have_count(0, timeout=UNDONE + SOON)
    expect(accountant.locator(".msg.gone")).to_contain_text("Message deleted")
    expect(client.locator(".msg.gone")).to_be_visible()


def test_a_deletion_is_undone(pair: tuple[Page, Page], people: People) -> None:
    client, accountant = pair
    say(client, "Rather keep it")
    sees(accountant, "Rather keep it")
    asked = []
    client.on("request", lambda request: asked.append(request.url) if "/delete" in request.url else None)
    menu(client, "Rather keep it", "Delete")
    client.get_by_role("button", name="Undo").click()
    expect(row(client, "Rather keep it")).to_be_visible()
    client.wait_for_timeout(UNDONE)
    assert asked == []
    expect(row(accountant, "Rather keep it")).to_be_visible()


def test_a_deletion_holds_when_the_page_is_left(pair: tuple[Page, Page]) -> None:
    client, accountant = pair
    say(client, "Gone with the page")
    sees(accountant, "Gone with the page")
    menu(client, "Gone with the page", "Delete")
    client.goto("/communication/")
    expect(row(accountant, "Gone with the page")).to_have_count(0, timeout=SOON)


def test_whom_it_reached_stands_in_a_dialog(pair: tuple[Page, Page]) -> None:
    client, _ = pair
    say(client, "Who has it?")
    expect(row(client, "Who has it?").locator(".tick")).to_have_class(re.compile("seen"), timeout=SOON)
    menu(client, "Who has it?", "Delivered to whom, when")
    dialog = client.get_by_role("dialog")
    expect(dialog).to_contain_text("Nathalie Verhulst")
    client.keyboard.press("Escape")
    expect(dialog).to_have_count(0)


def test_menus_close_as_one_expects(pair: tuple[Page, Page]) -> None:
    client, _ = pair
    say(client, "First")
    say(client, "Second")
    sees(client, "Second")
    open_ = client.locator("[data-menu][open]")
    row(client, "First").locator("summary").click()
    row(client, "Second").locator("summary").click()
    expect(open_).to_have_count(1)
    client.keyboard.press("ArrowDown")
    expect(client.get_by_role("button", name="Edit")).to_be_focused()
    client.keyboard.press("Escape")
    expect(open_).to_have_count(0)
    expect(row(client, "Second").locator("summary")).to_be_focused()
    row(client, "First").locator("summary").click()
    client.locator("h1").click()
    expect(open_).to_have_count(0)


def test_the_text_is_copied(pair: tuple[Page, Page]) -> None:
    client, _ = pair
    client.context.grant_permissions(["clipboard-read", "clipboard-write"])
    say(client, "To be copied\nin two lines")
    menu(client, "To be copied", "Copy the text")
    expect(client.locator(".toast")).to_contain_text("Copied")
    assert client.evaluate("navigator.clipboard.readText()") == "To be copied\nin two lines"


def test_emoji_are_found_by_name_and_go_where_the_caret_stands(pair: tuple[Page, Page]) -> None:
    client, accountant = pair
    client.fill(BOX, "Thanks  a lot")
    client.locator(BOX).evaluate("box => box.setSelectionRange(7, 7)")
    client.get_by_role("button", name="Emoji").click()
    search = client.get_by_label("Search an emoji")
    expect(search).to_be_focused()
    search.fill("thumbs up")
    client.keyboard.press("Enter")
    expect(client.locator(BOX)).to_have_value(re.compile("^Thanks 👍\ufe0f? a lot$"))
    client.keyboard.press("Escape")
    expect(search).to_have_count(0)
    expect(client.locator(BOX)).to_be_focused()
    client.get_by_role("button", name="Send").click()
    sees(accountant, "👍")


@pytest.mark.parametrize("typed", ["coeur rouge", "cœur rouge", "COEUR"])
def test_an_emoji_is_found_without_its_ligature(
    people: People, conversation: Callable[..., str], typed: str
) -> None:
    page = people.context("client").new_page()
    page.route("**/emoji/en.*json", lambda route: route.fulfill(path=FRENCH_EMOJI))
    page.goto(f"/communication/{conversation()}/")
    page.locator("[data-emoji]").click()
    page.locator(".find-emoji").fill(typed)
    expect(page.get_by_text("❤️", exact=True).first).to_be_visible()


def test_the_emoji_panel_is_walked_by_keyboard(pair: tuple[Page, Page]) -> None:
    client, _ = pair
    client.get_by_role("button", name="Emoji").focus()
    client.keyboard.press("Enter")
    expect(client.get_by_label("Search an emoji")).to_be_focused()
    client.keyboard.press("ArrowDown")
    client.keyboard.press("ArrowRight")
    client.keyboard.press("ArrowDown")
    client.keyboard.press("Enter")
    expect(client.locator(BOX)).to_have_value(re.compile("."))
    client.get_by_label("Search an emoji").fill("no such thing at all")
    expect(client.locator(".emoji")).to_contain_text("No emoji found")
    client.locator("h1").click()
    expect(client.locator(".emoji")).to_have_count(0)
