"""`bin/bench`: measures, and prints a table."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from bench import matching, questions, requests, stillness, streams, transfers
from bench.measure import tell
from bench.run import Run

MEASUREMENTS = {
    "start": stillness.start,
    "weights": stillness.weights,
    "send": requests.send,
    "read": requests.read,
    "live": streams.live,
    "streams": streams.many,
    "slow": transfers.slow,
    "search": requests.search,
    "scale": requests.scale,
    "matching": matching.matching,
    "questions": questions.questions,
}


def main() -> None:
    asked = argparse.ArgumentParser(
        prog="bin/bench", description="Measure Comptoir beside a bare view and its peers."
    )
    asked.add_argument("--postgres", action="store_true", help="on PostgreSQL instead of SQLite")
    asked.add_argument("--peers", action="store_true", help="Synapse and django-helpdesk in the same run")
    asked.add_argument(
        "--quick", action="store_true", help="fewer rounds, 100,000 messages instead of a million"
    )
    asked.add_argument("--only", default="", help=f"some of: {','.join(MEASUREMENTS)}")
    asked.add_argument("--json", type=Path, help="write everything there")
    options = asked.parse_args()
    chosen = options.only.split(",") if options.only else list(MEASUREMENTS)
    if unknown := set(chosen) - set(MEASUREMENTS):
        asked.error(f"no such measurement: {', '.join(sorted(unknown))}")
    run = Run(on_postgres=options.postgres, with_peers=options.peers, quick=options.quick)
    try:
        for name in chosen:
            tell(name)
            attempt(name, run)
    finally:
        run.close()
    sys.stdout.write(run.results.table() + "\n")
    if options.json:
        run.results.write(options.json)


def attempt(name: str, run: Run) -> None:
    """A measurement that fails is said in the output; the others are still of use."""
    try:
        MEASUREMENTS[name](run)
    except Exception as failure:  # noqa: BLE001 -- said below
        run.results.said.append(f"{name} failed: {failure!r}")
        tell(run.results.said[-1])


if __name__ == "__main__":
    main()
