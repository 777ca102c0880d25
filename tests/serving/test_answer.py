from __future__ import annotations

import asyncio
from io import FileIO
from typing import TYPE_CHECKING, Any

from comptoir.serving import answer as module
from comptoir.serving.answer import Answer, OpenFile, plain, refuse, send_answer

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


class Receiver:
    """Takes `takes` messages and then no more."""

    def __init__(self, takes: int = 1000) -> None:
        self.takes, self.got = takes, b""
        self.messages: list[dict[str, Any]] = []

    async def __call__(self, message: dict[str, Any]) -> None:
        if len(self.messages) >= self.takes:
            await asyncio.sleep(60)
        self.messages.append(message)
        self.got += message.get("body", b"")

    def is_complete(self) -> bool:
        return not self.messages[-1].get("more_body", False)


def opened(path: Path, start: int, length: int) -> OpenFile:
    return OpenFile(FileIO(path, "rb"), start, length)


def sent(file: OpenFile, receiver: Receiver) -> Receiver:
    asyncio.run(send_answer(Answer(200, [], file), receiver))
    assert file.file.closed
    return receiver


def test_a_stretch_of_a_file_in_pieces(tmp_path: Path) -> None:
    data = bytes(range(256)) * 2000
    (tmp_path / "f").write_bytes(data)
    receiver = sent(opened(tmp_path / "f", 1000, 400_000), Receiver())
    assert receiver.got == data[1000:401_000]
    assert receiver.is_complete()
    assert max(len(message.get("body", b"")) for message in receiver.messages) <= module.PIECE


def test_nothing_of_a_file(tmp_path: Path) -> None:
    (tmp_path / "f").write_bytes(b"")
    assert sent(opened(tmp_path / "f", 0, 0), Receiver()).is_complete()


def test_a_receiver_that_takes_nothing_is_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "STALLED", 0.05)
    (tmp_path / "f").write_bytes(b"x" * 1_000_000)
    assert not sent(opened(tmp_path / "f", 0, 1_000_000), Receiver(takes=3)).is_complete()


def test_a_file_that_was_cut_meanwhile_is_not_passed_off_as_whole(tmp_path: Path) -> None:
    (tmp_path / "f").write_bytes(b"x" * 1000)
    receiver = sent(opened(tmp_path / "f", 0, 5000), Receiver())
    assert (len(receiver.got), receiver.is_complete()) == (1000, False)


def test_a_refusal_waits_a_moment_for_a_sender_who_does_not_stop(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "LINGER", 0.05)

    async def endless() -> dict[str, Any]:
        await asyncio.sleep(0.001)
        return {"type": "http.request", "body": b"x", "more_body": True}

    receiver = Receiver()
    asyncio.run(refuse(plain(413, "Too large.", {}), endless, receiver))
    assert receiver.messages[0]["status"] == 413
    assert (b"connection", b"close") in receiver.messages[0]["headers"]
    assert (receiver.got, receiver.is_complete()) == (b"Too large.", True)
