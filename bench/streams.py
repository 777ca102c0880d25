"""The live stream: how soon another's page hears of a message, and what thousands of open pages cost."""

from __future__ import annotations

import asyncio
import json
import resource
import statistics
import time
from typing import TYPE_CHECKING

from bench import ours
from bench.client import request, share
from bench.measure import tell
from bench.peers.synapse import Synapse
from bench.plain import Connection
from bench.processes import cpu_seconds, pss_mib

if TYPE_CHECKING:
    from bench.processes import Started
    from bench.run import Run

PAUSE = 0.01  # seconds between two messages, as people's messages do not come in a row
MESSAGES_TO_MANY = 5
STREAMS_A_PERSON = 5


def live(run: Run) -> None:
    house = run.house()
    count = 100 if run.quick else 500
    taken = asyncio.run(heard(house, run.server(house), count))
    run.results.note("send to seen in another's stream, p50", share(taken, 0.5), "ms")
    run.results.note("send to seen in another's stream, p99", share(taken, 0.99), "ms")
    if synapse := run.peer(Synapse):
        taken = asyncio.run(synced(synapse, count))
        run.results.note("Synapse: send to seen, p50", share(taken, 0.5), "ms")
        run.results.note("Synapse: send to seen, p99", share(taken, 0.99), "ms")


async def heard(house: ours.House, server: Started, count: int) -> list[float]:
    """The accountant listens, the client sends: from the first byte sent to the last byte of the event."""
    port = server.ports[0]
    listener, sender = await Connection.to(port), await Connection.to(port)
    listener.writer.write(request("GET", "/live", headers=ours.by_token(house, "accountant")))
    await listener.reader.readuntil(b"event: hello\n")
    make, taken = ours.send(house), []
    for turn in range(count):
        began = time.perf_counter()
        sender.writer.write(make(0, turn))
        await listener.reader.readuntil(b"event: change\n")
        taken.append(time.perf_counter() - began)
        await sender.answer()
        await asyncio.sleep(PAUSE)
    listener.close()
    sender.close()
    return taken


async def synced(synapse: Synapse, count: int) -> list[float]:
    """The same for a client that asks Matrix's /sync and waits for its answer."""
    port = synapse.server.ports[0]
    listener, sender = await Connection.to(port), await Connection.to(port)
    key = {"Authorization": f"Bearer {synapse.tokens[1]}"}
    since = json.loads(await listener.ask(request("GET", "/_matrix/client/v3/sync", headers=key)))[
        "next_batch"
    ]
    make, taken = synapse.send(), []
    for turn in range(count):
        path = f"/_matrix/client/v3/sync?timeout=30000&since={since}"
        listener.writer.write(request("GET", path, headers=key))
        await asyncio.sleep(PAUSE)
        began = time.perf_counter()
        sender.writer.write(make(0, turn))
        since = json.loads(await listener.answer())["next_batch"]
        taken.append(time.perf_counter() - began)
        await sender.answer()
    return taken


def many(run: Run) -> None:
    resource.setrlimit(resource.RLIMIT_NOFILE, (resource.getrlimit(resource.RLIMIT_NOFILE)[1],) * 2)
    count = 500 if run.quick else 5000
    house = run.house(streams=count // STREAMS_A_PERSON)
    asyncio.run(_many(run, house, run.server(house), count))


class Listener(asyncio.Protocol):
    """Counts events; a task for each would cost the machine more than the server spends on them."""

    greeted, heard_at = 0, 0.0

    def __init__(self, token: str) -> None:
        self.token = token

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport
        transport.write(request("GET", "/live", headers={"Authorization": f"Bearer {self.token}"}))

    def data_received(self, data: bytes) -> None:
        if b"event: hello" in data:
            self.greeted = 1
        if b"event: change" in data:
            self.heard_at = time.perf_counter()


async def _many(run: Run, house: ours.House, server: Started, count: int) -> None:
    loop, port = asyncio.get_running_loop(), server.ports[0]
    before = pss_mib([server.process.pid])
    listeners: list[Listener] = []
    tokens = [token for token in house.facts["listeners"] for _ in range(STREAMS_A_PERSON)]
    for start in range(0, count, 50):
        for token in tokens[start : start + 50]:
            _, listener = await loop.create_connection(lambda token=token: Listener(token), "127.0.0.1", port)  # type: ignore[misc]
            listeners.append(listener)
        while not all(listener.greeted for listener in listeners[start:]):  # noqa: ASYNC110 -- thousands of them
            await asyncio.sleep(0.005)
    tell(f"  {count} streams are open")
    run.results.note(
        f"memory of one of {count:,} streams", (pss_mib([server.process.pid]) - before) * 1024 / count, "KiB"
    )
    await fan_out(run, house, server, listeners)
    for listener in listeners:
        listener.transport.close()


async def fan_out(run: Run, house: ours.House, server: Started, listeners: list[Listener]) -> None:
    """One message to all: from its first byte sent to the last listener's event, and the CPU beyond a message's."""
    sender, make = await Connection.to(server.ports[0]), ours.send(house)
    last, spent = [], []
    for turn in range(MESSAGES_TO_MANY):
        for listener in listeners:
            listener.heard_at = 0.0
        used, began = cpu_seconds(server.pids), time.perf_counter()
        await sender.ask(make(0, turn))
        while not all(listener.heard_at for listener in listeners):  # noqa: ASYNC110 -- as above
            await asyncio.sleep(0.01)
        last.append(max(listener.heard_at for listener in listeners) - began)
        spent.append(cpu_seconds(server.pids) - used)
    many = f"{len(listeners):,}"
    run.results.note(f"the last of {many} streams reached", statistics.median(last) * 1000, "ms")
    run.results.note("CPU of one delivery", 1e6 * sum(spent) / len(spent) / len(listeners), "µs")
    sender.close()
