"""Where the focus is on a page, and the Tab key that takes it somewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

STOPS = 400
# Where the focus is, whether one sees it, and whether something lies over it. A field within a bar is framed with it.
HERE = """() => {
    window.keyOf ??= (of) => ["href", "name", "value", "aria-label"].map((it) => of.getAttribute(it)).join() + of.localName;
    const one = document.activeElement;
    if (!one || one === document.body) return null;
    const shown = one.closest(".sr") && one.closest("label") || one;
    const framed = [shown, !one.matches(".sr") && shown.closest(".textbox, .box, .find, .choice, .swatch")].filter(Boolean);
    const ring = framed.some((it) => {
        const style = getComputedStyle(it);
        return style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
    }) || Boolean(one.closest(".cur") && getComputedStyle(one.closest("td")).boxShadow !== "none"); // a row is framed whole
    const place = shown.getBoundingClientRect();
    const [x, y] = [place.x + Math.min(place.width / 2, 40), place.y + Math.min(place.height / 2, 20)];
    const top = document.elementFromPoint(x, y);
    (window.been ??= new Set()).add(keyOf(one));
    return { what: one.outerHTML.replace(/\\s+/g, " ").slice(0, 140), ring, clear: Boolean(top) && (shown.contains(top) || top.contains(shown)) };
}"""
LEFT_OUT = """() => [...document.querySelectorAll("a[href], button, input, select, textarea, summary")].filter((one) =>
    one.checkVisibility({ visibilityProperty: true }) && !one.disabled && one.tabIndex >= 0 && one.type !== "hidden"
    && !window.been.has(keyOf(one)) && !(one.type === "radio" && !one.checked)
).map((one) => one.outerHTML.slice(0, 140))"""


def focused(page: Page) -> Any:
    return page.evaluate(HERE)


def tab_to(page: Page, target: Locator) -> None:
    """With the Tab key, as far as it takes."""
    for _ in range(STOPS):
        page.keyboard.press("Tab")
        if target.evaluate("target => target === document.activeElement"):
            return
    pytest.fail(f"Tab never comes to {target}")
