"""What every answer carries, and the sending of a file that a member may have."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Protocol

from django.conf import settings
from django.http import FileResponse, HttpResponse
from django.utils.cache import patch_vary_headers
from django.utils.http import content_disposition_header

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponseBase

# `same-origin` and not `no-referrer`: with the latter a browser sends `Origin: null` with our own forms, and the
# check against forged requests refuses them. Other sites see no address of ours either way.
SECURITY_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "browsing-topics=(), camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}
# For what the server answers without Django: it loads nothing and may not be kept.
BARE_HEADERS = {
    **SECURITY_HEADERS,
    "Cache-Control": "private, no-store",
    "Vary": "Cookie",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
}
RANGE = re.compile(r"bytes=([0-9]{0,18})-([0-9]{0,18})")


class Seekable(Protocol):
    """As much of a file as is asked of it: open, binary, at its beginning."""

    size: int

    def seek(self, place: int, /) -> object: ...
    def tell(self) -> int: ...
    def read(self, size: int, /) -> bytes: ...
    def fileno(self) -> int: ...
    def close(self) -> None: ...


class SecurityHeaders:
    """Outermost of the dynamic answers: none of them is ever kept by a cache between us and one reader.

    Only what is the same for everybody and named by its content says `immutable`, and is let through.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if "immutable" not in response.headers.get("Cache-Control", ""):
            response.headers["Cache-Control"] = "private, no-store"
            patch_vary_headers(response, ["Cookie"])
        response.headers.setdefault("Content-Security-Policy", settings.CONTENT_SECURITY_POLICY)
        for name, value in security_headers().items():
            response.headers.setdefault(name, value)
        return response


def security_headers() -> dict[str, str]:
    if settings.SECURE_HSTS_SECONDS:
        return {**SECURITY_HEADERS, "Strict-Transport-Security": f"max-age={settings.SECURE_HSTS_SECONDS}"}
    return SECURITY_HEADERS


def bare_headers() -> dict[str, str]:
    return {**BARE_HEADERS, **security_headers()}


def static_headers(headers: dict[str, str], path: str, url: str) -> None:  # noqa: ARG001 -- whitenoise's signature
    """WHITENOISE_ADD_HEADERS_FUNCTION: static files pass by the middleware."""
    for name, value in security_headers().items():
        headers.setdefault(name, value)


def send_file(
    request: HttpRequest, file: Seekable, *, name: str, media_type: str, inline: bool = False
) -> HttpResponseBase:
    """The answer to an allowed download; call it after the gate said yes. It closes the file.

    The product's own server sends the file from its event loop, while pages are served; any other WSGI server reads
    it out. One range is answered (206), several or odd ones with the whole, an impossible one with 416.
    The caller answers for `media_type`: it is taken from what was found when the file came in, never from its name.
    """
    size = file.size
    start, end = asked_range(request, size)
    if start >= size > 0:
        file.close()
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    response = FileResponse(Part(file, start, end - start), content_type=media_type)
    response.headers["Content-Length"] = str(end - start)
    response.headers["Accept-Ranges"] = "bytes"
    response.headers["Content-Disposition"] = str(content_disposition_header(not inline, name))
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    if "Range" in request.headers and (start, end) != (0, size):
        response.status_code = 206
        response.headers["Content-Range"] = f"bytes {start}-{end - 1}/{size}"
    return response


def asked_range(request: HttpRequest, size: int) -> tuple[int, int]:
    """(first byte, byte after the last). If-Range asks for the whole unless it knows our tag, and we give none."""
    asked = RANGE.fullmatch(request.headers.get("Range", ""))
    if not asked or "If-Range" in request.headers or asked.group(0) == "bytes=-":
        return 0, size
    first, last = asked.groups()
    if not first:  # the last n bytes
        return max(0, size - int(last)), size
    if last and int(last) < int(first):
        return 0, size
    return int(first), min(size, int(last) + 1) if last else size


class Part:
    """A stretch of a file, read as if it were all there is."""

    def __init__(self, file: Seekable, start: int, length: int) -> None:
        file.seek(start)
        self.file = file
        self.remaining = length

    def read(self, size: int = -1) -> bytes:
        data = self.file.read(self.remaining if size < 0 else min(size, self.remaining))
        self.remaining -= len(data)
        return data

    def tell(self) -> int:
        return self.file.tell()

    def fileno(self) -> int:
        return self.file.fileno()

    def close(self) -> None:
        self.file.close()
