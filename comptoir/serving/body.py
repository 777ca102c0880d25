"""The request's body, read whole in the event loop, so that a slow sender never holds the thread of the pages."""

from __future__ import annotations

import asyncio
import errno
import tempfile
from io import BytesIO
from typing import TYPE_CHECKING, BinaryIO, cast

from django.conf import settings

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, MutableMapping
    from typing import Any

MEBIBYTE = 1024 * 1024
IN_MEMORY = MEBIBYTE  # beyond it the body goes to a temporary file
SILENCE = 30.0  # seconds without one byte
LONGEST = 900.0  # seconds for all of it: 25 MiB at 30 kB/s
UPLOADS_AT_ONCE = 64  # times the upload limit: the most that strangers can make us put on the disk
LARGE_KINDS = (b"multipart/form-data", b"application/octet-stream")

_in_files: set[int] = set()


class BodyRefused(Exception):  # noqa: N818 -- an answer, not a failure
    def __init__(self, status: int, code: str, text: str) -> None:
        self.status = status
        self.code = code  # as in the refusals of the pages
        self.text = text
        super().__init__(text)


class Disconnected(Exception):  # noqa: N818 -- the sender left; there is nobody to answer
    pass


def limit_for(path: str, headers: dict[bytes, bytes]) -> int:
    """In bytes. Files are uploaded one by one, with a MiB left for the form around them."""
    if path in settings.BODY_BYTES:
        return int(settings.BODY_BYTES[path])
    if headers.get(b"content-type", b"").lower().startswith(LARGE_KINDS):
        return int(settings.ATTACHMENT_BYTES) + MEBIBYTE
    return 2 * MEBIBYTE


async def read_body(
    scope: MutableMapping[str, Any], receive: Callable[[], Awaitable[Any]]
) -> tuple[BinaryIO, int]:
    """The whole body, rewound, and its size. Raises `BodyRefused` (413, 408, 503) or `Disconnected`."""
    headers = dict(scope["headers"])
    if b"content-length" not in headers and b"transfer-encoding" not in headers:
        return BytesIO(), 0
    limit = limit_for(scope["path"], headers)
    declared = headers.get(b"content-length", b"0")
    if not declared.isdigit() or int(declared) > limit:
        raise too_large(limit)
    file = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 -- handed on; Django's thread closes it
    try:
        async with asyncio.timeout(LONGEST):
            size = await _fill(file, receive, limit)
    except BaseException as failure:
        file.close()
        raise as_refusal(failure) from failure
    finally:
        _in_files.discard(id(file))
    file.seek(0)
    return cast("BinaryIO", file), size


async def _fill(
    file: tempfile.SpooledTemporaryFile[bytes], receive: Callable[[], Awaitable[Any]], limit: int
) -> int:
    size = 0
    while True:
        message = await _next_part(receive)
        part: bytes = message.get("body", b"")
        size += len(part)
        if size > limit:
            raise too_large(limit)
        if size > IN_MEMORY:
            _claim_a_file(id(file))
        file.write(part)  # into the page cache: 64 KiB take some 20 microseconds, a thread's hop takes longer
        if not message.get("more_body", False):
            return size


def as_refusal(failure: BaseException) -> BaseException:
    if isinstance(failure, TimeoutError):
        return BodyRefused(408, "too_slow", "The request stopped half-way.")
    if isinstance(failure, OSError) and failure.errno == errno.ENOSPC:
        return BodyRefused(507, "no_space", "There is no space left on the disk.")
    return failure


async def _next_part(receive: Callable[[], Awaitable[Any]]) -> Any:
    async with asyncio.timeout(SILENCE):
        message = await receive()
    if message["type"] == "http.disconnect":
        raise Disconnected
    return message


def _claim_a_file(key: int) -> None:
    if key not in _in_files and len(_in_files) >= UPLOADS_AT_ONCE:
        raise BodyRefused(503, "too_busy", "Too many uploads at once. Please try again in a minute.")
    _in_files.add(key)


def too_large(limit: int) -> BodyRefused:
    return BodyRefused(413, "too_large", f"This is too large: at most {limit // MEBIBYTE} MiB.")
