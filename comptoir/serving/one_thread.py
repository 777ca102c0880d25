"""The one thread on which Django runs: one persistent database connection, and no two requests at once.

Measured: a second thread in the process makes SQLite's slowest sends ten times slower and reads no faster.
More processors are used by more processes.
"""

from __future__ import annotations

import asyncio
import threading
import time
from queue import SimpleQueue
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

Result = TypeVar("Result")


class OneThread:
    def __init__(self, name: str, *, before: Callable[[], object] | None = None) -> None:
        """`before` runs before each call, and its failure is the call's."""
        self._before = before
        self._work: SimpleQueue[Any] = SimpleQueue()
        self._busy_since = 0.0
        threading.Thread(target=self._run, name=name, daemon=True).start()

    @property
    def waiting(self) -> int:
        return self._work.qsize()

    @property
    def stuck_for(self) -> float:
        """Seconds that the call under way has taken so far; 0 when idle."""
        since = self._busy_since
        return time.monotonic() - since if since else 0.0

    async def call(self, function: Callable[..., Result], *args: Any) -> Result:
        loop = asyncio.get_running_loop()
        future: asyncio.Future[Result] = loop.create_future()
        self._work.put((loop, future, function, args))
        return await future

    def _run(self) -> None:
        while True:
            loop, future, function, args = self._work.get()
            self._busy_since = time.monotonic()
            try:
                if self._before is not None:
                    self._before()
                result, failure = function(*args), None
            except BaseException as error:  # noqa: BLE001 -- handed to whoever awaits it
                result, failure = None, error
            self._busy_since = 0.0
            if not loop.is_closed():
                loop.call_soon_threadsafe(_settle, future, result, failure)
            del loop, future, function, args, result, failure  # nothing of a request lives until the next one


def _settle(future: asyncio.Future[Any], result: Any, failure: BaseException | None) -> None:
    if future.done():  # cancelled meanwhile
        return
    if failure is None:
        future.set_result(result)
    else:
        future.set_exception(failure)
