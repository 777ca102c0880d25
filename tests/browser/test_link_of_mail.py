"""The whole way of a link: unread, mailed, looked at by scanners, opened on a phone by one tap, and answered."""

from __future__ import annotations

import re
import urllib.request
from typing import TYPE_CHECKING, NamedTuple

import pytest
from playwright.sync_api import expect

from tests.browser.axe import violations
from tests.browser.conftest import PHONE, REFUSED, People
from tests.browser.layout import sticks_out
from tests.browser.mailed import Mailed, Way
from tests.browser.thread import BOX, SOON, ready, row
from tests.browser.walk import SIZES, Walk, box, send

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, BrowserContext, Page

pytestmark = pytest.mark.browser

BUTTON = "form[data-by-link] button"
PARTS = ("client-phone", "friend-phone", "client-desk", "friend-desk")
QUESTION = "Pouvez-vous envoyer la facture de mars ?"
WEBMAIL = "http://webmail.test/"


@pytest.fixture(scope="module")
def mailed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Mailed]:
    product = Mailed(tmp_path_factory.mktemp("mailed"))
    product.begin()
    yield product
    product.end()


@pytest.fixture(scope="module")
def walk(browser: Browser, mailed: Mailed) -> Iterator[Walk]:
    """The accountant at a desk; the client has no session anywhere."""
    people = People(browser, mailed)
    people.expected.append(REFUSED)  # a page that says "no longer valid" is a 404
    yield Walk(people, "phone")
    people.close()
    assert people.complaints == []


class Asked(NamedTuple):
    conversation: str
    way: Way


@pytest.fixture(scope="module")
def asked(walk: Walk, mailed: Mailed) -> dict[str, Asked]:
    """Each of four clients is asked something, reads nothing of it, and gets a mail. They have not been here before."""
    office, begun = walk.accountant, {}
    for number, part in enumerate(PARTS):
        company = mailed.facts["places"][f"company-{part.partition('-')[2]}"]
        subject = f"Facture {number}"
        begun[part] = walk.begin(office, body=QUESTION, company=company, subject=subject), subject
    return {
        part: Asked(conversation, mailed.way(part, about=subject, page=office))
        for part, (conversation, subject) in begun.items()
    }


def phone(walk: Walk, **more: object) -> BrowserContext:
    return walk.people.visitor(**{**SIZES["phone"], "locale": "fr", **more})


def press(page: Page, link: str) -> Page:
    page.goto(link)
    page.locator(BUTTON).click()
    return page


def scanned(walk: Walk, link: str) -> None:
    """As mail scanners do it: HEAD, GET, and a browser with scripts that presses nothing."""
    for method in ("HEAD", "GET", "GET"):
        with urllib.request.urlopen(urllib.request.Request(link, method=method), timeout=20) as answer:
            assert answer.status == 200
    page = phone(walk).new_page()
    page.goto(link)
    expect(page.locator(BUTTON)).to_be_visible()
    assert page.context.request.get("/communication/", max_redirects=0).status == 302
    page.context.close()


def sound(page: Page) -> None:
    for theme in ("dark", "light"):
        page.emulate_media(color_scheme=theme)
        assert violations(page) == []
    assert list(sticks_out(page)) == []


def test_from_unread_to_answered(walk: Walk, asked: dict[str, Asked]) -> None:
    conversation, way = asked["client-phone"]
    scanned(walk, way.link)
    page = phone(walk).new_page()
    page.goto(way.link)
    expect(page).to_have_url(re.compile("/open$"))  # the secret is out of the address
    expect(page.locator("main button:visible")).to_have_count(1)
    sound(page)
    page.locator(BUTTON).click()
    expect(page).to_have_url(re.compile(f"/communication/{conversation}/$"))
    expect(row(ready(page), QUESTION)).to_be_visible()
    expect(page.locator(".until")).to_contain_text("Amélie Petit")
    assert (
        box(page.locator(".th-head h1"))["width"] > PHONE["width"] / 2
    )  # beside nothing that takes its line
    sound(page)
    send(page, "La voici, avec mes excuses")
    office = walk.open(walk.accountant, conversation)
    expect(row(office, "La voici, avec mes excuses")).to_be_visible(timeout=SOON)
    send(office, "Merci, elle est arrivée")
    expect(row(page, "Merci, elle est arrivée")).to_be_visible(timeout=3 * SOON)  # without a stream


def test_it_opens_that_and_nothing_else(walk: Walk, asked: dict[str, Asked]) -> None:
    way, other = asked["friend-phone"].way, asked["client-phone"].conversation
    page = press(phone(walk).new_page(), way.link)
    expect(row(page, QUESTION)).to_be_visible()
    for path in ("/communication/", "/profile/", "/search?q=facture"):
        page.goto(path)
        expect(page).to_have_url(re.compile("/accounts/login/"))
    page.goto(f"/communication/{other}/")
    expect(page.locator("main")).to_contain_text("Rien ici")


def test_another_browser_asks_for_a_fresh_one_and_types_its_code(
    walk: Walk, mailed: Mailed, asked: dict[str, Asked]
) -> None:
    """Its own has no script: the form with the code is what it sees, and answering works."""
    conversation, way = asked["client-desk"]
    first = press(phone(walk).new_page(), way.link)
    expect(row(first, QUESTION)).to_be_visible()
    second = press(phone(walk).new_page(), way.link)
    expect(second.get_by_role("heading")).to_have_text("Ce lien n’ouvre plus rien")
    sound(second)
    second.get_by_role("button", name="Envoyez-moi un nouveau lien").click()
    expect(second.get_by_role("heading")).to_have_text("Regardez dans votre boîte de réception")
    sound(second)
    fresh = mailed.way("client-desk", about="Voici le nouveau lien", page=second)
    assert fresh.link != way.link
    third = phone(walk, java_script_enabled=False).new_page()
    third.goto(fresh.link)
    third.get_by_label("Adresse e-mail").fill(mailed.email("client-desk"))
    third.get_by_label("Code de l’e-mail").fill(fresh.code)
    third.locator("form[data-by-hand] button").click()
    expect(row(third, QUESTION)).to_be_visible()
    third.fill(BOX, "Sans script aussi")
    third.get_by_role("button", name="Envoyer").click()
    expect(row(third, "Sans script aussi")).to_be_visible()
    assert press(phone(walk).new_page(), fresh.link).get_by_role("heading").inner_text().startswith("Ce lien")
    expect(row(walk.open(walk.accountant, conversation), "Sans script aussi")).to_be_visible()


def test_from_a_webmail_twice(walk: Walk, asked: dict[str, Asked]) -> None:
    """Another site's page leads here: the browser must be known again within its ten minutes."""
    way = asked["friend-desk"].way
    context = phone(walk)
    context.route(f"{WEBMAIL}**", lambda route: route.fulfill(content_type="text/html", body=webmail(way)))
    page = context.new_page()
    for _ in range(2):
        page.goto(WEBMAIL)
        page.get_by_role("link").click()
        page.locator(BUTTON).click()
        expect(row(page, QUESTION)).to_be_visible()


def webmail(way: Way) -> str:
    return f'<!doctype html><title>Courrier</title><link rel="icon" href="data:,"><a href="{way.link}">Ouvrir</a>'
