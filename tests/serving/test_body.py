from __future__ import annotations

import asyncio
import errno
from typing import TYPE_CHECKING, Any, BinaryIO

import pytest
from django.conf import settings

from comptoir.serving import body
from comptoir.serving.body import MEBIBYTE, BodyRefused, Disconnected, read_body

if TYPE_CHECKING:
    from collections.abc import Iterable

MULTIPART = (b"content-type", b"multipart/form-data; boundary=x")


def sent(
    parts: Iterable[bytes | None], *headers: tuple[bytes, bytes], path: str = "/"
) -> tuple[BinaryIO, int]:
    """What comes of these parts; None is a sender who leaves."""
    waiting = list(parts)

    async def receive() -> dict[str, Any]:
        part = waiting.pop(0)
        if part is None:
            return {"type": "http.disconnect"}
        return {"type": "http.request", "body": part, "more_body": bool(waiting)}

    return asyncio.run(read_body({"path": path, "headers": list(headers)}, receive))


def length(size: int) -> tuple[bytes, bytes]:
    return (b"content-length", str(size).encode())


def refusal(parts: Iterable[bytes | None], *headers: tuple[bytes, bytes]) -> int:
    with pytest.raises(BodyRefused) as refused:
        sent(parts, *headers)
    return refused.value.status


def test_parts_are_put_together_and_rewound() -> None:
    file, size = sent([b"abc", b"", b"def"], length(6))
    assert (file.read(), size) == (b"abcdef", 6)


def test_without_a_length_nothing_is_waited_for() -> None:
    file, size = sent([])
    assert (file.read(), size) == (b"", 0)


def test_a_chunked_body_has_the_size_that_came() -> None:
    file, size = sent([b"x" * 10, b"y" * 10], (b"transfer-encoding", b"chunked"))
    assert (len(file.read()), size) == (20, 20)


def test_beyond_one_mebibyte_it_lies_on_the_disk() -> None:
    small, _ = sent([b"x" * MEBIBYTE], length(MEBIBYTE))
    large, size = sent([b"x" * 700_000, b"x" * 700_000], length(1_400_000))
    assert not small._rolled
    assert large._rolled
    assert (len(large.read()), size) == (1_400_000, 1_400_000)


def test_the_limits() -> None:
    upload = settings.ATTACHMENT_BYTES + MEBIBYTE
    assert refusal([b""], length(2 * MEBIBYTE + 1)) == 413
    assert refusal([b""], length(upload + 1), MULTIPART) == 413
    assert refusal([b""], (b"content-length", b"minus")) == 413
    assert sent([b"x" * (2 * MEBIBYTE)], length(2 * MEBIBYTE))[1] == 2 * MEBIBYTE


def test_an_address_may_have_a_limit_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "BODY_BYTES", {"/mail-in": 3 * MEBIBYTE})
    large = 2 * MEBIBYTE + 1
    assert sent([b"x" * large], length(large), path="/mail-in")[1] == large
    assert refusal([b""], length(large)) == 413
    with pytest.raises(BodyRefused):
        sent([b""], length(3 * MEBIBYTE + 1), path="/mail-in")
    assert sent([b"x" * (2 * MEBIBYTE + 1)], length(2 * MEBIBYTE + 1), MULTIPART)[1] == 2 * MEBIBYTE + 1


def test_a_length_that_was_a_lie_is_found_out() -> None:
    chunked = (b"transfer-encoding", b"chunked")
    assert refusal([b"x" * MEBIBYTE] * 3, chunked) == 413


def test_a_sender_who_leaves() -> None:
    with pytest.raises(Disconnected):
        sent([b"abc", None], length(6))


def test_a_sender_who_falls_silent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(body, "SILENCE", 0.05)

    async def silence() -> dict[str, Any]:
        await asyncio.sleep(10)
        return {}

    with pytest.raises(BodyRefused) as refused:
        asyncio.run(read_body({"path": "/", "headers": [length(6)]}, silence))
    assert refused.value.status == 408


def test_a_sender_who_takes_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(body, "LONGEST", 0.1)

    async def drip() -> dict[str, Any]:
        await asyncio.sleep(0.01)
        return {"type": "http.request", "body": b"x", "more_body": True}

    with pytest.raises(BodyRefused) as refused:
        asyncio.run(read_body({"path": "/", "headers": [length(1000)]}, drip))
    assert refused.value.status == 408


def test_a_full_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(file: object, receive: object, limit: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(body, "_fill", full)
    assert refusal([b"x"], length(1)) == 507


def test_strangers_cannot_fill_the_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(body, "UPLOADS_AT_ONCE", 2)
    large = [b"x" * (MEBIBYTE + 1)]

    async def several() -> list[object]:
        held = asyncio.Event()

        async def receive_slowly(first: list[bytes]) -> dict[str, Any]:
            if first:
                return {"type": "http.request", "body": first.pop(), "more_body": True}
            await held.wait()
            return {"type": "http.request", "body": b"", "more_body": False}

        def one() -> asyncio.Task[tuple[BinaryIO, int]]:
            mine = list(large)
            scope = {"path": "/", "headers": [MULTIPART, length(MEBIBYTE + 1)]}
            return asyncio.create_task(read_body(scope, lambda: receive_slowly(mine)))

        begun = [one(), one(), one()]
        await asyncio.sleep(0.05)
        held.set()
        return list(await asyncio.gather(*begun, return_exceptions=True))

    outcomes = asyncio.run(several())
    assert [isinstance(outcome, BodyRefused) for outcome in outcomes] == [False, False, True]
    assert not body._in_files
