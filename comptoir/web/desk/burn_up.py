"""The plot of the board: what is in, day by day, against the dates. Points of an SVG; its template draws them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from comptoir.campaigns.deadlines.working_days import is_working_day

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from comptoir.campaigns.progress import Course

LEFT, RIGHT, TOP, BOTTOM = 40, 816, 20, 174
WIDTH, HEIGHT, CHASES = 840, 214, 206
LABELLED_EVERY = 5  # days
NEAR_THE_EDGE = 160  # a word of the line does not fit beyond it
APART = 90  # two words above the plot need this much between them
WHOLE = 100
QUARTERS = (0, 25, 50, 75, 100)


@dataclass(frozen=True)
class Mark:
    """Something at a place: a word, a line or a dot. Numbers are text, with a full stop in every language."""

    x: str
    y: str = ""
    text: str = ""
    anchor: str = "middle"


@dataclass(frozen=True)
class Dot:
    x: str
    is_sent: bool
    day: date


@dataclass(frozen=True)
class Plot:
    grid: list[Mark]
    ticks: list[tuple[str, date]]
    weekends: list[tuple[str, str]]  # x and width
    now: str  # paths
    area: str
    before: str
    end: Mark | None  # where the line has come to
    point: Mark | None  # its words
    before_point: Mark | None
    asked: Mark | None
    legal: Mark
    chases: list[Dot]


def plot_of(
    course: Course, *, asked_for: date, legal_on: date, chases: Sequence[tuple[date, bool]] = ()
) -> Plot:
    """`chases`: days on which somebody was chased, or will be."""
    step = (RIGHT - LEFT) / max(1, (course.last - course.first).days)

    def x(place: float) -> float:
        return LEFT + step * place

    now = [(x(place), _y(share)) for place, share in enumerate(course.now)]
    before = [(x(place), _y(share)) for place, share in enumerate(course.before)]
    legal_x, asked_x = x(course.place(legal_on)), x(course.place(asked_for))
    shown = [one for one in chases if course.first <= one[0] <= course.last]
    is_within = course.first <= asked_for <= course.last and asked_for != legal_on
    # The two dates' words stand on either side of what lies between them, so that they never meet.
    asked_anchor = "end" if legal_x - asked_x < APART else "middle"
    return Plot(
        grid=[Mark(_n(LEFT - 8), _n(_y(part / WHOLE)), str(part)) for part in QUARTERS],
        ticks=[(_n(x(course.place(day))), day) for day in _labelled(course.days)],
        weekends=[_shaded(x(course.place(day)), step) for day in course.days if not is_working_day(day)],
        now=_path(now),
        area=f"{_path(now)} L{_n(now[-1][0])} {BOTTOM} L{LEFT} {BOTTOM}Z" if now else "",
        before=_path(before),
        end=Mark(_n(now[-1][0]), _n(now[-1][1])) if now else None,
        point=_label(now[-1], above=True) if now else None,
        before_point=_label(before[course.at], above=False) if 0 <= course.at < len(before) else None,
        asked=Mark(_n(asked_x), anchor=asked_anchor) if is_within else None,
        legal=Mark(_n(legal_x), anchor="end" if legal_x > WIDTH - NEAR_THE_EDGE else "middle"),
        chases=[Dot(_n(x(course.place(day))), is_sent, day) for day, is_sent in shown],
    )


def _y(share: float) -> float:
    return BOTTOM - (BOTTOM - TOP) * min(1.0, max(0.0, share))


def _n(value: float) -> str:
    return f"{value:.1f}"


def _path(points: Sequence[tuple[float, float]]) -> str:
    return " ".join(f"{'L' if place else 'M'}{_n(x)} {_n(y)}" for place, (x, y) in enumerate(points))


def _shaded(x: float, step: float) -> tuple[str, str]:
    """A day's width around its place, within the plot."""
    left, right = max(LEFT, x - step / 2), min(RIGHT, x + step / 2)
    return _n(left), _n(right - left)


def _label(point: tuple[float, float], *, above: bool) -> Mark:
    """Away from the line: to the left above it, to the right below it, and never out of the plot."""
    x, y = point
    goes_left = x > RIGHT - NEAR_THE_EDGE or (above and x > LEFT + NEAR_THE_EDGE)
    beside = -9 if goes_left else 12
    down = max(12.0, y - 9) if above else min(BOTTOM - 6.0, y + 20)
    return Mark(_n(x + beside), _n(down), anchor="end" if goes_left else "start")


def _labelled(days: Sequence[date]) -> list[date]:
    """The first, every fifth of a month, and the last; none so near another that they would touch."""
    inner = [day for day in days[2:-2] if day.day % LABELLED_EVERY == 0]
    step = max(1, len(inner) // 8)
    return [days[0], *inner[::step], days[-1]]
