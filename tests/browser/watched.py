"""A page under the eyes of a test for hostile texts: what ran, what slipped in, what stands out."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from tests.browser.conftest import PHONE, People
from tests.browser.layout import sticks_out

if TYPE_CHECKING:
    from playwright.sync_api import Page

# What none of our pages has, so that it came out of somebody's text.
FOREIGN = """() => [...document.querySelectorAll("*")].filter((one) =>
    one.matches("iframe, object, embed, base, meta[http-equiv], math, video, audio, style, marquee")
    || [...one.attributes].some(({ name, value }) => name.startsWith("on")
        || /href|src|action|^(data|poster|ping|style)$/i.test(name) && /^\\s*(javascript|data:text|vbscript)/i.test(value))
    || (one.matches("script") && one.type !== "application/json" && !one.src.startsWith(location.origin + "/static/"))
    || (one.matches("link, form, img") && [one.href, one.action, one.src].some((to) =>
        typeof to === "string" && to && !to.startsWith(location.origin) && !/^(blob|data:image)/.test(to)))
).map((one) => one.outerHTML.slice(0, 200))"""
# Chromium's own remark on a date field that is given something else back.
ODD_DATE = re.compile("The specified value .* does not conform to the required format")
HIDDEN = re.compile("[\x00\u202e\u2066\u2069\ufeff]")


class Watched:
    """A page whose dialogs are counted: only a payload opens one."""

    def __init__(self, people: People, part: str) -> None:
        self.people = people
        self.ran: list[str] = []
        given: dict[str, Any] = {"viewport": PHONE, "locale": "fr"}
        context = people.context(part, **given) if part else people.visitor(**given)
        self.page: Page = context.new_page()
        self.page.on("dialog", self._opened)

    def _opened(self, dialog: Any) -> None:
        self.ran.append(f"{self.page.url}: {dialog.message}")
        dialog.dismiss()

    def wrong(self, *, echoes: bool = False) -> list[str]:
        """What is wrong with the page as it stands. One that echoes the reader's own words may hold what they typed."""
        self.page.wait_for_timeout(60)  # a picture that is not there fails a moment later
        found = [f"{self.page.url}: {html}" for html in self.page.evaluate(FOREIGN)]
        if not echoes and HIDDEN.search(self.page.content()):
            found.append(f"{self.page.url} holds what cannot be seen")
        found += sticks_out(self.page) + self.ran + self.people.complaints
        self.ran.clear()
        self.people.complaints.clear()  # each is told once
        return found

    def at(self, path: str, *, echoes: bool = False) -> list[str]:
        self.page.goto(path)
        return self.wrong(echoes=echoes)
