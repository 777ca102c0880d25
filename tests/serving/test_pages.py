"""When the one thread does not get on, those who come are told instead of being queued."""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING, Any

from comptoir.serving import pages as module
from comptoir.serving.pages import Pages
from tests.serving.test_environ import scope

if TYPE_CHECKING:
    from collections.abc import Callable

    import pytest


def application(environ: dict[str, Any], start_response: Callable[..., object]) -> list[bytes]:
    time.sleep(float(environ["QUERY_STRING"] or 0))
    start_response("200 OK", [])
    return [b"done"]


async def asked(pages: Pages, query: bytes = b"") -> tuple[int, dict[bytes, bytes], bytes]:
    sent: list[dict[str, Any]] = []

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    async def receive() -> dict[str, Any]:
        return {"type": "http.disconnect"}

    await pages(scope(query_string=query), receive, send)
    return sent[0]["status"], dict(sent[0]["headers"]), sent[1]["body"]


def test_who_comes_while_a_request_is_stuck_is_told_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "STUCK", 0.1)

    async def story() -> None:
        pages = Pages(application)
        stuck = asyncio.ensure_future(asked(pages, b"0.4"))
        await asyncio.sleep(0.2)
        status, headers, _ = await asked(pages)
        assert (status, headers[b"retry-after"]) == (503, b"5")
        assert (await stuck)[2] == b"done"
        assert (await asked(pages))[0] == 200

    asyncio.run(story())


def test_a_queue_that_nobody_would_live_to_see_the_end_of(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "WAITING_AT_MOST", 3)

    async def story() -> list[int]:
        pages = Pages(application)
        coming = [asyncio.ensure_future(asked(pages, b"0.05")) for _ in range(10)]
        return [status for status, _, _ in await asyncio.gather(*coming)]

    statuses = asyncio.run(story())
    assert statuses.count(200) == 10 - statuses.count(503)
    assert 4 <= statuses.count(200) <= 6
