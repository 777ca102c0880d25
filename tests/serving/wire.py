"""A line to a server, for tests that take the server away."""

from __future__ import annotations

import contextlib
import socket
import threading
import time
from urllib.parse import urlsplit


class Wire:
    """Stands between us and a server, whatever they speak; can be cut, refuse, fall silent or be slow."""

    def __init__(self, address: str) -> None:
        parts = urlsplit(address)
        self.target = (parts.hostname or "", parts.port or 0)
        self.is_cut = self.is_silent = self.is_refused = False
        self.delay = 0.0  # seconds for each piece, either way
        self.refused = 0  # lines that were asked for while it was cut
        self._ends: list[socket.socket] = []
        self.port = 0
        self._listen()

    def _listen(self) -> None:
        self.listener = socket.create_server(("127.0.0.1", self.port))
        self.port = self.listener.getsockname()[1]
        threading.Thread(target=self._accept, args=[self.listener], daemon=True).start()

    def _accept(self, listener: socket.socket) -> None:
        while True:
            try:
                near, _ = listener.accept()
            except OSError:
                return
            if self.is_cut:
                self.refused += 1
                near.close()
                continue
            far = socket.create_connection(self.target)
            self._ends += [near, far]
            for one, other in ((near, far), (far, near)):
                threading.Thread(target=self._pump, args=(one, other), daemon=True).start()

    def _pump(self, one: socket.socket, other: socket.socket) -> None:
        try:
            while data := one.recv(65536):
                while self.is_silent:
                    time.sleep(0.02)
                time.sleep(self.delay)
                other.sendall(data)
        except OSError:
            pass
        finally:
            other.close()

    def cut(self) -> None:
        self.is_cut = True
        for end in self._ends:
            with contextlib.suppress(OSError):  # closed by its other end already
                end.shutdown(socket.SHUT_RDWR)
        self._ends.clear()

    def refuse(self) -> None:
        """As a machine on which nobody listens any more."""
        self.is_refused = True
        self.cut()
        self.close()

    def mend(self) -> None:
        if self.is_refused:
            self._listen()
        self.is_cut = self.is_silent = self.is_refused = False
        self.delay = 0.0

    def close(self) -> None:
        with contextlib.suppress(OSError):  # wakes who waits in `accept`, which closing alone does not
            self.listener.shutdown(socket.SHUT_RDWR)
        self.listener.close()
