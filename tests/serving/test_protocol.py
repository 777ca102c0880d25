"""The server's own limits on what comes before a request, with a loop whose timers are turned by hand."""

from __future__ import annotations

from typing import Any

import uvicorn
from uvicorn.server import ServerState

from comptoir.serving.server import HEAD_SECONDS, Protocol


class Timer:
    def __init__(self, seconds: float, ring: Any) -> None:
        self.seconds, self.ring, self.cancelled = seconds, ring, False

    def cancel(self) -> None:
        self.cancelled = True


class Loop:
    def __init__(self) -> None:
        self.timers: list[Timer] = []

    def call_later(self, seconds: float, ring: Any) -> Timer:
        self.timers.append(Timer(seconds, ring))
        return self.timers[-1]

    def create_task(self, work: Any) -> Any:
        work.close()
        return self

    def add_done_callback(self, _: Any) -> None: ...

    def running(self) -> list[Timer]:
        return [timer for timer in self.timers if not timer.cancelled]


class Transport:
    closed = False

    def get_extra_info(self, _: str) -> None:
        return None

    def close(self) -> None:
        self.closed = True

    abort = close

    def is_closing(self) -> bool:
        return self.closed


def connected() -> tuple[Protocol, Loop, Transport]:
    async def application(*_: Any) -> None: ...

    config = uvicorn.Config(application, lifespan="off", log_config=None)
    config.load()
    loop, transport = Loop(), Transport()
    protocol = Protocol(config, ServerState(), {}, _loop=loop)  # type: ignore[arg-type]
    protocol.connection_made(transport)  # type: ignore[arg-type]
    return protocol, loop, transport


def test_a_connection_without_a_word_is_closed_after_a_while() -> None:
    _, loop, transport = connected()
    (timer,) = loop.running()
    assert timer.seconds == HEAD_SECONDS
    timer.ring()
    assert transport.closed


def test_a_head_that_drips_is_no_reason_to_wait_longer() -> None:
    protocol, loop, _ = connected()
    for letter in b"GET / HT":
        protocol.data_received(bytes([letter]))
    assert len(loop.timers) == 1
    assert len(loop.running()) == 1


def test_a_complete_head_stops_the_clock_and_a_lost_connection_too() -> None:
    protocol, loop, transport = connected()
    protocol.data_received(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")
    assert loop.running() == []
    assert protocol.scope["connection"] is transport
    other, other_loop, _ = connected()
    other.connection_lost(None)
    assert other_loop.running() == []
