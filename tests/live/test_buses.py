"""Two buses that are really there: hints from one process reach another, and a cut line is found and mended."""

from __future__ import annotations

import os
import time
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

from comptoir.live import broker as broker_module
from comptoir.live import buses
from comptoir.live.broker import Broker
from comptoir.live.buses import PostgreSQL, Valkey
from comptoir.live.hints import Hint, missed, unpacked
from tests.serving.wire import Wire

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from comptoir.live.buses import Bus

pytestmark = pytest.mark.servers


class Process:
    def __init__(self, bus: Bus) -> None:
        self.broker = Broker(bus)
        self.heard: list[Hint] = []
        self.line_changes: list[bool] = []
        self.broker.listen(lambda data: self.heard.append(unpacked(data)), on_line=self.line_changes.append)


def until(is_so: Callable[[], bool], seconds: float = 10) -> None:
    end = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < end
        time.sleep(0.01)


@pytest.fixture(params=["valkey", "postgresql"])
def address(request: pytest.FixtureRequest) -> str:
    name = {"valkey": "COMPTOIR_TEST_VALKEY_URL", "postgresql": "COMPTOIR_TEST_POSTGRES_URL"}[request.param]
    found = os.environ.get(name)
    if not found:
        pytest.skip(f"{name} is not set; bin/test sets it")
    return found


@pytest.fixture
def wire(address: str) -> Iterator[Wire]:
    made = Wire(address)
    yield made
    made.listener.close()
    made.cut()


@pytest.fixture
def join(address: str, wire: Wire, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., Process]]:
    monkeypatch.setattr(broker_module, "FIRST_WAIT", 0.05)
    monkeypatch.setattr(broker_module, "LONGEST_WAIT", 0.2)
    parts = urlsplit(address)
    begun: list[Process] = []

    def joined(through: Wire = wire) -> Process:
        if parts.scheme == "redis":
            bus: Bus = Valkey(f"redis://127.0.0.1:{through.port}/0")
        else:
            options = {
                "host": "127.0.0.1",
                "port": through.port,
                "user": parts.username,
                "dbname": parts.path[1:],
            }
            monkeypatch.setattr(buses, "connection", Connection(options))
            bus = PostgreSQL()
        begun.append(Process(bus))
        until(lambda: begun[-1].broker.connected)
        return begun[-1]

    yield joined
    for process in begun:
        process.broker.stop()


class Connection:
    """As much of Django's connection as the bus asks for: where the database is."""

    def __init__(self, options: dict[str, object]) -> None:
        self.options = options

    def get_connection_params(self) -> dict[str, object]:
        return dict(self.options)


def test_one_process_hears_another(join: Callable[[], Process]) -> None:
    one, two = join(), join()
    for n in range(300):
        one.broker.publish({"n": n, "name": "Inès"})
    until(lambda: len(two.heard) == 300)
    assert [hint["n"] for hint in two.heard] == list(range(300))
    assert two.heard[0]["name"] == "Inès"
    time.sleep(0.1)
    assert len(one.heard) == 300  # its own, once


def test_a_line_that_was_cut_is_mended_and_says_so(join: Callable[[], Process], wire: Wire) -> None:
    one, two = join(), join()
    one.broker.publish({"n": "before"})
    until(lambda: two.heard == [{"n": "before"}])
    wire.cut()
    until(lambda: one.line_changes == [False] and two.line_changes == [False])
    begun = time.monotonic()
    one.broker.publish({"n": "lost"})
    assert time.monotonic() - begun < 0.1
    time.sleep(0.3)
    wire.mend()
    until(lambda: two.line_changes == [False, True] and one.line_changes == [False, True])
    one.broker.publish({"n": "after"})
    until(lambda: {"n": "after"} in two.heard)


def test_who_stayed_on_the_line_hears_that_something_was_missed(
    join: Callable[..., Process], wire: Wire, address: str
) -> None:
    """Whoever was cut off as well knows it from their own line, and catches up anyway."""
    steady = Wire(address)
    two = join(steady)
    one = join()  # last: a bus asks for its place each time that it connects
    one.broker.publish({"n": "before"})
    until(lambda: two.heard == [{"n": "before"}])
    wire.cut()
    until(lambda: one.line_changes == [False])
    one.broker.publish({"n": "lost"})
    time.sleep(0.3)
    wire.mend()
    until(lambda: missed() in two.heard)
    assert two.line_changes == []
    steady.listener.close()
    steady.cut()


def test_a_hint_takes_a_few_milliseconds(join: Callable[[], Process]) -> None:
    one, two = join(), join()
    one.broker.publish({"n": 0})
    until(lambda: len(two.heard) == 1)
    begun = time.monotonic()
    one.broker.publish({"n": 1})
    until(lambda: len(two.heard) == 2)
    assert time.monotonic() - begun < 1
