"""Django's pages behind the event loop: read all, answer on the one thread, send at the receiver's pace."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import orjson

from comptoir.core.http import bare_headers
from comptoir.serving.answer import plain, refuse, send_answer
from comptoir.serving.body import BodyRefused, Disconnected, read_body
from comptoir.serving.environ import environ_from
from comptoir.serving.one_thread import OneThread
from comptoir.serving.wsgi import run

if TYPE_CHECKING:
    from collections.abc import Callable, MutableMapping

    from comptoir.serving.answer import Answer, Receive, Send

# A queue that takes more than some seconds to serve helps nobody: those behind it are told so at once.
WAITING_AT_MOST = 1000
STUCK = 15.0  # seconds: a request that takes so long waits for something that is away, and so would the next
TOO_BUSY = BodyRefused(503, "too_busy", "Too busy. Please try again in a moment.")


class Pages:
    def __init__(self, application: Callable[..., Any]) -> None:
        self.application = application
        self.thread = OneThread("pages")

    async def __call__(self, scope: MutableMapping[str, Any], receive: Receive, send: Send) -> None:
        try:
            body, size = await read_body(scope, receive)
        except BodyRefused as refused:
            await refuse(as_answer(refused, dict(scope["headers"])), receive, send)
            return
        except Disconnected:
            return
        if self.thread.waiting > WAITING_AT_MOST or self.thread.stuck_for > STUCK:
            body.close()
            await send_answer(as_answer(TOO_BUSY, dict(scope["headers"])), send)
            return
        answer = await self.thread.call(run, self.application, environ_from(scope, body, size))
        await send_answer(answer, send)


def as_answer(refused: BodyRefused, asked: dict[bytes, bytes]) -> Answer:
    """JSON for scripts, as the pages' own refusals are."""
    headers = bare_headers()
    if refused.status == TOO_BUSY.status:
        headers["Retry-After"] = "5"
    if b"application/json" not in asked.get(b"accept", b""):
        return plain(refused.status, refused.text, headers)
    facts = {"error": refused.code, "message": refused.text, "field": ""}
    return plain(
        refused.status, orjson.dumps(facts).decode(), {**headers, "Content-Type": "application/json"}
    )
