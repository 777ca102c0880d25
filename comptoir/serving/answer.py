"""An answer ready to be sent, and its sending at the pace of the receiver."""

from __future__ import annotations

import asyncio
import os
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from io import FileIO
    from typing import Any

    Send = Callable[[dict[str, Any]], Awaitable[None]]
    Receive = Callable[[], Awaitable[Any]]

PIECE = 128 * 1024
STALLED = 60.0  # seconds in which a receiver took not one piece: less than 2 kB/s
LINGER = 2.0  # seconds in which a refused body is read and thrown away

_disk = ThreadPoolExecutor(max_workers=4, thread_name_prefix="disk")


@dataclass(slots=True)
class OpenFile:
    """`length` bytes of an unbuffered file of our own, from `start` on; closed when sent or given up."""

    file: FileIO
    start: int
    length: int


@dataclass(slots=True)
class Answer:
    status: int
    headers: list[tuple[bytes, bytes]] = field(default_factory=list)
    body: bytes | OpenFile = b""


async def send_answer(answer: Answer, send: Send) -> None:
    await send({"type": "http.response.start", "status": answer.status, "headers": answer.headers})
    if isinstance(answer.body, OpenFile):
        await _send_file(answer.body, send)
    else:
        await send({"type": "http.response.body", "body": answer.body})


async def _send_file(file: OpenFile, send: Send) -> None:
    """An answer cut short (a receiver that takes nothing, a file cut on the disk) ends the connection: uvicorn's part."""
    # Reads go to threads: a cold disk may take its time, and the event loop has thousands of streams to feed.
    loop = asyncio.get_running_loop()
    place, end = file.start, file.start + file.length
    with file.file:
        while place < end:
            piece = await loop.run_in_executor(
                _disk, os.pread, file.file.fileno(), min(PIECE, end - place), place
            )
            if not piece or not await _is_taken(piece, send):
                return
            place += len(piece)
    await send({"type": "http.response.body", "body": b""})


async def _is_taken(piece: bytes, send: Send) -> bool:
    try:
        async with asyncio.timeout(STALLED):
            await send({"type": "http.response.body", "body": piece, "more_body": True})
    except TimeoutError:
        return False
    return True


async def refuse(answer: Answer, receive: Receive, send: Send) -> None:
    """Answers before the body was read. Closing at once would reset the connection, and a browser would
    show that instead of the answer: so what still arrives is thrown away for a moment.
    """
    assert isinstance(answer.body, bytes)
    answer.headers.append((b"connection", b"close"))
    await send({"type": "http.response.start", "status": answer.status, "headers": answer.headers})
    await send({"type": "http.response.body", "body": answer.body, "more_body": True})
    try:
        async with asyncio.timeout(LINGER):
            while (message := await receive())["type"] == "http.request" and message.get("more_body"):
                pass
    except TimeoutError:
        pass  # enough politeness
    await send({"type": "http.response.body", "body": b""})


def plain(status: int, text: str, headers: dict[str, str]) -> Answer:
    """A short answer that Django has no part in; `headers` may say that the text is JSON."""
    body = text.encode()
    lower = {name.lower(): value for name, value in headers.items()}
    every = {"content-type": "text/plain; charset=utf-8", "content-length": str(len(body)), **lower}
    return Answer(status, [(name.encode(), value.encode()) for name, value in every.items()], body)
