"""One measurement of several subjects in turn, round after round, so that all meet the same machine; medians of it."""

from __future__ import annotations

import asyncio
import statistics
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bench.client import drive, share
from bench.processes import cpu_seconds

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from bench.processes import Started


@dataclass(frozen=True)
class Case:
    """One subject doing one thing."""

    what: str
    who: str
    server: Started
    make: Callable[[int, int], bytes]
    clients: int = 1


@dataclass(frozen=True)
class Figures:
    rate: float  # requests a second
    p50: float  # milliseconds
    p99: float
    cpu: float  # milliseconds of a processor for one request
    size: int  # bytes of the last answer


def once(case: Case, *, seconds: float) -> Figures:
    before = cpu_seconds(case.server.pids)
    load, lasted = asyncio.run(drive(case.server, case.make, clients=case.clients, seconds=seconds))
    spent = cpu_seconds(case.server.pids) - before
    count = len(load.taken)
    return Figures(
        count / lasted,
        share(load.taken, 0.5),
        share(load.taken, 0.99),
        1000 * spent / count,
        load.size,
    )


def in_turn(cases: Sequence[Case], *, rounds: int, seconds: float) -> dict[tuple[str, str], Figures]:
    """By what and who. Everybody warms up before the first round."""
    found: dict[tuple[str, str], list[Figures]] = {}
    for case in cases:
        tell(f"  {case.what}: {case.who}")
        once(case, seconds=seconds / 2)
    for _ in range(rounds):
        for case in cases:
            found.setdefault((case.what, case.who), []).append(once(case, seconds=seconds))
    return {key: median(figures) for key, figures in found.items()}


def median(figures: Sequence[Figures]) -> Figures:
    def of(name: str) -> float:
        return float(statistics.median(getattr(one, name) for one in figures))

    return Figures(of("rate"), of("p50"), of("p99"), of("cpu"), figures[-1].size)


def tell(line: str) -> None:
    sys.stderr.write(f"{line}\n")
    sys.stderr.flush()
