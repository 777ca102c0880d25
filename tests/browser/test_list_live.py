"""The list is rendered anew under the reader's hands, and takes nothing out of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.thread import SOON, ready
from tests.browser.walk import box, subject

if TYPE_CHECKING:
    from tests.browser.walk import Walk

pytestmark = pytest.mark.browser


def test_a_tap_is_not_lost_to_a_renewal(walk: Walk) -> None:
    """Something new comes while the finger is down; what it stands on is opened all the same."""
    title, other = subject(), subject()
    walk.begin(walk.accountant, subject=title)
    page = ready(walk.client)
    page.goto("/communication/")
    line = page.locator(".convs").get_by_text(title)
    expect(line).to_be_visible()
    page.wait_for_timeout(1000)  # what the page asks for by itself when it comes up has come
    at = box(line)
    page.mouse.move(at["x"] + 5, at["y"] + 5)
    page.mouse.down()
    asked: list[str] = []
    page.on("response", lambda answer: asked.append(answer.url))
    walk.begin(walk.accountant, subject=other)
    page.wait_for_timeout(2000)
    assert [url for url in asked if "communication" in url], "nothing came anew while the finger was down"
    page.mouse.up()
    expect(page.get_by_role("heading", level=1)).to_have_text(title, timeout=SOON)
    page.goto("/communication/")
    expect(page.locator(".convs").get_by_text(other)).to_be_visible()


def test_and_what_came_meanwhile_is_shown_after_it(walk: Walk) -> None:
    other = subject()
    page = ready(walk.client)
    page.goto("/communication/")
    heading = box(page.get_by_role("heading", level=1))
    page.mouse.move(heading["x"] + 5, heading["y"] + 5)
    page.mouse.down()
    walk.begin(walk.accountant, subject=other)
    page.wait_for_timeout(2000)
    page.mouse.up()
    expect(page.locator(".convs").get_by_text(other)).to_be_visible(timeout=SOON)
