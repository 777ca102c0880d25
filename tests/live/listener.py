"""A page's end of the stream: a socket and what came through it."""

from __future__ import annotations

import json
import socket
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tests.serving.probed import Probed


@dataclass(frozen=True)
class Event:
    kind: str
    data: dict[str, Any]
    at: float


class Listener:
    """Reads chunks of HTTP/1.1 by hand: nothing between the test and the wire."""

    def __init__(self, product: Probed, session: str, *headers: str) -> None:
        self.socket = socket.create_connection(("127.0.0.1", product.port), timeout=10)
        lines = ["GET /live HTTP/1.1", "Host: localhost", f"Cookie: session={session}", *headers, "", ""]
        self.socket.sendall("\r\n".join(lines).encode())
        self._file = self.socket.makefile("rb")
        self.status = int(self._file.readline().split(b" ")[1])
        self.headers: dict[str, str] = {}
        while line := self._file.readline().strip():
            name, _, value = line.decode().partition(": ")
            self.headers[name] = value
        self.is_ended = False
        if self.status != 200:
            self.body = self._file.read(int(self.headers["content-length"]))

    def next(self, timeout: float = 5.0) -> Event | None:
        """The next event; None at the end of the stream. Raises TimeoutError."""
        self.socket.settimeout(timeout)
        while True:
            size = int(self._file.readline() or b"0", 16)
            block = self._file.read(size).decode()
            self._file.readline()
            if size == 0:
                self.is_ended = True
                return None
            if not block.startswith(":"):
                fields = dict(line.split(": ", 1) for line in block.strip().splitlines())
                return Event(fields["event"], json.loads(fields["data"]), time.monotonic())

    def hears_nothing(self, for_seconds: float = 0.4) -> bool:
        try:
            event = self.next(for_seconds)
        except TimeoutError:
            self._file = self.socket.makefile("rb")
            return True
        raise AssertionError(event)

    def close(self) -> None:
        self._file.close()
        self.socket.close()
