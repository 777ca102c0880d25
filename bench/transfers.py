"""Ten slow uploads and ten slow downloads at 50 kB/s beside sixteen clients who send."""

from __future__ import annotations

import asyncio
import json
import socket
import statistics
import uuid
from typing import TYPE_CHECKING

from bench import ours
from bench.client import drive, request, share
from bench.plain import Connection

if TYPE_CHECKING:
    from bench.processes import Started
    from bench.run import Run

BYTES = 4_000_000
PIECE, PAUSE = 5_000, 0.1  # 50 kB/s
EACH = 10
CLIENTS = 16
TYPE = "multipart/form-data; boundary=part"


def slow(run: Run) -> None:
    house = run.house()
    alone, beside = asyncio.run(_slow(run, house, run.server(house)))
    run.results.note("send p99, alone", alone, "ms")
    run.results.note("send p99, beside 20 slow transfers", beside, "ms")


async def _slow(run: Run, house: ours.House, server: Started) -> tuple[float, float]:
    file = await handed_in(house, server)
    alone, beside = [], []
    for _ in range(2 if run.quick else 5):
        alone.append(await p99(house, server))
        tasks = [asyncio.create_task(upload(house, server)) for _ in range(EACH)]
        tasks += [asyncio.create_task(download(house, server, file)) for _ in range(EACH)]
        await asyncio.sleep(0.5)
        beside.append(await p99(house, server))
        for task in tasks:
            if task.done():
                task.result()  # a transfer that ended early says why
            task.cancel()
    return statistics.median(alone), statistics.median(beside)


async def p99(house: ours.House, server: Started) -> float:
    load, _ = await drive(server, ours.send(house), clients=CLIENTS, seconds=3)
    return share(load.taken, 0.99)


def form() -> bytes:
    head = '--part\r\nContent-Disposition: form-data; name="file"; filename="extrait.txt"\r\n'
    return (
        f"{head}Content-Type: text/plain\r\n\r\n".encode()
        + b"Solde 12,50\n" * (BYTES // 12)
        + b"\r\n--part--\r\n"
    )


def uploading(house: ours.House, body: bytes) -> bytes:
    headers = {**ours.by_token(house, "client"), "Content-Type": TYPE}
    return request("POST", "/api/v1/attachments", headers=headers, body=body)


async def handed_in(house: ours.House, server: Started) -> str:
    """A file that hangs on a message."""
    connection = await Connection.to(server.ports[0])
    file = str(json.loads(await connection.ask(uploading(house, form())))["id"])
    path = f"/api/v1/conversations/{house.facts['conversations']['open'][0]}/messages"
    body = {"id": str(uuid.uuid4()), "body": "Voici.", "attachments": [file]}
    await connection.ask(request("POST", path, headers=ours.by_token(house, "client"), body=body))
    connection.close()
    return file


async def upload(house: ours.House, server: Started) -> None:
    connection = await Connection.to(server.ports[0])
    data = uploading(house, form())
    for start in range(0, len(data), PIECE):
        connection.writer.write(data[start : start + PIECE])
        await connection.writer.drain()
        await asyncio.sleep(PAUSE)


async def download(house: ours.House, server: Started, file: str) -> None:
    """With a small window, so that it is the server that waits and not the kernel that takes it all."""
    line = socket.socket()
    line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 16_384)
    line.setblocking(False)
    await asyncio.get_running_loop().sock_connect(line, ("127.0.0.1", server.ports[0]))
    reader, writer = await asyncio.open_connection(sock=line, limit=PIECE)
    writer.write(request("GET", f"/api/v1/attachments/{file}", headers=ours.by_token(house, "client")))
    first = await reader.readline()
    if b" 200 " not in first:
        raise RuntimeError(f"The download was refused: {first!r}")
    while await reader.read(PIECE):  # noqa: ASYNC110 -- the pace is the point
        await asyncio.sleep(PAUSE)
