"""GET /live: server-sent events, served by the event loop itself.

A page reconnects by itself after a cut; after an answer other than 200 it does not, so its script asks again later.
What a browser says it received last (`Last-Event-ID`) is not looked at: what a page lacks, it asks for by its own
map of revisions, through the gate.
"""

from __future__ import annotations

from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import Error as DatabaseFailure

from comptoir.core.http import bare_headers
from comptoir.live import events
from comptoir.live.broker import broker
from comptoir.live.streams import Stream
from comptoir.serving.answer import Answer, plain, send_answer

if TYPE_CHECKING:
    from collections.abc import MutableMapping

    from comptoir.live.authenticate import Visitor
    from comptoir.live.hub import Hub
    from comptoir.serving.answer import Receive, Send

# Another site can neither open a stream with our reader's cookie nor learn whether one would open.
OWN_SITES = {b"same-origin", b"none"}
STREAM_HEADERS = {
    "Content-Type": "text/event-stream; charset=utf-8",
    "X-Accel-Buffering": "no",
    "Connection": "close",  # an ended stream ends its connection
}


async def serve(hub: Hub, scope: MutableMapping[str, Any], receive: Receive, send: Send) -> None:
    """Needs the connection itself in the scope: serving/server.py puts it there."""
    visitor = await visitor_or_refusal(hub, scope)
    if isinstance(visitor, Answer):
        await send_answer(visitor, send)
        return
    stream = Stream(visitor, scope["connection"])
    await send({"type": "http.response.start", "status": 200, "headers": stream_headers()})
    await send({"type": "http.response.body", "body": greeting(), "more_body": True})
    hub.streams.add(stream)
    scope["headers"].clear()  # some 2 KiB that would be kept as long as the stream is open
    try:
        while (await receive())["type"] != "http.disconnect":
            pass
    finally:
        hub.streams.remove(stream)


async def visitor_or_refusal(hub: Hub, scope: MutableMapping[str, Any]) -> Visitor | Answer:
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
    return visitor


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
