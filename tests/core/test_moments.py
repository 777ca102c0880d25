"""Moments in the four languages, from the hour to the year."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from comptoir.core.moments import clock, day, day_long, moment, moment_exact, moment_long

BRUSSELS = ZoneInfo("Europe/Brussels")
NOW = datetime(2026, 11, 12, 18, 30, tzinfo=BRUSSELS)  # a Thursday
MORNING = datetime(2026, 11, 12, 9, 12, tzinfo=BRUSSELS)


@pytest.mark.parametrize(
    ("at", "said"),
    [
        (MORNING, "09:12"),
        (MORNING - timedelta(days=1), "mercredi"),
        (MORNING - timedelta(days=6), "vendredi"),
        (MORNING - timedelta(days=7), "5 nov."),
        (datetime(2026, 1, 2, 8, 0, tzinfo=BRUSSELS), "2 janv."),
        (datetime(2025, 11, 12, 8, 0, tzinfo=BRUSSELS), "12 nov. 2025"),
        (MORNING + timedelta(days=2), "14 nov."),
    ],
)
def test_it_is_as_short_as_it_can_be_read(at: datetime, said: str) -> None:
    assert moment(at, now=NOW, language="fr") == said


@pytest.mark.parametrize(
    ("language", "weekday", "short", "long"),
    [
        ("fr", "lundi", "12 nov. 2026, 09:12", "jeudi 12 novembre 2026, 09:12"),
        ("nl", "maandag", "12 nov 2026, 09:12", "donderdag 12 november 2026, 09:12"),
        ("en", "Monday", "12 Nov 2026, 09:12", "Thursday 12 November 2026, 09:12"),
        ("de", "Montag", "12. Nov. 2026, 09:12", "Donnerstag, 12. November 2026, 09:12"),
    ],
)
def test_it_speaks_the_readers_language(language: str, weekday: str, short: str, long: str) -> None:
    assert moment(MORNING - timedelta(days=3), now=NOW, language=language) == weekday
    assert moment_exact(MORNING, language=language) == short
    assert moment_long(MORNING, language=language) == long


def test_a_region_of_a_language_is_that_language() -> None:
    assert day(MORNING, now=NOW, language="nl-be") == "12 nov"


def test_the_year_is_said_only_where_it_is_another() -> None:
    assert day_long(MORNING, now=NOW, language="fr") == "jeudi 12 novembre"
    assert day_long(MORNING.replace(year=2025), now=NOW, language="fr") == "mercredi 12 novembre 2025"


def test_the_clock_counts_to_24() -> None:
    assert clock(MORNING.replace(hour=0, minute=5)) == "00:05"
