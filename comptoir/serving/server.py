"""uvicorn, bound to what one small process on the open internet needs: limits on heads, and a clean end."""

from __future__ import annotations

import logging
import resource
import socket
import sys
from typing import TYPE_CHECKING, Any

import uvicorn
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

if TYPE_CHECKING:
    import asyncio
    from collections.abc import Callable

HEAD_BYTES = 64 * 1024
HEAD_SECONDS = 15.0  # from the first byte, or the connection's beginning, to the end of the head
KEEP_ALIVE_SECONDS = 30
# Requests under way are finished within this time; a supervisor that waits five seconds finds us gone.
END_SECONDS = 4
UNTAKEN_MILLISECONDS = 60_000  # bytes that a receiver leaves untaken that long end its connection

log = logging.getLogger(__name__)


class Protocol(HttpToolsProtocol):
    """httptools limits neither the size of a head nor the time it takes to come."""

    _head_seen = 0
    _head_timer: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._await_head()

    def data_received(self, data: bytes) -> None:
        if self._head_timer is None and self._between_requests():
            self._await_head()
        waiting = self._head_timer is not None
        super().data_received(data)
        if waiting and self._head_timer is not None:  # the head is still not complete
            self._head_seen += len(data)
            if self._head_seen > HEAD_BYTES:
                self.transport.abort()

    def on_headers_complete(self) -> None:
        self._forget_head()
        if sum(len(name) + len(value) for name, value in self.headers) + len(self.url) > HEAD_BYTES:
            self.transport.abort()
            return
        self.scope["connection"] = self.transport  # type: ignore[typeddict-unknown-key]  # for the stream, live/door.py
        super().on_headers_complete()

    def connection_lost(self, exc: Exception | None) -> None:
        self._forget_head()
        super().connection_lost(exc)

    def _between_requests(self) -> bool:
        return self.cycle is None or self.cycle.response_complete

    def _await_head(self) -> None:
        self._head_seen = 0
        self._head_timer = self.loop.call_later(HEAD_SECONDS, self.transport.close)

    def _forget_head(self) -> None:
        if self._head_timer is not None:
            self._head_timer.cancel()
            self._head_timer = None


class Server(uvicorn.Server):
    def __init__(
        self, config: uvicorn.Config, *, ready: Callable[[], None], ending: Callable[[], None]
    ) -> None:
        super().__init__(config)
        self._ready = ready
        self._ending = ending

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self._ready()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        self._ending()  # uvicorn waits for open streams, and those never end by themselves
        await super().shutdown(sockets)


def server(application: Any, *, ready: Callable[[], None], ending: Callable[[], None]) -> Server:
    config = uvicorn.Config(
        application,
        http=Protocol,
        loop="asyncio",
        ws="none",
        lifespan="on",
        proxy_headers=False,
        server_header=False,
        access_log=False,
        log_config=None,
        timeout_keep_alive=KEEP_ALIVE_SECONDS,
        timeout_graceful_shutdown=END_SECONDS,
        backlog=2048,
    )
    return Server(config, ready=ready, ending=ending)


def bound_socket(host: str, port: int) -> socket.socket:
    """Taken before anything else is done, so that a port in use is said at once. Raises OSError."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # The protocol is named: only then does asyncio switch off Nagle's delay (44 ms an answer) for what it accepts.
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    if sys.platform == "linux":  # accepted connections inherit it
        listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, UNTAKEN_MILLISECONDS)
    try:
        listener.bind((host, port))
    except OSError:
        listener.close()
        raise
    return listener


def allow_many_connections() -> None:
    """Each open stream is a descriptor; the usual soft limit is 1,024."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = 65_536 if hard == resource.RLIM_INFINITY else min(65_536, hard)
    if soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
