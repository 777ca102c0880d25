"""Every page on the narrowest screen (320 px, or 1280 px at 400 %) and with letters twice as large (WCAG 1.4.4, 1.4.10)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.browser import pages
from tests.browser.conftest import DESKTOP, PHONE, REFUSED
from tests.browser.layout import sticks_out

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import CDPSession, Page

    from tests.browser.conftest import People

pytestmark = pytest.mark.browser

NARROW = {"width": 320, "height": 640}
GROUPS = {"nobody": pages.NOBODY, "portal": pages.PORTAL, "desk": pages.DESK + pages.SETTINGS}


class Screens:
    """One tab for each person of the gallery, in which a page is looked at three ways without being loaded anew."""

    def __init__(self, people: People) -> None:
        self.people = people
        self.people.expected.append(REFUSED)
        self.tabs: dict[str, tuple[Page, CDPSession]] = {}

    def tab(self, part: str) -> tuple[Page, CDPSession]:
        if part not in self.tabs:
            given = {"viewport": NARROW, "locale": "fr"}
            context = self.people.context(part, **given) if part else self.people.visitor(**given)
            page = context.new_page()
            self.tabs[part] = page, context.new_cdp_session(page)
        return self.tabs[part]

    def found(self, shown: pages.Shown) -> Iterator[str]:
        page, devtools = self.tab(shown.part)
        page.goto(shown.address(self.people.product.facts["places"]))
        page.evaluate("() => document.fonts.ready.then(() => null)")  # others are wider than ours
        for size in (NARROW, PHONE):
            page.set_viewport_size(size)
            yield from (f"{size['width']}: {line}" for line in sticks_out(page))
        page.set_viewport_size(DESKTOP)
        devtools.send("Page.setFontSizes", {"fontSizes": {"standard": 32, "fixed": 26}})
        assert page.evaluate("getComputedStyle(document.documentElement).fontSize") == "32px"
        yield from (f"twice as large: {line}" for line in sticks_out(page))
        devtools.send("Page.setFontSizes", {"fontSizes": {"standard": 16, "fixed": 13}})


@pytest.mark.parametrize("group", GROUPS)
def test_nothing_sticks_out(people: People, group: str) -> None:
    """At 320 and 390 px; and with letters twice as large, as somebody sets it in the browser: our sizes follow."""
    screens = Screens(people)
    found = [line for shown in GROUPS[group] for line in screens.found(shown)]
    assert not found, "\n".join(found)


def test_what_sticks_out_is_found(people: People) -> None:
    """Else the tests above would prove nothing."""
    page = people.context("guest", viewport=PHONE).new_page()
    page.goto("/profile/")
    page.evaluate("document.querySelector('h1').textContent = 'x'.repeat(200)")
    assert any("h1" in line or "scrolls sideways" in line for line in sticks_out(page))
