"""Adds up the last lines of several pytest runs: `bin/add_summaries.py OUTPUT OUTPUT …`."""

import re
import sys
from collections import Counter
from pathlib import Path

COLOUR = re.compile(r"\x1b\[[0-9;]*m")
# pytest's own order; "1 error" and "2 errors" are one kind.
KINDS = ("failed", "passed", "skipped", "deselected", "xfailed", "xpassed", "warning", "error")


def last_line(path: str) -> str:
    """A run's summary; one that was cut off, or told to be quiet, has none, and counts for nothing."""
    lines = [line for line in COLOUR.sub("", Path(path).read_text()).splitlines() if " in " in line]
    return lines[-1] if lines else ""


def main(paths: list[str]) -> None:
    counts: Counter[str] = Counter()
    seconds = 0.0
    for line in map(last_line, paths):
        for number, kind in re.findall(r"(\d+) ([a-z]+)", line):
            counts[kind.removesuffix("s")] += int(number)
        seconds += sum(map(float, re.findall(r" in ([\d.]+)s", line)))
    told = [f"{counts[kind]} {kind}" for kind in KINDS if counts[kind]] or ["no results are known"]
    print(f"{', '.join(told)} in {seconds:.2f}s")


main(sys.argv[1:])
