"""Headers of every answer, and files under any WSGI server."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, cast

import pytest
from django.core.files.base import ContentFile
from django.core.signals import request_finished
from django.db import close_old_connections
from django.http import FileResponse, HttpResponse
from django.test import RequestFactory

from comptoir.core.http import SecurityHeaders, Seekable, bare_headers, send_file, static_headers

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.http.response import HttpResponseBase
    from pytest_django.fixtures import SettingsWrapper

DATA = bytes(range(100))


@pytest.fixture(autouse=True)
def _connections_stay_open() -> Iterator[None]:
    """The end of an answer closes old connections; here there is no request, as in Django's own test client."""
    request_finished.disconnect(close_old_connections)
    yield
    request_finished.connect(close_old_connections)


def through(response: HttpResponse) -> HttpResponseBase:
    return SecurityHeaders(lambda _: response)(RequestFactory().get("/"))


def sent(data: bytes = DATA, *, inline: bool = False, **headers: str) -> tuple[HttpResponseBase, bytes]:
    request = RequestFactory().get(
        "/", headers={name.replace("_", "-"): value for name, value in headers.items()}
    )
    file = cast("Seekable", ContentFile(data))
    response = send_file(request, file, name="Été 2026.pdf", media_type="application/pdf", inline=inline)
    body = b"".join(response) if isinstance(response, FileResponse) else b""  # type: ignore[arg-type]
    response.close()
    return response, body


def test_no_cache_keeps_a_dynamic_answer() -> None:
    headers = through(
        HttpResponse(headers={"Cache-Control": "public, max-age=60", "Vary": "Accept-Language"})
    ).headers
    assert headers["Cache-Control"] == "private, no-store"
    assert headers["Vary"] == "Accept-Language, Cookie"


def test_what_a_browser_may_not_do() -> None:
    headers = through(HttpResponse()).headers
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Cross-Origin-Opener-Policy"] == headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert (
        headers["Referrer-Policy"] == "same-origin"
    )  # with no-referrer our own forms would carry `Origin: null`
    assert "camera=()" in headers["Permissions-Policy"]


def test_a_view_may_be_stricter() -> None:
    assert (
        through(HttpResponse(headers={"Referrer-Policy": "no-referrer"})).headers["Referrer-Policy"]
        == "no-referrer"
    )


def test_https_for_ever_where_it_is_served_by_https(settings: SettingsWrapper) -> None:
    assert "Strict-Transport-Security" not in through(HttpResponse()).headers
    settings.SECURE_HSTS_SECONDS = 31_536_000
    assert through(HttpResponse()).headers["Strict-Transport-Security"] == "max-age=31536000"
    assert bare_headers()["Strict-Transport-Security"] == "max-age=31536000"
    assert bare_headers()["Cache-Control"] == "private, no-store"
    found: dict[str, str] = {}
    static_headers(found, "app.css", "/static/app.css")
    assert found["X-Content-Type-Options"] == "nosniff"


def test_a_whole_file() -> None:
    response, body = sent()
    assert (response.status_code, body) == (200, DATA)
    assert response.headers["Content-Length"] == "100"
    assert response.headers["Content-Type"] == "application/pdf"
    assert response.headers["Content-Disposition"] == "attachment; filename*=utf-8''%C3%89t%C3%A9%202026.pdf"
    assert sent(inline=True)[0].headers["Content-Disposition"].startswith("inline; ")


@pytest.mark.parametrize(
    ("asked", "start", "end"),
    [
        ("bytes=0-0", 0, 1),
        ("bytes=10-19", 10, 20),
        ("bytes=90-", 90, 100),
        ("bytes=90-999", 90, 100),
        ("bytes=-5", 95, 100),
    ],
)
def test_a_part_of_it(asked: str, start: int, end: int) -> None:
    response, body = sent(Range=asked)
    assert (response.status_code, body) == (206, DATA[start:end])
    assert response.headers["Content-Range"] == f"bytes {start}-{end - 1}/100"
    assert response.headers["Content-Length"] == str(end - start)


@pytest.mark.parametrize(
    "asked",
    ["bytes=0-", "bytes=0-99", "bytes=-100", "bytes=-500", "bytes=5-4", "bytes=-", "bytes=0-1,5-6", "items=0-1", "bytes=a-b",
     "bytes=" + "9" * 5000 + "-", "bytes=٣-٤"],
)  # fmt: skip
def test_what_asks_for_all_or_is_not_understood_gets_all(asked: str) -> None:
    response, body = sent(Range=asked)
    assert (response.status_code, body) == (200, DATA)
    assert "Content-Range" not in response.headers


@pytest.mark.parametrize("asked", ["bytes=100-", "bytes=500-600", "bytes=-0"])
def test_what_is_beyond_the_end_is_refused(asked: str) -> None:
    response, _ = sent(Range=asked)
    assert response.status_code == 416
    assert response.headers["Content-Range"] == "bytes */100"


def test_a_part_of_what_may_have_changed_is_the_whole() -> None:
    assert sent(Range="bytes=0-4", If_Range='"x"')[1] == DATA


def test_an_empty_file() -> None:
    assert (sent(b"")[0].status_code, sent(b"", Range="bytes=0-")[1]) == (200, b"")


def test_the_file_is_closed_in_the_end() -> None:
    class Remembering(BytesIO):
        size = 3

    file = Remembering(b"abc")
    response = send_file(RequestFactory().get("/"), cast("Seekable", file), name="a", media_type="text/plain")
    response.close()
    assert file.closed
    refused = Remembering(b"abc")
    send_file(
        RequestFactory().get("/", headers={"Range": "bytes=7-"}),
        cast("Seekable", refused),
        name="a",
        media_type="text/plain",
    )
    assert refused.closed
