"""GET /live: server-sent events, served by the event loop itself.

A page reconnects by itself after a cut; after an answer other than 200 it does not, so its script asks again later.
What a browser says it received last (`Last-Event-ID`) is not looked at: what a page lacks, it asks for by its own
map of revisions, through the gate.
"""

from __future__ import annotations

import asyncio
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import Error as DatabaseFailure
from django.http import HttpResponse

from comptoir.core.http import bare_headers
from comptoir.live import events
from comptoir.live.broker import broker
from comptoir.live.streams import Stream
from comptoir.serving.answer import plain, send_answer

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, MutableMapping

    from django.http import HttpRequest

    from comptoir.live.hub import Hub
    from comptoir.serving.answer import Answer, Receive

# Another site can neither open a stream with our reader's cookie nor learn whether one would open.
OWN_SITES = {b"same-origin", b"none"}
STREAM_HEADERS = {
    "Content-Type": "text/event-stream; charset=utf-8",
    "X-Accel-Buffering": "no",
    "Connection": "close",  # an ended stream ends its connection
}


async def serve(
    hub: Hub,
    scope: MutableMapping[str, Any],
    receive: Receive,
    send: Callable[[Any], Coroutine[Any, Any, None]],
) -> None:
    found = await stream_or_refusal(hub, scope, send)
    if not isinstance(found, Stream):
        await send_answer(found, send)
        return
    await send({"type": "http.response.start", "status": 200, "headers": stream_headers()})
    hub.streams.add(found)  # before the greeting: what changes from here on is told
    found.write({"type": "http.response.body", "body": greeting(), "more_body": True})
    try:
        while (await receive())["type"] != "http.disconnect":
            pass
    except asyncio.CancelledError:
        if not found.is_ended:
            raise
    finally:
        hub.streams.remove(found)


async def stream_or_refusal(
    hub: Hub, scope: MutableMapping[str, Any], send: Callable[[Any], Coroutine[Any, Any, None]]
) -> Stream | Answer:
    headers = dict(scope["headers"])
    if scope["method"] != "GET":
        return plain(405, "This is a stream: GET it.", {"Allow": "GET", **bare_headers()})
    if headers.get(b"sec-fetch-site", b"none") not in OWN_SITES:
        return plain(403, "Only for our own pages.", bare_headers())
    try:
        visitor = await hub.visitor(scope["headers"])
    except DatabaseFailure:
        return plain(503, "Please try again.", {"Retry-After": "5", **bare_headers()})
    if visitor is None:
        return plain(401, "Please sign in.", bare_headers())
    return Stream(visitor, send)


def greeting() -> bytes:
    return events.hello(version(), heard=broker().connected)


@cache
def stream_headers() -> list[tuple[bytes, bytes]]:
    return [
        (name.lower().encode(), value.encode())
        for name, value in {**bare_headers(), **STREAM_HEADERS}.items()
    ]


@cache
def version() -> str:
    """Changes with the scripts and styles, so that a page knows when it is older than the server."""
    manifest = Path(settings.STATIC_ROOT) / "staticfiles.json"
    return sha256(manifest.read_bytes()).hexdigest()[:12] if manifest.exists() else "development"


def elsewhere(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 -- a view
    """What plain WSGI answers at /live: there the stream is another process's."""
    return HttpResponse(
        "The stream is served by the server of Comptoir.", status=501, content_type="text/plain"
    )
