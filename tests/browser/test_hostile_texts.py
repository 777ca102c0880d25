"""Hostile texts in every field, and then every page that shows them: nothing runs, nothing breaks, all stays text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import pytest
from playwright.sync_api import expect

from comptoir.core.text import clean_line, clean_text
from tests.browser.conftest import REFUSED, People
from tests.browser.payloads import ALL, RUN, SPOIL
from tests.browser.thread import BOX, SOON, ready, row
from tests.browser.walk import WIDE
from tests.browser.watched import ODD_DATE, Watched

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser

    from tests.browser.product import Product

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def places(product: Product) -> dict[str, str]:
    facts = product.prepare_with("tests.browser.hostile_house")
    product.facts["people"] |= facts["people"]
    found: dict[str, str] = facts["places"]
    return found


@pytest.fixture(scope="module")
def sides(browser: Browser, product: Product, places: dict[str, str]) -> Iterator[dict[str, Watched]]:
    people = People(browser, product)
    people.expected += [REFUSED, ODD_DATE]
    yield {part: Watched(people, part) for part in ("hostile", "hostile-client", "")}
    people.close()


# ── What was planted ─────────────────────────────────────────────────────
def portal(places: dict[str, str]) -> Iterator[str]:
    yield from (
        f"/communication/?state={state}&page={page}" for state in ("all", "closed") for page in (1, 2, 3)
    )
    yield from ("/communication/new", "/profile/", "/search?q=script", "/search?q=alert")
    shown = [*range(0, len(ALL), 9), *range(len(ALL) - len(SPOIL), len(ALL))]
    yield from (f"/communication/{places[f'thread-{place}']}/" for place in shown)
    yield from (f"/communication/{places[name]}/" for name in ("talk-1", "talk-2"))


def desk(places: dict[str, str]) -> Iterator[str]:
    yield from (
        f"/desk/?view={view}&page={page}" for view in ("to_handle", "open", "closed") for page in (1, 2)
    )
    yield from ("/desk/new", f"/desk/new?company={places['company']}", "/profile/", "/search?q=alert")
    yield from (f"/desk/?view=open&scope={places[name]}" for name in ("company", "quiet"))
    yield from (f"/desk/c/{places[f'thread-{place}']}/" for place in range(0, len(ALL), 13))
    yield from (f"/desk/c/{places[name]}/" for name in ("talk-1", "talk-2"))
    yield from ("/desk/companies/", f"/desk/companies/{places['company']}/")
    yield from (f"/desk/companies/{places[name]}/edit" for name in ("company", "quiet"))
    yield from (f"/desk/settings/{part}" for part in ("staff", "groups", "groups/new", "branding", "audit"))
    yield f"/desk/settings/audit/messages/{places['talk-1-edited']}"


@pytest.mark.parametrize(("part", "paths"), [("hostile-client", portal), ("hostile", desk)])
def test_every_page_shows_it_as_text(
    sides: dict[str, Watched], places: dict[str, str], part: str, paths: Any
) -> None:
    watched = sides[part]
    found = [line for path in paths(places) for line in watched.at(path)]
    assert not found, "\n".join(found)


def test_it_is_shown_as_it_was_typed(sides: dict[str, Watched], places: dict[str, str]) -> None:
    """Every message to the letter: neither swallowed nor taken for anything else."""
    page = sides["hostile-client"].page
    page.set_viewport_size(WIDE)
    half = len(ALL) // 2
    for name, payloads in (("talk-1", ALL[:half]), ("talk-2", ALL[half:])):
        page.goto(f"/communication/{places[name]}/")
        shown = {text.strip() for text in page.locator(".bubble").all_inner_texts()}
        assert {clean_text(payload).strip() for payload in payloads} - shown == set()
        people = set(page.locator(".who b").all_inner_texts())
        assert {" ".join(clean_line(payload).split()) for payload in payloads[1:]} - people == set()


def test_links_lead_where_they_say(sides: dict[str, Watched], places: dict[str, str]) -> None:
    """Only web and mail addresses are links, none with a name before an @, and none tells where one came from."""
    page = sides["hostile-client"].page
    page.goto(f"/communication/{places['talk-2']}/")
    links = page.locator(".bubble a")
    found = links.evaluate_all(
        "all => all.map((a) => [a.getAttribute('href'), a.innerText, a.rel, a.target])"
    )
    assert len(found) >= 3
    for href, text, rel, target in found:
        assert href == text
        assert re.match(r"(https?://|mailto:)[^@]*$|mailto:[^@]+@[^@]+$", href), href
        assert set(rel.split()) >= {"noopener", "noreferrer"}
        assert target == "_blank"


def test_what_a_page_makes_of_it_by_script(sides: dict[str, Watched], places: dict[str, str]) -> None:
    """Dialogs, edits, chips, toasts and what is searched among emoji take their words from the same texts."""
    watched = sides["hostile-client"]
    page = watched.page
    page.goto(f"/communication/{places['talk-1']}/")
    name = '"><img src=x onerror=alert(1)>.csv'
    page.set_input_files("[data-pick]", {"name": name, "mimeType": "text/csv", "buffer": b"a;b"})
    expect(page.locator("[data-chips] .file[data-state=done]")).to_contain_text("onerror")
    found = watched.wrong()
    page.locator("[data-remove]").click()
    own = clean_text(ALL[0])
    mine = page.locator(f"#m-{places['talk-1-edited']}")
    mine.locator("summary").click()
    mine.get_by_text("Remis à qui, quand").click()
    expect(page.get_by_role("dialog")).to_be_visible()
    found += watched.wrong()
    page.keyboard.press("Escape")
    mine.locator("summary").click()
    mine.get_by_text("Modifier", exact=True).click()
    expect(page.locator(".edit-form textarea")).to_have_value(own)
    found += watched.wrong()
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Emoji").click()
    page.get_by_label("Chercher un emoji").fill(RUN[9])
    found += watched.wrong()
    page.keyboard.press("Escape")
    assert not found, "\n".join(found)


def test_what_comes_live(sides: dict[str, Watched], places: dict[str, str]) -> None:
    """A message, its row in the list, who is writing, and what is read out."""
    office, client = sides["hostile"], sides["hostile-client"]
    thread = places["thread-1"]
    for watched, path in ((office, f"/desk/c/{thread}/"), (client, f"/communication/{thread}/")):
        ready(watched.page).goto(path)
    client.page.locator(BOX).press_sequentially("x")
    for payload in (RUN[0], RUN[6], RUN[9], RUN[30]):
        client.page.fill(BOX, payload)
        client.page.get_by_role("button", name="Envoyer").click()
        expect(row(office.page, payload)).to_be_visible(timeout=SOON)
        expect(row(client.page, payload)).to_be_visible(timeout=SOON)
    expect(office.page.locator("[data-announce]")).to_contain_text("alert(1)")
    found = office.wrong() + client.wrong()
    assert not found, "\n".join(found)


# ── What is typed now ────────────────────────────────────────────────────
ADDRESSES = {
    "": ("/accounts/login/", "/accounts/password/reset/", "/accounts/login/code/", "/join"),
    "hostile-client": ("/communication/new", "/profile/"),
    "hostile": (
        "/desk/new", "/desk/companies/new", "/desk/companies/import", "/desk/settings/staff",
        "/desk/settings/groups/new", "/desk/settings/branding", "/desk/settings/audit", "/profile/",
    ),
}  # fmt: skip
# What a form ends or changes is told to the page that sent it as well, which may then reload under the test's hands.
UNTOLD = "window.EventSource = class extends EventTarget { close() {} };"
FILL = """(payload) => {
    for (const form of document.querySelectorAll("main form")) {
        form.noValidate = true;
        for (const field of form.querySelectorAll("input, textarea")) {
            if (/^(text|search|email|tel|url|password|date|)$/.test(field.type) || field.matches("textarea")) {
                if (field.type === "email" || field.type === "date") field.type = "text";
                field.value = payload;
            }
        }
    }
    const all = [...document.querySelectorAll("main form")];
    return all.filter((form) => form.querySelector("input:not([type=hidden]), textarea") && !form.action.includes("/export"))
        .map((form) => all.indexOf(form));
}"""


@pytest.mark.parametrize("payload", [RUN[6], RUN[11], "' autofocus onfocus='alert(1)"])
@pytest.mark.parametrize("part", ADDRESSES)
def test_every_form_gives_it_back_as_text(sides: dict[str, Watched], part: str, payload: str) -> None:
    """Filled into every field at once and sent, form by form: what is refused stands there again, and is text."""
    watched = sides[part]
    page = watched.page
    page.add_init_script(UNTOLD)
    found = []
    for address in ADDRESSES[part]:
        page.goto(address)
        for number in page.evaluate(FILL, payload):
            page.goto(address)
            page.evaluate(FILL, payload)
            with page.expect_navigation():
                page.evaluate("number => document.querySelectorAll('main form')[number].submit()", number)
            found += watched.wrong(echoes=True)
    assert not found, "\n".join(found)


def test_what_an_address_carries_is_text_as_well(sides: dict[str, Watched]) -> None:
    """What somebody is made to follow: a link with a payload in it."""
    found = []
    for payload in (RUN[3], RUN[6], RUN[11], RUN[16]):
        coded = quote(payload, safe="")
        found += sides["hostile-client"].at(f"/search?q={coded}", echoes=True)
        found += sides["hostile-client"].at(f"/communication/?state={coded}&page={coded}", echoes=True)
        found += sides["hostile"].at(f"/search?q={coded}", echoes=True)
        found += sides["hostile"].at(f"/desk/?view={coded}&scope={coded}", echoes=True)
        found += sides["hostile"].at(f"/desk/companies/?q={coded}&archived={coded}", echoes=True)
        found += sides["hostile"].at(f"/desk/settings/audit?person={coded}&verb={coded}", echoes=True)
        found += sides[""].at(f"/accounts/login/?next={coded}", echoes=True)
        found += sides[""].at(f"/{coded}", echoes=True)
    assert not found, "\n".join(found)


# ── The trap itself ──────────────────────────────────────────────────────
def test_the_payloads_are_alive(browser: Browser) -> None:
    """On a page that takes them for HTML and has no policy, nearly all of the first kind run by themselves."""
    page = browser.new_page()
    ran: set[str] = set()
    page.on("dialog", lambda dialog: (ran.add(current), dialog.dismiss()))
    for current in RUN:
        page.set_content(f"<!doctype html><p>{current}</p>")
        page.wait_for_timeout(30)
    page.close()
    assert len(ran) >= 30


def test_an_element_that_slipped_through_would_be_found(browser: Browser, product: Product) -> None:
    people = People(browser, product)
    watched = Watched(people, "")
    watched.page.route("**/csp-report", lambda route: route.abort())
    watched.page.goto("/accounts/login/")
    watched.page.evaluate("html => document.querySelector('h1').insertAdjacentHTML('afterend', html)", RUN[9])
    found = watched.wrong()
    people.close()
    assert any("onerror" in line for line in found)
    assert any("Content Security Policy" in line or "Content-Security-Policy" in line for line in found)
