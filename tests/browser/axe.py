"""axe-core on a page of ours: what a screen reader, a keyboard or weak eyes would stumble over."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

    from playwright.sync_api import Page

SCRIPT = Path(__file__).parents[1].joinpath("vendor", "axe.min.js").read_text()
# What depends on colours alone, and so is asked again in the other theme.
COLOURS = ("color-contrast", "link-in-text-block")
TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
# axe gives up on words that a decoration (::before) lies under; ours are all of one colour with what is there.
SETTINGS = """{ checks: [{ id: "color-contrast", options: {
    ignorePseudo: true, ignoreUnicode: true, ignoreLength: false, boldValue: 700, boldTextPt: 14, largeTextPt: 18,
    contrastRatio: { normal: { expected: 4.5 }, large: { expected: 3 } }, pseudoSizeThreshold: 0.25,
} }] }"""
# `preload` would fetch the style sheets once more; only rules that we have off need it.
RUN = """async ([rules, tags]) => {
    const only = rules.length ? { type: "rule", values: rules } : { type: "tag", values: tags };
    const found = await axe.run(document, { runOnly: only, preload: false, resultTypes: ["violations"] });
    return found.violations.map(({ id, nodes }) => [id, nodes.map((node) => [node.target.join(" "), node.failureSummary])]);
}"""


def violations(page: Page, *, rules: Sequence[str] = ()) -> list[str]:
    """One line each: the rule, the element, and what is wrong with it. Loaded from here, so the page's policy stands."""
    if not page.evaluate("typeof axe === 'object'"):
        page.evaluate(f"() => {{ {SCRIPT}; axe.configure({SETTINGS}); }}")
    found: list[Any] = page.evaluate(RUN, [list(rules), list(TAGS)])
    return [
        f"{rule}: {target}: {' '.join(summary.split())}" for rule, nodes in found for target, summary in nodes
    ]
