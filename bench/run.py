"""What the measurements share: a folder that goes away, houses with a history, servers, and peers, each made when first asked for."""

from __future__ import annotations

import os
import platform
import shutil
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bench import ours
from bench.measure import in_turn, tell
from bench.peers.environment import NotHere
from bench.postgres import Postgres
from bench.results import Results

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bench.measure import Case
    from bench.peers.helpdesk import Helpdesk
    from bench.peers.synapse import Synapse
    from bench.processes import Started

SHORT = 1_000


@dataclass
class Run:
    on_postgres: bool
    with_peers: bool
    quick: bool
    results: Results = field(init=False)
    folder: Path = field(default_factory=lambda: Path(tempfile.mkdtemp(prefix="comptoir-bench.")))
    postgres: Postgres | None = None
    houses: dict[str, ours.House] = field(default_factory=dict)
    servers: dict[str, Started] = field(default_factory=dict)
    peers: dict[type, Synapse | Helpdesk | None] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.folder.chmod(0o755)  # PostgreSQL's account comes in as well
        if self.on_postgres:
            self.postgres = Postgres(self.folder / "postgres")
        self.results = Results(machine(self.on_postgres))

    @property
    def long(self) -> int:
        return 100_000 if self.quick else 1_000_000

    def measure(self, cases: Sequence[Case]) -> None:
        rounds, seconds = (2, 1.0) if self.quick else (5, 2.0)
        self.results.add(in_turn(cases, rounds=rounds, seconds=seconds))

    def house(self, messages: int = SHORT, *, streams: int = 0) -> ours.House:
        key = f"house{messages}_{streams}"
        if key not in self.houses:
            tell(f"  Making an office with {messages:,} messages")
            self.houses[key] = ours.fill(
                self.folder / key, messages=messages, streams=streams, database=self.database(key)
            )
        return self.houses[key]

    def server(self, house: ours.House) -> Started:
        key = house.folder.name
        if key not in self.servers:
            self.servers[key] = self.with_database(ours.serve(house))
        return self.servers[key]

    def with_database(self, server: Started) -> Started:
        if self.postgres is not None:
            server.others.append(self.postgres.pid)
        return server

    def database(self, name: str) -> str:
        return self.postgres.create(name.replace("-", "_")) if self.postgres else ""

    def peer(self, kind: type[Synapse | Helpdesk]) -> Any:
        """None without --peers, or where it could not be installed or started, which is said."""
        if self.with_peers and kind not in self.peers:
            try:
                made = kind(self.folder / kind.name, self.database(kind.name.lower()))
                self.with_database(made.server)
                self.peers[kind] = made
            except (NotHere, RuntimeError, OSError) as failure:
                self.results.said.append(f"{kind.name} was not measured: {failure}")
                self.peers[kind] = None
        return self.peers.get(kind)

    def close(self) -> None:
        started = [*self.servers.values(), *(peer.server for peer in self.peers.values() if peer)]
        for server in started:
            server.stop()
        if self.postgres is not None:
            self.postgres.stop()
        shutil.rmtree(self.folder, ignore_errors=True)


def machine(on_postgres: bool) -> dict[str, Any]:
    lines = Path("/proc/cpuinfo").read_text().splitlines()
    model = next((line.partition(": ")[2] for line in lines if line.startswith("model name")), "unknown")
    return {
        "cpu": model,
        "cores": os.cpu_count(),
        "python": platform.python_version(),
        "database": "PostgreSQL" if on_postgres else "SQLite",
        "load": os.getloadavg()[0],
    }
