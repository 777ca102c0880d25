"""One person, more browsers than streams: the one that has to go without asks from time to time, and frightens nobody."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from comptoir.live.streams import STREAMS_A_PERSON
from tests.browser.thread import SOON, say, sees

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

    from tests.browser.conftest import People

pytestmark = pytest.mark.browser


def test_one_browser_too_many_asks_quietly(
    people: People, visit: Callable[..., Page], conversation: Callable[..., str]
) -> None:
    begun = conversation()
    first = people.context("client").new_page()
    asked: list[str] = []
    first.on("request", lambda request: asked.append(request.url.removeprefix(people.product.address)))
    first.clock.install()
    first.goto(f"/communication/{begun}/")
    for _browser in range(STREAMS_A_PERSON):
        page = people.context("client").new_page()
        with page.expect_response("**/live"):
            page.goto("/communication/")
    asked.clear()
    first.clock.run_for(5_000)
    expect(first.locator("#offline")).to_be_hidden()
    say(visit("accountant", f"/desk/c/{begun}/"), "Said to all of your browsers")
    first.clock.run_for(90_000)
    sees(first, "Said to all of your browsers")
    assert "/live" not in asked  # it takes no other browser's place
    with first.expect_request("**/live", timeout=SOON):
        first.evaluate("void document.dispatchEvent(new Event('visibilitychange'))")
