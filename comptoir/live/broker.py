"""Spreads hints: at once to the streams of this process, and by a thread to the other processes.

Publishing never fails and never waits: whoever changed something has committed already, and a page that misses a
hint finds out by itself. What was lost while the bus was away is made good by one hint that says "missed".
"""

from __future__ import annotations

import atexit
import logging
import secrets
import threading
from functools import cache
from queue import Full, Queue
from typing import TYPE_CHECKING

from comptoir.live.buses import bus_from_settings
from comptoir.live.hints import missed, packed

if TYPE_CHECKING:
    from collections.abc import Callable

    from comptoir.live.buses import Bus
    from comptoir.live.hints import Hint

log = logging.getLogger(__name__)

OUTBOX = 10_000
BATCH = 200
FIRST_WAIT, LONGEST_WAIT = 0.5, 10.0
LAST_MOMENT = 1.0
NAME_BYTES = 8


class Broker:
    def __init__(self, bus: Bus | None) -> None:
        self.bus = bus
        # Other processes hear us by this name, and we know our own voice by it.
        self.name = secrets.token_hex(NAME_BYTES // 2).encode()
        self.connected = bus is None
        self._outbox: Queue[bytes] = Queue(maxsize=OUTBOX)
        self._deliver: Callable[[bytes], None] | None = None
        self._stopping = threading.Event()
        self._all_sent = threading.Event()
        self._sender: threading.Thread | None = None
        self._starting = threading.Lock()

    def publish(self, hint: Hint) -> None:
        data = packed(hint)
        if self._deliver is not None:
            self._deliver(data)
        if self.bus is not None:
            self._start_sender()
            self._all_sent.clear()
            try:
                self._outbox.put_nowait(self.name + data)
            except Full:
                log.warning("A hint was dropped: the bus is away for long.")

    def listen(self, deliver: Callable[[bytes], None], *, on_line: Callable[[bool], None]) -> None:
        """Hand every hint to `deliver`, from any thread. `on_line` hears whether other processes can be heard."""
        self._deliver = deliver
        if self.bus is not None:
            arguments = (self.bus, deliver, on_line)
            threading.Thread(target=self._listen, args=arguments, name="live-listener", daemon=True).start()

    def stop(self) -> None:
        self._deliver = None
        self._stopping.set()

    def _start_sender(self) -> None:
        # At the first hint and not before: a server that forks keeps no thread of its parent.
        with self._starting:
            if self._sender is None:
                self._sender = threading.Thread(target=self._send, name="live-sender", daemon=True)
                self._sender.start()
                # A command that ends at once still tells what it did.
                atexit.register(self._all_sent.wait, LAST_MOMENT)

    def _send(self) -> None:
        assert self.bus is not None
        wait, lost = FIRST_WAIT, False
        while not self._stopping.is_set():
            batch = [self.name + packed(missed()), *self._waiting()] if lost else self._next()
            try:
                self.bus.send(batch)
            except self.bus.failures as failure:
                if not lost:
                    log.warning("Live changes do not reach other processes: %s", failure)
                lost = True
                self._stopping.wait(wait)
                wait = min(LONGEST_WAIT, wait * 2)
            else:
                wait, lost = FIRST_WAIT, False
                if self._outbox.empty():
                    self._all_sent.set()

    def _next(self) -> list[bytes]:
        return [self._outbox.get(), *self._waiting()]

    def _waiting(self) -> list[bytes]:
        found: list[bytes] = []
        while len(found) < BATCH and not self._outbox.empty():  # nobody else takes from it
            found.append(self._outbox.get_nowait())
        return found

    def _listen(self, bus: Bus, deliver: Callable[[bytes], None], on_line: Callable[[bool], None]) -> None:
        wait, was_cut = FIRST_WAIT, False
        while not self._stopping.is_set():
            try:
                for data in bus.listen():
                    if data is None and not self.connected:
                        self.connected, wait = True, FIRST_WAIT
                        if was_cut:
                            on_line(True)
                    self._pass_on(data, deliver)
                    if self._stopping.is_set():
                        return
            except bus.failures as failure:
                if self.connected or not was_cut:
                    log.warning("Live changes of other processes are not heard: %s", failure)
                    on_line(False)
                self.connected, was_cut = False, True
                self._stopping.wait(wait)
                wait = min(LONGEST_WAIT, wait * 2)

    def _pass_on(self, data: bytes | None, deliver: Callable[[bytes], None]) -> None:
        if data is not None and not data.startswith(self.name):
            deliver(data[NAME_BYTES:])


@cache
def broker() -> Broker:
    """The one of this process."""
    return Broker(bus_from_settings())


def publish(hint: Hint) -> None:
    """Tell all open streams, here and in other processes. Call it after the commit."""
    broker().publish(hint)
