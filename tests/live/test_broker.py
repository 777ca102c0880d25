"""Publishing never fails and never waits, whatever the bus does."""

from __future__ import annotations

import threading
import time
from queue import Queue
from typing import TYPE_CHECKING, ClassVar

import pytest

from comptoir.live import broker as module
from comptoir.live.broker import Broker
from comptoir.live.hints import Hint, missed, packed, unpacked

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence


class Cut(Exception):  # noqa: N818 -- what the line is
    pass


class Line:
    """A bus in memory that can be cut. Everybody on it hears everything, also themselves."""

    failures = (Cut,)

    def __init__(self) -> None:
        self.is_cut = False
        self.sent = 0
        self._ears: list[Queue[bytes]] = []

    def send(self, hints: Sequence[bytes]) -> None:
        if self.is_cut:
            raise Cut("send")
        for hint in hints:
            self.sent += 1
            for ear in self._ears:
                ear.put(hint)

    def listen(self) -> Iterator[bytes | None]:
        if self.is_cut:
            raise Cut("listen")
        ear: Queue[bytes] = Queue()
        self._ears.append(ear)
        try:
            yield None
            while not self.is_cut:
                yield ear.get(timeout=0.02) if not ear.empty() else None
                time.sleep(0.002)
            raise Cut("listening")
        finally:
            self._ears.remove(ear)


@pytest.fixture(autouse=True)
def _short_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "FIRST_WAIT", 0.02)
    monkeypatch.setattr(module, "LONGEST_WAIT", 0.05)


class Process:
    """A broker with somebody who listens to it."""

    begun: ClassVar[list[Process]] = []

    def __init__(self, line: Line | None) -> None:
        self.broker = Broker(line)
        self.heard: list[Hint] = []
        self.line_changes: list[bool] = []
        self.broker.listen(lambda data: self.heard.append(unpacked(data)), on_line=self.line_changes.append)
        self.begun.append(self)
        until(lambda: self.broker.connected)


def until(is_so: Callable[[], bool]) -> None:
    end = time.monotonic() + 5
    while not is_so():
        assert time.monotonic() < end
        time.sleep(0.005)


@pytest.fixture
def line() -> Iterator[Line]:
    yield Line()
    while Process.begun:
        Process.begun.pop().broker.stop()


def test_alone_it_tells_itself() -> None:
    process = Process(None)
    process.broker.publish({"n": 1})
    assert process.heard == [{"n": 1}]
    assert process.broker.connected


def test_others_hear_it_and_nobody_hears_it_twice(line: Line) -> None:
    one, two = Process(line), Process(line)
    one.broker.publish({"n": 1})
    assert one.heard == [{"n": 1}]  # at once, without the bus
    until(lambda: two.heard == [{"n": 1}])
    two.broker.publish({"n": 2})
    until(lambda: one.heard == [{"n": 1}, {"n": 2}])
    assert two.heard == [{"n": 1}, {"n": 2}]


def test_order_is_kept(line: Line) -> None:
    one, two = Process(line), Process(line)
    for n in range(500):
        one.broker.publish({"n": n})
    until(lambda: len(two.heard) == 500)
    assert [hint["n"] for hint in two.heard] == list(range(500))


def test_a_cut_line_fails_nobody_and_is_made_good(line: Line, caplog: pytest.LogCaptureFixture) -> None:
    one, two = Process(line), Process(line)
    line.is_cut = True
    until(lambda: one.line_changes == [False] and two.line_changes == [False])
    begun = time.monotonic()
    for n in range(100):
        one.broker.publish({"n": n})
    assert time.monotonic() - begun < 0.5
    assert len(one.heard) == 100  # its own pages are told as ever
    assert not one.broker.connected
    line.is_cut = False
    until(lambda: one.line_changes == [False, True] and two.line_changes == [False, True])
    one.broker.publish({"n": "after"})
    until(lambda: {"n": "after"} in two.heard)
    told = [record.message for record in caplog.records]
    assert sum("do not reach" in line_told for line_told in told) <= 1  # once, not for every hint
    assert sum("are not heard" in line_told for line_told in told) == 2  # once for each of the two


def test_what_was_lost_is_told_by_one_hint_that_says_missed(line: Line) -> None:
    one, two = Process(line), Process(line)
    failing = threading.Event()
    failing.set()
    send = line.send

    def sometimes(hints: Sequence[bytes]) -> None:
        if failing.is_set():
            raise Cut("only the sender")
        send(hints)

    line.send = sometimes  # type: ignore[method-assign]
    one.broker.publish({"n": "lost"})
    until(one.broker._outbox.empty)
    time.sleep(0.1)
    failing.clear()
    until(lambda: two.heard == [missed()])
    one.broker.publish({"n": "told"})
    until(lambda: two.heard == [missed(), {"n": "told"}])


def test_a_full_outbox_drops_and_does_not_wait(line: Line, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "OUTBOX", 5)
    line.is_cut = True
    broker = Broker(line)
    for n in range(50):
        broker.publish({"n": n})


def test_too_large_a_hint_is_a_fault_of_ours() -> None:
    with pytest.raises(ValueError, match="no text"):
        Broker(None).publish({"text": "x" * 9000})
    assert packed(missed()) == b'{"missed":true}'
