"""The load: one process, plain sockets, no task and no future for a request, so that little of the machine goes to it."""

from __future__ import annotations

import asyncio
import json
import time
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any

import httptools

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from bench.processes import Started


def request(
    method: str, path: str, *, headers: Mapping[str, str] | None = None, body: bytes | dict[str, Any] = b""
) -> bytes:
    kind = {} if isinstance(body, bytes) else {"Content-Type": "application/json"}
    data = body if isinstance(body, bytes) else json.dumps(body).encode()
    lines = {"Host": "127.0.0.1", "Content-Length": str(len(data)), **kind, **(headers or {})}
    head = "".join(f"{name}: {value}\r\n" for name, value in lines.items())
    return f"{method} {path} HTTP/1.1\r\n{head}\r\n".encode() + data


@dataclass
class Load:
    """What a number of clients saw in one stretch of time. `make(client, turn)` gives the next request."""

    make: Callable[[int, int], bytes]
    until: float = 0.0
    turns: int = 0
    taken: list[float] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    size: int = 0


class Client(asyncio.Protocol):
    """Sends its next request when the last one is answered."""

    def __init__(self, load: Load, number: int, done: asyncio.Future[None]) -> None:
        self.load, self.number, self.done = load, number, done
        self.parser = httptools.HttpResponseParser(self)
        self.began = 0.0
        self.body = bytearray()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport
        self.send()

    def send(self) -> None:
        if time.perf_counter() >= self.load.until:
            self.transport.close()
            if not self.done.done():
                self.done.set_result(None)
            return
        data = self.load.make(self.number, self.load.turns)
        self.load.turns += 1
        self.body.clear()
        self.began = time.perf_counter()
        self.transport.write(data)

    def data_received(self, data: bytes) -> None:
        self.parser.feed_data(data)

    def on_body(self, body: bytes) -> None:
        self.body += body

    def on_message_complete(self) -> None:
        self.load.taken.append(time.perf_counter() - self.began)
        status = self.parser.get_status_code()
        self.load.size = len(self.body)
        if not 200 <= status < 400:
            self.load.wrong.append(f"{status} {bytes(self.body[:300])!r}")
        self.parser = httptools.HttpResponseParser(self)
        self.send()

    def connection_lost(self, exc: Exception | None) -> None:
        if not self.done.done():
            self.load.wrong.append(f"The connection was closed: {exc}")
            self.done.set_result(None)


async def drive(
    server: Started, make: Callable[[int, int], bytes], *, clients: int, seconds: float
) -> tuple[Load, float]:
    """The load and how long it lasted. Raises RuntimeError if an answer was not what was meant."""
    loop = asyncio.get_running_loop()
    began = time.perf_counter()
    load = Load(make, until=began + seconds)
    waiting = []
    for number in range(clients):
        done = loop.create_future()
        port = server.ports[number % len(server.ports)]
        client = Client(load, number, done)
        await loop.create_connection(partial(_same, client), "127.0.0.1", port)
        waiting.append(done)
    await asyncio.gather(*waiting)
    if load.wrong:
        raise RuntimeError(f"{len(load.wrong)} of {len(load.taken)} answers were wrong: {load.wrong[0]}")
    return load, time.perf_counter() - began


def _same(client: Client) -> Client:
    return client


def share(taken: Sequence[float], part: float) -> float:
    """The time within which that part of the requests was answered, in milliseconds."""
    ordered = sorted(taken)
    return ordered[min(len(ordered) - 1, int(part * len(ordered)))] * 1000
