"""The scripts as a whole: small, kept for good by a browser, never in a circle; and what they make is accessible."""

from __future__ import annotations

import gzip
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import CUT_LINE
from tests.browser.thread import BOX, menu, pending, ready, say, sees

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

    from tests.browser.conftest import People

pytestmark = pytest.mark.browser

ROOT = Path(__file__).resolve().parents[2]
SCRIPTS = sorted((ROOT / "comptoir/static/js").glob("*.js"))
AXE = (ROOT / "tests/vendor/axe.min.js").read_text()


def test_all_of_them_are_small_enough() -> None:
    sizes = [len(gzip.compress(path.read_bytes())) for path in SCRIPTS]
    assert sum(sizes) < 60_000
    assert [path.name for path in SCRIPTS if len(path.read_text().splitlines()) > 250] == []


def test_modules_import_in_one_direction() -> None:
    imports = {path.name: set(re.findall(r'"\./([\w.]+)"', path.read_text())) for path in SCRIPTS}
    settled: set[str] = set()
    while ready_now := {name for name, needs in imports.items() if needs <= settled} - settled:
        settled |= ready_now
    assert settled == set(imports)


def test_every_script_has_a_name_of_its_content(visit: Callable[..., Page]) -> None:
    page = ready(visit("accountant", "/desk/"))
    names = page.evaluate("performance.getEntriesByType('resource').map(entry => entry.name)")
    loaded = [name for name in names if "/static/js/" in name]
    assert len(loaded) > 30
    assert [name for name in loaded if not re.search(r"\.[0-9a-f]{12}\.js$", name)] == []


def is_accessible(page: Page, *, without: str = "") -> None:
    page.evaluate(AXE)
    found = page.evaluate(
        """async (without) => {
            const given = { rules: Object.fromEntries(without.split(" ").filter(Boolean).map((rule) => [rule, { enabled: false }])) };
            return (await axe.run(document, given)).violations.map((rule) => [rule.id, rule.nodes.map((node) => node.html)]);
        }""",
        without,
    )
    assert found == []


def test_what_the_scripts_make_is_accessible(pair: tuple[Page, Page], picture: Path) -> None:
    client, accountant = pair
    say(client, "To be edited")
    sees(client, "To be edited")
    client.set_input_files("[data-pick]", picture)
    menu(client, "To be edited", "Edit")
    expect(client.locator(".edit-form textarea")).to_be_focused()
    is_accessible(client)
    client.keyboard.press("Escape")
    client.get_by_role("button", name="Emoji").click()
    expect(client.get_by_label("Search an emoji")).to_be_focused()
    is_accessible(client)
    client.keyboard.press("Escape")
    menu(client, "To be edited", "Delete")
    expect(client.locator(".toast")).to_be_visible()
    is_accessible(client)
    ready(accountant).keyboard.press("?")
    expect(accountant.get_by_role("dialog")).to_be_visible()
    is_accessible(accountant)


def test_a_page_without_a_line_is_accessible(pair: tuple[Page, Page], people: People) -> None:
    people.expected.append(CUT_LINE)
    client, _ = pair
    ready(client).context.set_offline(True)
    say(client, "Waiting")
    expect(pending(client)).to_contain_text("Goes out as soon as")
    expect(client.locator("#offline")).to_be_visible()
    is_accessible(client)


def test_a_membership_chosen_in_one_tab_is_followed_by_the_others(visit: Callable[..., Page]) -> None:
    first = ready(visit("reader", "/communication/?state=all"))
    second = first.context.new_page()
    second.goto("/communication/")
    ready(second)
    assert first.url.endswith("state=all")
    second.evaluate("new BroadcastChannel('membership').postMessage('another-membership')")
    first.wait_for_url("**/communication/")


def test_a_session_that_ended_elsewhere_leads_to_the_door(
    visit: Callable[..., Page], conversation: Callable[..., str], people: People
) -> None:
    people.expected.append(re.compile("status of 401"))
    begun = conversation("admin")
    page = ready(visit("colleague", "/desk/"))
    page.context.clear_cookies()
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    page.wait_for_url("**/accounts/login/**")
    assert begun


def test_the_page_works_without_any_script(people: People, conversation: Callable[..., str]) -> None:
    begun = conversation("accountant")
    page = people.context("client", java_script_enabled=False).new_page()
    page.goto(f"/communication/{begun}/")
    page.fill(BOX, "Written by hand")
    page.get_by_role("button", name="Send").click()
    sees(page, "Written by hand")
