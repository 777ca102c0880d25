"""The installed portal in a real Chromium: its worker, its page without a server, what is shared to it, its number."""

from __future__ import annotations

import json
import re
import urllib.request
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

from tests.browser.axe import violations
from tests.browser.conftest import CUT_LINE, PHONE
from tests.browser.product import Product
from tests.browser.thread import BOX, SOON, ready, sees

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, BrowserContext, Page

    from tests.browser.conftest import People

pytestmark = pytest.mark.browser

INSTALLED: dict[str, Any] = {"service_workers": "allow", "viewport": PHONE}
CONTROLLED = "() => navigator.serviceWorker.controller !== null"
KEPT = """async () => {
    const kept = [];
    for (const name of await caches.keys()) {
        for (const request of await (await caches.open(name)).keys()) kept.push(new URL(request.url).pathname);
    }
    return kept;
}"""
# What a telephone's share sheet sends: a form of the browser's own, to the address in the manifest.
SHARE = """([name, text]) => {
    const form = document.createElement("form");
    Object.assign(form, { action: "/share", method: "post", enctype: "multipart/form-data" });
    const field = (name, given) => form.append(Object.assign(document.createElement("input"), { name, ...given }));
    field("title", { value: "Ticket" });
    field("text", { value: text });
    field("files", { type: "file" });
    const files = new DataTransfer();
    files.items.add(new File(["%PDF-1.4 a receipt"], name, { type: "application/pdf" }));
    form.elements.files.files = files.files;
    document.body.append(form);
    form.submit();
}"""


@pytest.fixture
def phone(people: People) -> Callable[..., Page]:
    """`phone("client")`: that person's telephone, with the worker behind its pages."""

    def begin(part: str, path: str = "/communication/", **more: Any) -> Page:
        page = people.context(part, **INSTALLED, **more).new_page()
        page.goto(path)
        page.wait_for_function(CONTROLLED)
        return page

    return begin


# ── What installs it ─────────────────────────────────────────────────────
def test_the_browser_finds_it_fit_to_install(phone: Callable[..., Page]) -> None:
    page = phone("client")
    devtools = page.context.new_cdp_session(page)
    found = devtools.send("Page.getAppManifest")
    assert found["errors"] == []
    manifest = json.loads(found["data"])
    assert manifest["icons"]
    for icon in manifest["icons"]:
        size = page.evaluate(
            """async (address) => {
                const picture = new Image();
                picture.src = address;
                await picture.decode();
                return `${picture.naturalWidth}x${picture.naturalHeight}`;
            }""",
            icon["src"],
        )
        assert size == icon["sizes"]
    errors = devtools.send("Page.getInstallabilityErrors")["installabilityErrors"]
    # A window of a test is a private one, in which nothing can be installed.
    assert {error["errorId"] for error in errors} <= {"in-incognito"}


# ── Without a server ─────────────────────────────────────────────────────
@pytest.fixture
def mortal(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Product]:
    """A product of the test's own, which may go away."""
    made = Product(tmp_path_factory.mktemp("mortal"))
    made.facts = made.prepare()
    made.start()
    yield made
    made.stop()


def opened(browser: Browser, product: Product, part: str) -> BrowserContext:
    context = browser.new_context(base_url=product.address, **INSTALLED)
    session = product.facts["people"][part]["session"]
    context.add_cookies([{"name": "session", "value": session, "url": product.address}])
    return context


def test_a_page_stands_in_while_the_server_is_away(browser: Browser, mortal: Product) -> None:
    context = opened(browser, mortal, "client-phone")
    page = context.new_page()
    page.goto("/communication/")
    page.wait_for_function(CONTROLLED)
    page.goto("/profile/")
    ready(page)
    expect(page.locator("html")).to_have_attribute("lang", "fr")
    mortal.kill()
    page.goto("/communication/?state=all")
    expect(page.get_by_role("heading", name="Pas de connexion")).to_be_visible()
    assert page.url.endswith("/communication/?state=all")
    assert violations(page) == []
    mortal.start()
    page.get_by_role("link", name="Réessayer").click()
    expect(page.get_by_role("heading", name="Communication")).to_be_visible()
    context.close()


def test_it_comes_back_by_itself_and_keeps_nothing_of_the_accounts(
    phone: Callable[..., Page], conversation: Callable[..., str], people: People
) -> None:
    people.expected.append(CUT_LINE)
    begun = conversation("accountant", body="Secret")
    page = phone("client", f"/communication/{begun}/")
    sees(page, "Secret")
    page.context.set_offline(True)
    page.goto("/communication/")
    expect(page.get_by_role("heading", name="No connection")).to_be_visible()
    page.context.set_offline(False)
    expect(page.get_by_role("heading", name="Communication")).to_be_visible(timeout=SOON)
    kept = page.evaluate(KEPT)
    assert "/offline/fr" in kept
    assert [path for path in kept if not re.match(r"/(static/|offline/\w\w$|language$)", path)] == []


# ── Shared from the telephone ────────────────────────────────────────────
def test_what_is_shared_arrives_in_a_new_conversation(phone: Callable[..., Page]) -> None:
    page = phone("client")
    page.evaluate(SHARE, ["ticket.pdf", "For the books"])
    page.wait_for_url("**/communication/new")
    expect(page.locator("[data-chips] [data-state=done]")).to_contain_text("ticket.pdf", timeout=SOON)
    expect(page.locator("#subject")).to_have_value("Ticket")
    expect(page.locator(BOX)).to_have_value("For the books")
    page.reload()
    expect(page.locator("[data-chips] [data-state=done]")).to_have_count(1)  # the draft's, and not twice
    page.get_by_role("button", name="Send").click()
    page.wait_for_url(re.compile("/communication/[0-9a-f-]{36}/"))
    expect(page.get_by_text("ticket.pdf").first).to_be_visible()


def test_what_is_shared_waits_until_one_has_signed_in(phone: Callable[..., Page], people: People) -> None:
    page = phone("client")
    cookies = page.context.cookies()
    page.goto("about:blank")
    page.context.clear_cookies()
    page.goto("/accounts/login/")
    page.evaluate(SHARE, ["before.pdf", ""])
    page.wait_for_url("**/accounts/login/?next=/new")
    page.context.add_cookies([cookie for cookie in cookies if cookie["name"] == "session"])  # type: ignore[misc]
    page.goto("/new")
    expect(page.locator("[data-chips] [data-state=done]")).to_contain_text("before.pdf", timeout=SOON)
    page.fill("#subject", "")
    page.fill(BOX, "")
    assert people.complaints == []


# ── The number ───────────────────────────────────────────────────────────
NOTED = (
    "navigator.setAppBadge = (number) => { (window.badges ??= []).push(number); return Promise.resolve(); };"
)


def test_the_icon_shows_what_waits(people: People, conversation: Callable[..., str]) -> None:
    context = people.context("client", **INSTALLED)
    context.add_init_script(NOTED)
    page = context.new_page()
    page.goto("/communication/")
    ready(page)
    page.wait_for_function("window.badges?.length")
    before = page.evaluate("window.badges.at(-1)")
    assert before == int(page.locator("[data-counter=to_handle] [data-number]").inner_text() or 0)
    conversation("accountant")
    page.wait_for_function("before => window.badges.at(-1) === before + 1", arg=before)


def test_the_manifest_is_served_without_a_cookie(people: People) -> None:
    page = people.visitor(**INSTALLED).new_page()
    page.goto("/accounts/login/")
    where = page.locator("link[rel=manifest]").get_attribute("href")
    with urllib.request.urlopen(f"{people.product.address}{where}") as answer:
        assert json.load(answer)["display"] == "standalone"
