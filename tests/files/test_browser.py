"""Stored files opened by their address in a real Chromium, under our headers: a PDF is shown, nothing ever runs."""

from __future__ import annotations

import io
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, ClassVar

import pytest
from PIL import Image
from playwright.sync_api import Error

from comptoir.core.errors import Invalid
from comptoir.files.checks import Examined, examine
from comptoir.files.disguises import IsDisguised
from comptoir.files.kinds import ANYTHING
from comptoir.files.models import Attachment
from comptoir.files.serving import headers_for
from tests.files import corpus

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser

FRAME = b'<!doctype html><title>ours</title><iframe src="/file" width="700" height="500"></iframe>'
SCRIPTED_PDF = corpus.pdf(catalog=b"/OpenAction<</S/JavaScript/JS(app.launchURL\\('/ran'\\);)>>")
# (name that is claimed, bytes): every pair of a hostile content with a name that gets it through the door.
HOSTILE = [
    (name, data)
    for name in ("a.xml", "a.eml", "a.csv", "a.txt", "a.json", "a.png", "a.pdf", "a.mp3", "a.docx", "a.zip")
    for data in (corpus.HTML, corpus.SVG, corpus.XSLT, corpus.XHTML)
] + [
    ("a.eml", corpus.EML),
    ("a.xml", corpus.XXE),
    ("a.pdf", SCRIPTED_PDF),
    ("a.pdf", corpus.HTML + corpus.pdf()),
    ("a.pdf", corpus.pdf() + corpus.HTML),
    ("a.gif", corpus.picture("GIF") + corpus.HTML),
    ("a.jpg", corpus.picture("JPEG", comment=corpus.HTML)),
    ("a.docx", corpus.zipped(*corpus.OOXML, ("word/document.xml", corpus.XXE))),
]


class Files(BaseHTTPRequestHandler):
    """One file, with the headers that the product would send, and a page of ours that frames it."""

    headers_sent: ClassVar[dict[str, str]] = {}
    data: ClassVar[bytes] = b""
    asked: ClassVar[list[str]] = []

    def do_GET(self) -> None:
        self.asked.append(self.path)
        found = {"/file": (self.headers_sent, self.data), "/frame": ({"Content-Type": "text/html"}, FRAME)}
        headers, data = found.get(self.path, ({"Content-Type": "text/plain"}, b""))
        self.send_response(200)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *args: object) -> None:
        pass


def offer(name: str, data: bytes) -> None:
    try:
        found = examine(io.BytesIO(data), name=name)
    except IsDisguised:  # refused today, and stored in an office that took it before
        found = Examined(name, ANYTHING)
    attachment = Attachment(name=found.name, media_type=found.media_type, size=len(data))
    Files.headers_sent, Files.data = headers_for(attachment, inline=True), data
    Files.asked.clear()


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Files)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()


@pytest.mark.parametrize("path", ["/file", "/frame"])
def test_a_pdf_is_shown(browser: Browser, address: str, path: str) -> None:
    offer("a.pdf", corpus.pdf())
    page = browser.new_page(viewport={"width": 800, "height": 600})
    page.goto(f"{address}{path}")
    for _ in range(50):
        shot = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
        if sum(count for count, colour in shot.getcolors(800 * 600) if colour == (255, 0, 0)) > 20_000:
            break
        page.wait_for_timeout(100)
    else:
        pytest.fail("Chromium shows no PDF under these headers")
    page.close()


def test_nothing_that_is_stored_ever_runs(browser: Browser, address: str) -> None:
    page = browser.new_page()
    tried = 0
    for name, data in HOSTILE:
        try:
            offer(name, data)
        except Invalid:
            continue
        tried += 1
        for path in ("/file", "/frame"):
            try:
                page.goto(f"{address}{path}", wait_until="load")
            except Error as aborted:  # a download ends the navigation
                assert "Download is starting" in str(aborted) or "ERR_ABORTED" in str(aborted)  # noqa: PT017
            page.wait_for_timeout(60)
            assert page.title() != "ran", (name, data[:40])
            assert "/ran" not in Files.asked, (name, data[:40])
    page.close()
    assert tried >= 40


def test_the_trap_snaps(browser: Browser, address: str) -> None:
    """The same files do run where our headers are missing, or the test above would prove nothing."""
    offer("a.txt", corpus.HTML)
    Files.headers_sent = {"Content-Type": "text/html"}
    page = browser.new_page()
    with page.expect_request("**/ran"):
        page.goto(f"{address}/file")
    assert page.title() == "ran"
    page.close()
