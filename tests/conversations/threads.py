"""Several things done at the same moment, each on a connection of its own."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import TYPE_CHECKING, TypeVar

from django.db import connection

from comptoir.core.errors import Refused

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

T = TypeVar("T")
LONGEST = 60  # seconds, before a deadlock is called one


def at_once(doings: Sequence[Callable[[], T]]) -> list[T | Refused]:
    """What each returned or refused, in their order. All begin together; any other exception is the test's."""
    together = Barrier(len(doings))

    def run(doing: Callable[[], T]) -> T | Refused:
        try:
            connection.ensure_connection()
            together.wait(LONGEST)
            return doing()
        except Refused as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(len(doings)) as pool:
        started = [pool.submit(run, doing) for doing in doings]
        return [one.result(LONGEST) for one in started]
