"""The whole product in a real Chromium: several people in browsers of their own, and not one error in any console."""

from __future__ import annotations

import json
import re
import shutil
import uuid
from typing import TYPE_CHECKING, Any

import pytest

from tests.browser.product import Product
from tests.browser.walk import SIZES, Walk

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page

DESKTOP = {"width": 1280, "height": 860}
PHONE = {"width": 390, "height": 844}
# What Chromium itself writes into the console when a test takes the network away, kills the server or is refused.
CUT_LINE = re.compile(r"net::ERR_|status of 50[234]")
NO_WORKER = re.compile("Service Worker registration blocked by Playwright")
REFUSED = re.compile(r"status of 4(0[0-9]|13|22)")


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    arguments = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
    return {**browser_type_launch_args, "executable_path": shutil.which("chromium"), "args": arguments}


@pytest.fixture(scope="session")
def product(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Product]:
    made = Product(tmp_path_factory.mktemp("product"))
    made.facts = made.prepare()
    made.start()
    yield made
    made.stop()
    assert "Content-Security-Policy report" not in made.log.read_text()


class People:
    """Opens browsers for people, and gathers what their consoles complain about."""

    def __init__(self, browser: Browser, product: Product) -> None:
        self.browser = browser
        self.product = product
        self.contexts: list[BrowserContext] = []
        self.complaints: list[str] = []
        self.expected: list[re.Pattern[str]] = [NO_WORKER]

    def context(self, part: str, *, viewport: dict[str, int] = DESKTOP, **more: Any) -> BrowserContext:
        """A browser in which this one of the cast is signed in."""
        made = self.visitor(viewport=viewport, **more)
        session = self.product.facts["people"][part]["session"]
        made.add_cookies([{"name": "session", "value": session, "url": self.product.address}])
        return made

    def visitor(self, *, viewport: dict[str, int] = DESKTOP, **more: Any) -> BrowserContext:
        """A browser in which nobody is signed in."""
        # The worker behind the pages has tests of its own (test_phone.py); to the others it would be a second network.
        given = {"reduced_motion": "reduce", "locale": "en", "service_workers": "block", **more}
        made = self.browser.new_context(base_url=self.product.address, viewport=viewport, **given)
        made.on("page", self.watch)
        self.contexts.append(made)
        return made

    def watch(self, page: Page) -> None:
        page.set_default_timeout(30_000)
        page.on("console", lambda message: self._heard(page, message))
        page.on("pageerror", lambda error: self.complaints.append(f"{page.url}: {error}"))
        page.on("request", lambda asked: self._asked(asked.url))

    def _heard(self, page: Page, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"} and not any(
            one.search(message.text) for one in self.expected
        ):
            self.complaints.append(f"{page.url}: {message.text} {message.location['url']}")

    def _asked(self, url: str) -> None:
        if url.endswith("/csp-report"):
            self.complaints.append("A page broke its Content-Security-Policy")

    def close(self) -> None:
        for context in self.contexts:
            context.close()


@pytest.fixture
def people(browser: Browser, product: Product) -> Iterator[People]:
    made = People(browser, product)
    yield made
    made.close()
    assert made.complaints == []


@pytest.fixture(scope="module")
def residents(browser: Browser, product: Product) -> Iterator[People]:
    """People whose browsers stay open for all tests of a file; each test looks at `residents.complaints` itself."""
    made = People(browser, product)
    yield made
    made.close()
    assert made.complaints == []


@pytest.fixture(scope="module", params=SIZES)
def walk(request: pytest.FixtureRequest, browser: Browser, product: Product) -> Iterator[Walk]:
    """The client's manual, once on a phone and once at a desk."""
    people = People(browser, product)
    yield Walk(people, request.param)
    people.close()
    assert people.complaints == []


@pytest.fixture
def visit(people: People) -> Callable[..., Page]:
    """`visit("client", "/communication/")`: that page in a browser of its own."""

    def visit(part: str, path: str = "/", **more: Any) -> Page:
        page = people.context(part, **more).new_page()
        page.goto(path)
        return page

    return visit


@pytest.fixture
def conversation(people: People) -> Callable[..., str]:
    """`conversation()`: begins a shared one, by the client unless told otherwise, and returns its id."""

    def begin(part: str = "client", *, body: str = "Can you have a look?", **more: Any) -> str:
        context = people.context(part)
        new = "/communication/new" if part == "client" else "/desk/new"
        token = re.search(r'csrfmiddlewaretoken" value="(\w+)"', context.request.get(new).text())
        assert token
        subject = f"Subject {uuid.uuid4().hex[:8]}"
        form = {
            "csrfmiddlewaretoken": token[1],
            "subject": subject,
            "body": body,
            "audience": "shared",
            **more,
        }
        if part != "client":
            form["company"] = people.product.facts["bakery"]
        answer = context.request.post(new, form=form, headers={"Accept": "application/json"})
        assert answer.status == 201, answer.text()
        started: str = json.loads(answer.text())["id"]
        return started

    return begin


@pytest.fixture
def pair(visit: Callable[..., Page], conversation: Callable[..., str]) -> tuple[Page, Page]:
    """The client and the accountant, with the same new conversation open."""
    begun = conversation()
    return visit("client", f"/communication/{begun}/"), visit("accountant", f"/desk/c/{begun}/")


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    """A small photograph to attach."""
    from PIL import Image  # noqa: PLC0415 -- only where something is attached

    path = tmp_path / "receipt.png"
    Image.effect_noise((320, 240), 80).save(path)
    return path
