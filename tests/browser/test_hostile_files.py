"""Hostile files handed to the running product, sent, and opened by their address by whoever received them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

import pytest
from playwright.sync_api import Error, expect

from tests.browser.conftest import REFUSED
from tests.browser.thread import SOON
from tests.files import corpus
from tests.files.test_browser import HOSTILE

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import BrowserContext, Page

    from tests.browser.conftest import People

pytestmark = pytest.mark.browser

A_MESSAGE = 20
ACTIVE = re.compile(r"html|svg|\bxml|javascript|multipart|rfc822")
# Chromium's own page round a picture would like to centre it; our policy forbids even that.
CENTRED = re.compile("Applying inline style violates")
NAMES = (
    "facture\u202egpj.exe.txt",
    "..\\..\\..\\etc\\passwd.txt",
    "a.html.txt",
    "a.svg%00.txt",
    "a\r\nContent-Type: text/html\r\n\r\n<script>alert(1)</script>.txt",
    '"; filename="a.html".txt',
    "x" * 250 + ".txt",
    "<img src=x onerror=alert(1)>.txt",
    "con.txt",
)


class Stored(NamedTuple):
    name: str
    id: str


def token_of(context: BrowserContext, path: str) -> str:
    found = re.search(r'csrfmiddlewaretoken" value="(\w+)"', context.request.get(path).text())
    assert found
    return found[1]


def upload(context: BrowserContext, token: str, name: str, data: bytes) -> Stored | None:
    """None where it is refused."""
    answer = context.request.post(
        "/files/",
        multipart={"file": {"name": name, "mimeType": "text/html", "buffer": data}},
        headers={"X-CSRFToken": token, "Accept": "application/json"},
    )
    assert answer.status in {201, 422}, (name, answer.status)
    return Stored(answer.json()["name"], answer.json()["id"]) if answer.status == 201 else None


def send(context: BrowserContext, token: str, conversation: str, files: list[Stored]) -> None:
    """In as many messages as it takes."""
    for start in range(0, len(files), A_MESSAGE):
        pairs = [
            ("csrfmiddlewaretoken", token),
            *(("files", file.id) for file in files[start : start + A_MESSAGE]),
        ]
        answer = context.request.post(
            f"/c/{conversation}/messages",
            data="&".join(f"{name}={value}" for name, value in pairs),
            headers={"Content-Type": "application/x-www-form-urlencoded", "Accept": "application/json"},
        )
        assert answer.status == 201, answer.text()


@pytest.fixture
def received(people: People, conversation: Callable[..., str]) -> tuple[BrowserContext, str, list[Stored]]:
    """The accountant's browser, the conversation, and every hostile file that was let through the door."""
    begun = conversation()
    client = people.context("client")
    token = token_of(client, f"/communication/{begun}/")
    tried = [upload(client, token, name, data) for name, data in HOSTILE]
    tried += [upload(client, token, name, b"text") for name in NAMES]
    files = [stored for stored in tried if stored]
    send(client, token, begun, files)
    return people.context("accountant"), begun, files


def visited(page: Page, path: str) -> None:
    try:
        page.goto(path, wait_until="load")
    except Error as aborted:  # a download ends the navigation
        assert "Download is starting" in str(aborted) or "ERR_ABORTED" in str(aborted)  # noqa: PT017
    page.wait_for_timeout(30)


def test_nothing_runs_by_its_address(
    received: tuple[BrowserContext, str, list[Stored]], people: People
) -> None:
    people.expected += [REFUSED, CENTRED]
    accountant, _begun, files = received
    page = accountant.new_page()
    asked: list[str] = []
    accountant.on("request", lambda request: asked.append(request.url))
    page.on("dialog", lambda dialog: (asked.append(f"dialog {dialog.message}"), dialog.dismiss()))
    assert len(files) >= 30
    for file in files:
        drawn = ["preview"] if file.name.endswith((".png", ".jpg", ".gif", ".pdf")) else []
        for way in ("", "?show=1", *drawn):
            visited(page, f"/files/{file.id}/{way}")
            assert page.title() != "ran", file.name
    ours = (
        *(f"{people.product.address}/{place}/" for place in ("files", "static")),
        "chrome-extension://",
        "chrome://",
    )
    assert [url for url in asked if not url.startswith(ours)] == []


def test_what_it_is_sent_as(received: tuple[BrowserContext, str, list[Stored]]) -> None:
    """Sandboxed, never guessed at, never a web page; a download unless it is a PDF; under a name that misleads nobody."""
    accountant, _begun, files = received
    for file in files:
        headers = accountant.request.get(f"/files/{file.id}/?show=1").headers
        assert headers["content-security-policy"].startswith("sandbox; default-src 'none'"), file.name
        assert headers["x-content-type-options"] == "nosniff"
        assert not ACTIVE.search(headers["content-type"]), file.name
        disposition = headers["content-disposition"]
        assert disposition.startswith("attachment") or headers["content-type"] == "application/pdf", file.name
        assert not re.search("[\u202e\r\n\0]|%E2%80%AE|%0D|%0A|%00", disposition, re.IGNORECASE), disposition
        assert not re.search("[\u202e\r\n\0/\\\\]", file.name), file.name
        assert len(file.name.encode()) <= 255


def test_the_thread_that_holds_them_stays_whole(
    received: tuple[BrowserContext, str, list[Stored]],
) -> None:
    accountant, begun, files = received
    page = accountant.new_page()
    page.goto(f"/desk/c/{begun}/")
    expect(page.locator("[data-log] a[href*='/files/']")).to_have_count(len(files), timeout=SOON)
    shown = set(page.locator("[data-log] .file .nm").all_inner_texts())
    assert "a.html.txt" in shown


def test_the_door_refuses_what_is_a_program_or_a_page(people: People) -> None:
    client = people.context("client")
    token = token_of(client, "/communication/new")
    for name, data in (
        ("a.exe", corpus.EXE),
        ("a.pdf", corpus.EXE),
        ("a.html", corpus.HTML),
        ("a.svg", corpus.SVG),
        ("a.txt", corpus.ELF),
        ("a.js", b"alert(1)"),
        ("a", b"text"),
        ("a.txt", b""),
    ):
        assert upload(client, token, name, data) is None, name
