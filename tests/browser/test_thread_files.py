"""Files into a message: picked, pasted, dropped; with their progress, and sent only when they are there."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import CUT_LINE, DESKTOP, PHONE, REFUSED
from tests.browser.thread import BOX, SOON, row, say, sees

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Page, Route

    from tests.browser.conftest import People

pytestmark = pytest.mark.browser

CHIP = "[data-chips] .file"
TRANSFER = """(kind, [name, data, target]) => {
    const bytes = Uint8Array.from(atob(data), (char) => char.charCodeAt(0));
    const transfer = new DataTransfer();
    transfer.items.add(new File([bytes], name, { type: "image/png" }));
    const given = { bubbles: true, cancelable: true };
    const element = document.querySelector(target);
    if (kind === "paste") element.dispatchEvent(new ClipboardEvent("paste", { ...given, clipboardData: transfer }));
    else for (const type of kind) element.dispatchEvent(new DragEvent(type, { ...given, dataTransfer: transfer }));
}"""


def hand_over(page: Page, kind: str, file: Path, target: str) -> None:
    data = base64.b64encode(file.read_bytes()).decode()
    page.evaluate(f"given => ({TRANSFER})({kind}, given)", [file.name, data, target])


def pick(page: Page, *files: Path) -> None:
    page.set_input_files("[data-pick]", list(files))


def test_a_file_is_picked_shown_and_sent(pair: tuple[Page, Page], picture: Path) -> None:
    client, accountant = pair
    pick(client, picture)
    chip = client.locator(CHIP)
    expect(chip).to_contain_text("receipt.png")
    expect(chip.locator("img")).to_be_visible()
    expect(chip.locator("progress")).to_be_hidden(timeout=SOON)
    say(client, "Here it is")
    sees(accountant, "Here it is")
    expect(row(accountant, "Here it is").locator("a[href*='/files/']")).to_have_count(1)
    expect(client.locator(CHIP)).to_have_count(0)
    address = row(accountant, "Here it is").locator("a[href*='/files/']").get_attribute("href")
    assert address
    assert accountant.context.request.get(address).body() == picture.read_bytes()


def test_twenty_files_leave_the_thread_and_the_button_in_sight(
    pair: tuple[Page, Page], tmp_path: Path
) -> None:
    files = [tmp_path / f"note {number}.txt" for number in range(20)]
    for file in files:
        file.write_text("fifteen letters")
    for page, size in zip(pair, (PHONE, DESKTOP), strict=True):
        page.set_viewport_size(size)
        pick(page, *files)
        expect(page.locator(CHIP)).to_have_count(20)
        expect(page.locator(CHIP).first).to_contain_text("15 byte")
        expect(page.get_by_role("button", name="Send")).to_be_in_viewport(ratio=1)
        log = page.locator("[data-scroll]").bounding_box()
        assert log is not None
        assert log["height"] > 100


def test_a_file_is_dropped_anywhere_on_the_page(pair: tuple[Page, Page], picture: Path) -> None:
    client, _ = pair
    hand_over(client, "['dragenter', 'dragover']", picture, "h1")
    expect(client.locator("[data-drop] .drop")).to_be_visible()
    hand_over(client, "['drop']", picture, "h1")
    expect(client.locator("[data-drop] .drop")).to_have_count(0)
    expect(client.locator(CHIP)).to_contain_text("receipt.png")


def test_a_picture_is_pasted(pair: tuple[Page, Page], picture: Path) -> None:
    client, _ = pair
    hand_over(client, "'paste'", picture, BOX)
    expect(client.locator(CHIP)).to_contain_text("receipt.png")
    expect(client.locator(BOX)).to_have_value("")


def test_the_message_waits_for_its_file(pair: tuple[Page, Page], picture: Path) -> None:
    client, accountant = pair
    held: list[Route] = []
    client.route("**/files/", lambda route: held.append(route))  # noqa: PLW0108 -- playwright marks what it is given
    pick(client, picture)
    expect(client.locator(f"{CHIP} progress")).to_be_visible()
    say(client, "With its file")
    expect(client.locator("[data-error]")).to_contain_text("A file is still being uploaded")
    expect(client.locator(BOX)).to_have_value("With its file")
    held[0].continue_()
    sees(accountant, "With its file")
    expect(row(accountant, "With its file").locator("a[href*='/files/']")).to_have_count(1)


def test_a_file_is_taken_out_again(pair: tuple[Page, Page], picture: Path) -> None:
    client, _ = pair
    pick(client, picture)
    client.get_by_role("button", name="Remove receipt.png").click()
    expect(client.locator(CHIP)).to_have_count(0)
    expect(client.locator(BOX)).to_be_focused()


def test_limits_are_told_before_anything_is_sent(pair: tuple[Page, Page], tmp_path: Path) -> None:
    client, _ = pair
    asked = []
    client.on(
        "request", lambda request: asked.append(request.url) if request.url.endswith("/files/") else None
    )
    large = tmp_path / "large.pdf"
    with large.open("wb") as file:
        file.truncate(25 * 1024 * 1024 + 1)
    pick(client, large)
    expect(client.locator("[data-error]")).to_contain_text("large.pdf is larger than 25 MB")
    small = tmp_path / "small.txt"
    small.write_text("x")
    pick(client, *[small] * 21)
    expect(client.locator("[data-error]")).to_contain_text("at most 20 files")
    expect(client.locator(CHIP)).to_have_count(0)
    assert asked == []


def test_what_the_server_refuses_is_said_at_the_file(
    pair: tuple[Page, Page], tmp_path: Path, people: People
) -> None:
    people.expected.append(REFUSED)
    client, _ = pair
    hostile = tmp_path / "invoice.exe"
    hostile.write_bytes(b"MZ" + bytes(200))
    pick(client, hostile)
    expect(client.locator(f"{CHIP}.failed")).to_have_count(1, timeout=SOON)
    say(client, "Not without it")
    expect(client.locator("[data-error]")).to_contain_text("invoice.exe could not be uploaded")
    expect(client.locator(BOX)).to_have_value("Not without it")


def test_an_upload_that_was_cut_starts_anew(pair: tuple[Page, Page], picture: Path, people: People) -> None:
    people.expected.append(CUT_LINE)
    client, _ = pair
    client.route("**/files/", lambda route: route.abort(), times=1)
    pick(client, picture)
    expect(client.locator(CHIP)).to_contain_text("Goes out as soon as")
    expect(client.locator(f"{CHIP}[data-state=done]")).to_have_count(1, timeout=15_000)


def test_files_of_a_draft_come_back(pair: tuple[Page, Page], picture: Path) -> None:
    client, accountant = pair
    pick(client, picture)
    expect(client.locator(f"{CHIP}[data-state=done]")).to_have_count(1, timeout=SOON)
    client.reload()
    expect(client.locator(CHIP)).to_contain_text("receipt.png")
    say(client, "After the reload")
    sees(accountant, "After the reload")
    expect(row(accountant, "After the reload").locator("a[href*='/files/']")).to_have_count(1)
