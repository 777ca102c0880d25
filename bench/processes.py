"""Processes of our own: started on free ports, measured with all their children, and ended by their id."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

ROOT = Path(__file__).resolve().parent.parent
PYTHON = str(ROOT / ".venv" / "bin" / "python")
TICKS = os.sysconf("SC_CLK_TCK")
STARTING = 120.0  # seconds
ENDING = 10.0


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as held:
        port: int = held.getsockname()[1]
    return port


def is_open(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), timeout=1).close()
    except OSError:
        return False
    return True


def parents() -> dict[int, int]:
    found = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            found[int(stat.parent.name)] = int(stat.read_text().rpartition(") ")[2].split()[1])
        except (FileNotFoundError, ProcessLookupError):
            continue  # it ended while we looked
    return found


def tree(pid: int) -> list[int]:
    """A process and all below it."""
    known, found = parents(), [pid]
    for one in found:
        found += [child for child, parent in known.items() if parent == one]
    return found


def cpu_seconds(pids: Sequence[int]) -> float:
    """User and system time of the processes and all below them, dead children included."""
    total = 0
    for pid in {one for top in pids for one in tree(top)}:
        try:
            fields = Path(f"/proc/{pid}/stat").read_text().rpartition(") ")[2].split()
        except (FileNotFoundError, ProcessLookupError):
            continue
        total += sum(map(int, fields[11:15]))
    return total / TICKS


def pss_mib(pids: Sequence[int]) -> float:
    """Memory with each shared page counted once for all who share it."""
    total = 0
    for pid in {one for top in pids for one in tree(top)}:
        try:
            lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
        except (FileNotFoundError, ProcessLookupError):
            continue
        total += next(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
    return total / 1024


@dataclass
class Started:
    """A server of ours, ready, with what else works for it (its PostgreSQL)."""

    process: subprocess.Popen[bytes]
    ports: list[int]
    log: Path
    seconds: float = 0.0  # that it took to be ready
    others: list[int] = field(default_factory=list)
    more: list[Started] = field(default_factory=list)

    @property
    def pids(self) -> list[int]:
        return [self.process.pid, *self.others, *(one.process.pid for one in self.more)]

    def stop(self) -> None:
        for one in [*self.more, self]:
            one.process.send_signal(signal.SIGTERM)
        for one in [*self.more, self]:
            try:
                one.process.wait(ENDING)
            except subprocess.TimeoutExpired:
                one.process.kill()
                one.process.wait()


def start(
    command: Sequence[str],
    *,
    port: int,
    log: Path,
    env: Mapping[str, str] | None = None,
    cwd: Path = ROOT,
    is_ready: Callable[[], bool] | None = None,
) -> Started:
    """Raises RuntimeError with the end of its log if it does not answer in time."""
    began = time.perf_counter()
    with log.open("ab") as output:
        process = subprocess.Popen(
            command, cwd=cwd, env={**os.environ, **(env or {})}, stdout=output, stderr=output
        )
    ready = is_ready or (lambda: is_open(port))
    while not ready():
        if process.poll() is not None or time.perf_counter() - began > STARTING:
            process.kill()
            raise RuntimeError(f"{command[:4]} did not start:\n{log.read_text()[-2000:]}")
        time.sleep(0.01)
    return Started(process, [port], log, seconds=time.perf_counter() - began)
