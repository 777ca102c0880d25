"""Whether everything on a page fits its width: nothing sticks out, and nothing has to be scrolled sideways."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Page

# A table may be wider than a phone if it is scrolled by itself and by keyboard (WCAG 1.4.10); rows of places likewise.
MAY_SCROLL = "[role=region][tabindex='0'], .tabs, .seg, .rail nav, select, textarea, input"
STICKS_OUT = """(mayScroll) => {
    const room = document.documentElement.clientWidth;
    const named = (of) => `${of.localName}${of.id && "#" + of.id}.${[...of.classList].join(".")}`;
    const found = [];
    if (document.documentElement.scrollWidth > room) found.push(`the page is ${document.documentElement.scrollWidth} wide`);
    for (const one of document.querySelectorAll("body *")) {
        const style = getComputedStyle(one);
        if (one.closest(".sr, svg, " + mayScroll) || style.visibility === "hidden" || !one.checkVisibility()) continue;
        const holds = /auto|scroll/.test(style.overflowX);
        if (holds && one.scrollWidth > one.clientWidth + 1) found.push(`${named(one)} scrolls sideways by ${one.scrollWidth - one.clientWidth}`);
        const place = one.getBoundingClientRect();
        if (!place.width || place.right <= room + 1) continue;
        let within = one.parentElement;
        while (within && getComputedStyle(within).overflowX === "visible") within = within.parentElement;
        if (!within || within === document.body || within === document.documentElement) found.push(`${named(one)} ends at ${place.right}`);
    }
    return found;
}"""


def sticks_out(page: Page) -> list[str]:
    """What is wider than the page, each with its address; empty where all is well."""
    found: list[str] = page.evaluate(STICKS_OUT, MAY_SCROLL)
    return [f"{page.url}: {line}" for line in found]
