"""Reads the demo's scripts: who says what, when, in which conversation. Pure.

    # Company
    ## Subject @ addressee            the part of a private conversation's addressee, if it is one
    -2 10:12 accountant? Text         two working days ago; `?` expects an answer, `!` reopens what was closed
    now -35m client /seen             minutes before now; a word with a slash is done rather than said

`[name.pdf]` in a text is attached. `{d-9}`, `{m-1}`, `{de-1}`, `{q-1}` and `{Q-1}` are a day, a month (alone, or with
"de") and a quarter, counted from the day on which the line is said. A line without a beginning of its own continues
the one above.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from babel.dates import format_date

if TYPE_CHECKING:
    from collections.abc import Iterator

LINE = re.compile(
    r"(?:(?P<days>-\d+) (?P<clock>\d\d:\d\d)|now -(?P<minutes>\d+)m) "
    r"(?P<who>[a-z]+)(?P<mark>[?!]?) (?:/(?P<do>[a-z]+) ?)?(?P<text>.*)"
)
FILE = re.compile(r"\[([^\]]+\.[a-z]{2,4})\] ?")
FIELD = re.compile(r"\{(d|m|de|q|Q)([+-]\d+)\}")
BEFORE_SIGN = re.compile(r" (?=[?!:;»%€])|(?<=«) ")
NO_BREAK = "\N{NO-BREAK SPACE}"
MONTHS = 12
SATURDAY = 5


@dataclass(frozen=True)
class Line:
    at: datetime
    who: str
    do: str  # "say", or what stands behind the slash
    text: str = ""
    files: tuple[str, ...] = ()
    expects_answer: bool = False
    reopens: bool = False


@dataclass
class Scene:
    """One conversation of one company, its lines in the order of time."""

    company: str
    subject: str
    addressee: str = ""
    lines: list[Line] = field(default_factory=list)


def scenes_of(script: str, *, now: datetime) -> list[Scene]:
    """`now` in the time zone of the stage."""
    scenes: list[Scene] = []
    company = ""
    for row in _rows(script):
        if row.startswith("# "):
            company = row[2:]
        elif row.startswith("## "):
            subject, _at, addressee = row[3:].partition(" @ ")
            scenes.append(Scene(company, subject, addressee))
        else:
            scenes[-1].lines.append(_line(row, scenes[-1], now=now))
    for scene in scenes:
        scene.subject = written(scene.subject, on=scene.lines[0].at.date())
    return scenes


def _rows(script: str) -> Iterator[str]:
    """Without the blank lines, and what continues a line joined to it."""
    row = ""
    for part in script.splitlines():
        if not part.strip() or "#" in {part[0], row[:1]} or LINE.fullmatch(part):
            if row:
                yield row
            row = part
        else:
            row = f"{row}\n{part}"
    if row:
        yield row


def _line(row: str, scene: Scene, *, now: datetime) -> Line:
    first, _newline, rest = row.partition("\n")
    found = LINE.fullmatch(first)
    if found is None:
        raise ValueError(f"Not a line of a script: {first}")
    at = _moment(found, now=now)
    if scene.lines:  # nothing is said before what it answers
        at = min(max(at, scene.lines[-1].at + timedelta(seconds=30)), now)
    text = found["text"] + (f"\n{rest}" if rest else "")
    return Line(
        at=at,
        who=found["who"],
        do=found["do"] or "say",
        text=written(FILE.sub("", text).strip(), on=at.date()),
        files=tuple(FILE.findall(text)),
        expects_answer=found["mark"] == "?",
        reopens=found["mark"] == "!",
    )


def _moment(found: re.Match[str], *, now: datetime) -> datetime:
    if found["minutes"]:
        return now - timedelta(minutes=int(found["minutes"]))
    day = working_days_before(-int(found["days"]), now.date())
    return min(datetime.combine(day, time.fromisoformat(found["clock"]), now.tzinfo), now)


def working_days_before(count: int, day: date) -> date:
    """Saturdays and Sundays do not count; holidays do, nobody will check."""
    while count:
        day -= timedelta(days=1)
        count -= day.weekday() < SATURDAY
    return day


# ── Texts ────────────────────────────────────────────────────────────────
def written(text: str, *, on: date) -> str:
    """With its fields filled in, and set as French is."""
    filled = FIELD.sub(lambda field: _field(field[1], int(field[2]), on), text)
    return BEFORE_SIGN.sub(NO_BREAK, filled.replace("'", "’"))


def _field(kind: str, step: int, on: date) -> str:
    if kind == "d":
        return str(format_date(on + timedelta(days=step), "d MMMM", locale="fr_BE"))
    if kind in "qQ":
        quarter = ((on.month - 1) // 3 + step) % 4
        words = ("premier", "deuxième", "troisième", "quatrième")[quarter] + " trimestre"
        return words.capitalize() if kind == "Q" else words
    name = month_name(on, step)
    if kind == "m":
        return name
    return f"d’{name}" if name[0] in "ao" else f"de {name}"


def month_name(on: date, step: int) -> str:
    month = (on.month - 1 + step) % MONTHS + 1
    return str(format_date(date(on.year, month, 1), "LLLL", locale="fr_BE"))
