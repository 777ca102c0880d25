"""What was found: a table for people, JSON for programs, and the ratios that the goals are about."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from bench.measure import Figures

OURS = "Comptoir"
BARE = "bare view"


@dataclass(frozen=True)
class Ratio:
    goal: int  # its number in docs/performance.md
    what: str
    value: float
    wanted: str


@dataclass
class Results:
    machine: dict[str, Any]
    figures: dict[str, dict[str, Any]] = field(default_factory=dict)  # "what / who"
    single: dict[str, tuple[float, str]] = field(default_factory=dict)  # a value and its unit
    said: list[str] = field(default_factory=list)

    def add(self, found: Mapping[tuple[str, str], Figures]) -> None:
        for (what, who), figures in found.items():
            self.figures[f"{what} / {who}"] = asdict(figures)

    def note(self, what: str, value: float, unit: str) -> None:
        self.single[what] = (value, unit)

    def of(self, what: str, who: str, figure: str) -> float | None:
        found = self.figures.get(f"{what} / {who}")
        return None if found is None else float(found[figure])

    def value(self, what: str) -> float | None:
        found = self.single.get(what)
        return None if found is None else found[0]

    def ratios(self) -> list[Ratio]:
        from bench.goals import GOALS  # noqa: PLC0415 -- it reads this module's names

        found = []
        for goal, what, wanted, ratio in GOALS:
            value = ratio(self)
            if value is not None:
                found.append(Ratio(goal, what, value, wanted))
        return found

    def table(self) -> str:
        lines = [
            "{cpu}, {cores} cores, Python {python}, {database}, load before {load:.1f}".format(
                **self.machine
            ),
            "",
            "| what | who | req/s | p50 ms | p99 ms | CPU ms | bytes |",
            "|---|---|--:|--:|--:|--:|--:|",
        ]
        for name, one in self.figures.items():
            what, _, who = name.rpartition(" / ")
            shown = f"{one['rate']:,.0f} | {one['p50']:.2f} | {one['p99']:.2f} | {one['cpu']:.2f} | {one['size']:,}"
            lines.append(f"| {what} | {who} | {shown} |")
        if self.single:
            lines += ["", "| what | |", "|---|--:|"]
            lines += [f"| {what} | {value:,.2f} {unit} |" for what, (value, unit) in self.single.items()]
        if ratios := self.ratios():
            lines += ["", "| goal | ratio | found | wanted |", "|--:|---|--:|---|"]
            lines += [f"| {one.goal} | {one.what} | {one.value:.2f} | {one.wanted} |" for one in ratios]
        return "\n".join([*lines, "", *self.said])

    def write(self, path: Path) -> None:
        facts = {**asdict(self), "ratios": [asdict(one) for one in self.ratios()]}
        path.write_text(json.dumps(facts, indent=1, default=str))


def over(first: float | None, second: float | None) -> float | None:
    return first / second if first is not None and second else None
