"""What a person does with a thread in front of them, and what they see of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playwright.sync_api import expect

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

BOX = "[data-composer] textarea"
SOON = 10_000  # milliseconds: far more than a change needs, and less than anybody's patience


def say(page: Page, text: str) -> None:
    page.fill(BOX, text)
    page.get_by_role("button", name="Send").click()


def row(page: Page, text: str) -> Locator:
    """The stored row with this text: one that is on its way is none yet."""
    return page.locator("[data-log] .msg[data-position]").filter(has_text=text)


def pending(page: Page) -> Locator:
    return page.locator("[data-pending-row]")


def sees(page: Page, text: str) -> None:
    expect(row(page, text)).to_have_count(1, timeout=SOON)
    expect(row(page, text)).to_be_visible(timeout=SOON)


def menu(page: Page, text: str, action: str) -> None:
    """Opens the three dots of one's own message and chooses."""
    mine = row(page, text)
    mine.locator("summary").click()
    mine.get_by_text(action, exact=True).click()


def ready(page: Page) -> Page:
    """Waits until the page's scripts have run: from there on keys and presses are heard."""
    page.wait_for_load_state()
    return page


def fill_with_messages(page: Page, conversation: str, number: int) -> None:
    """Posted by the page itself, as fast as the server takes them."""
    page.evaluate(
        """async ([conversation, number]) => {
            const token = document.querySelector("[name=csrfmiddlewaretoken]").value;
            for (let at = 0; at < number; at += 1) {
                const body = new URLSearchParams({ body: `Number ${at}`, key: crypto.randomUUID() });
                const headers = { "X-CSRFToken": token, Accept: "application/json" };
                await fetch(`/c/${conversation}/messages`, { method: "POST", body, headers });
            }
        }""",
        [conversation, number],
    )
