from __future__ import annotations

from datetime import date

import pytest

from comptoir.ops.demo_script import Line, scenes_of, working_days_before, written
from tests.world import NOW

SCRIPT = """
# Moulin SA

## Farine {de-1} @ partner
-4 10:12 accountant? Bonjour : est-ce l'extrait du {d-2} ? [extrait.pdf]
et la suite
-4 09:00 client Oui
now -35m accountant /close
"""


def test_reads_who_says_what_when() -> None:
    (scene,) = scenes_of(SCRIPT, now=NOW)
    assert (scene.company, scene.subject, scene.addressee) == ("Moulin SA", "Farine d’octobre", "partner")
    said, answered, closed = scene.lines
    assert said == Line(
        at=NOW.replace(day=6, hour=10, minute=12),  # Friday: the weekend between does not count
        who="accountant",
        do="say",
        text="Bonjour\u00a0: est-ce l’extrait du 4 novembre\u00a0? \net la suite",
        files=("extrait.pdf",),
        expects_answer=True,
    )
    assert answered.at > said.at
    assert (closed.do, closed.at.hour, closed.at.minute) == ("close", 8, 55)


def test_a_slip_of_the_pen_is_named() -> None:
    with pytest.raises(ValueError, match="Not a line"):
        scenes_of("# A\n## B\nhello there", now=NOW)


@pytest.mark.parametrize(
    ("text", "on", "expected"),
    [
        ("{de-1}", date(2026, 5, 1), "d’avril"),
        ("{de-1} {m-1}", date(2026, 1, 9), "de décembre décembre"),
        ("{Q-1}, {q-1}", date(2026, 2, 1), "Quatrième trimestre, quatrième trimestre"),
        ("{d+1}", date(2026, 12, 31), "1 janvier"),
    ],
)
def test_fills_fields_in(text: str, on: date, expected: str) -> None:
    assert written(text, on=on) == expected


def test_counts_working_days() -> None:
    assert working_days_before(1, date(2026, 11, 16)) == date(2026, 11, 13)
    assert working_days_before(0, date(2026, 11, 15)) == date(2026, 11, 15)
