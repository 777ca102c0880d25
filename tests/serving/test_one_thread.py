from __future__ import annotations

import asyncio
import threading
import time
from typing import TYPE_CHECKING

import pytest

from comptoir.serving.one_thread import OneThread

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable


def in_loop(story: Callable[[OneThread], Awaitable[object]]) -> object:
    return asyncio.run(story(OneThread("one")))  # type: ignore[arg-type]


def test_all_calls_run_on_one_thread_in_their_order() -> None:
    seen: list[tuple[int, int]] = []

    async def story(one: OneThread) -> None:
        await asyncio.gather(
            *(one.call(lambda n=n: seen.append((n, threading.get_ident()))) for n in range(50))
        )

    in_loop(story)
    assert [n for n, _ in seen] == list(range(50))
    assert len({thread for _, thread in seen}) == 1


def test_a_failure_reaches_the_caller_and_the_thread_goes_on() -> None:
    async def story(one: OneThread) -> object:
        with pytest.raises(ZeroDivisionError):
            await one.call(lambda: 1 / 0)
        return await one.call(lambda: "still here")

    assert in_loop(story) == "still here"


def test_a_caller_who_gave_up_disturbs_nobody() -> None:
    async def story(one: OneThread) -> object:
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.02):
                await one.call(time.sleep, 0.1)
        return await one.call(lambda: "next")

    assert in_loop(story) == "next"


def test_it_tells_how_long_it_has_been_busy() -> None:
    async def story(one: OneThread) -> None:
        assert one.stuck_for == 0
        begun = asyncio.ensure_future(one.call(time.sleep, 0.2))
        others = [asyncio.ensure_future(one.call(time.sleep, 0)) for _ in range(3)]
        await asyncio.sleep(0.1)
        assert 0.05 < one.stuck_for < 0.2
        assert one.waiting == 3
        await asyncio.gather(begun, *others)
        assert one.stuck_for == 0

    in_loop(story)
