"""What costs before anybody does anything: starting, being there, and the bytes of a page."""

from __future__ import annotations

import asyncio
import gzip
import re
import time
from typing import TYPE_CHECKING

from bench import ours
from bench.peers.helpdesk import Helpdesk
from bench.peers.synapse import Synapse
from bench.plain import Connection
from bench.processes import ROOT, pss_mib

if TYPE_CHECKING:
    from pathlib import Path

    from bench.run import Run

SETTLED = 3.0  # seconds
PRODUCT = "comptoir.settings"
IMPORT = re.compile(r"""(?:from|import)\s*\(?\s*["'](\.{1,2}/[^"']+)["']""")


def start(run: Run) -> None:
    """The product itself, with its demo office: the first time, and again; then what it takes when idle."""
    folder = run.folder / "first"
    folder.mkdir()
    house = ours.House(folder, run.database("first"), {})
    for said in ("first start, with the demo office", "second start"):
        server = run.with_database(ours.serve(house, settings=PRODUCT))
        run.results.note(said, server.seconds, "s")
        if said != "second start":
            server.stop()
    time.sleep(SETTLED)
    run.results.note("idle memory", pss_mib([server.process.pid]), "MiB")
    if run.postgres is not None:
        run.results.note("idle memory of PostgreSQL", pss_mib([run.postgres.pid]), "MiB")
    server.stop()
    for kind in (Synapse, Helpdesk):
        if peer := run.peer(kind):
            asyncio.run(fetched(peer.server.ports[0], peer.open()(0, 0)))  # whole, not half loaded
            time.sleep(SETTLED)
            run.results.note(f"{kind.name}: idle memory", pss_mib([peer.server.process.pid]), "MiB")


def weights(run: Run) -> None:
    house = run.house()
    port = run.server(house).ports[0]
    thread = ours.long_thread(house)
    for what, path, who in (
        ("inbox at the desk", "/desk/?view=open", "accountant"),
        ("thread of 50 at the desk", f"/desk/c/{thread}/", "accountant"),
        ("list in the portal", "/communication/", "client"),
        ("thread of 50 in the portal", f"/communication/{thread}/", "client"),
    ):
        body = asyncio.run(fetched(port, ours.page(house, path, who=who)(0, 0)))
        run.results.note(f"HTML of the {what}", len(body) / 1000, "kB")
        run.results.note(f"HTML of the {what}, gzipped", len(gzip.compress(body)) / 1000, "kB")
    static = ROOT / "comptoir" / "static"
    scripts = sum(len(gzip.compress(path.read_bytes())) for path in loaded(static / "js" / "app.js"))
    run.results.note("JavaScript with every page, gzipped", scripts / 1000, "kB")
    sheet = (static / "css" / "app.css").read_bytes()
    run.results.note("style sheet, gzipped", len(gzip.compress(sheet)) / 1000, "kB")


async def fetched(port: int, data: bytes) -> bytes:
    connection = await Connection.to(port)
    body = await connection.ask(data)
    connection.close()
    return body


def loaded(script: Path) -> set[Path]:
    """A module and all that it imports, also later."""
    found, waiting = set(), [script]
    while waiting:
        path = waiting.pop()
        if path not in found and path.exists():
            found.add(path)
            waiting += [(path.parent / name).resolve() for name in IMPORT.findall(path.read_text())]
    return found
