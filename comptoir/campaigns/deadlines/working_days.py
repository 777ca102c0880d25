"""Belgian working days: neither a weekend nor one of the ten legal holidays.

The days on which only banks are closed (Good Friday, the day after Ascension, 26 December) are working days here: no
deadline moves for them.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache

from holidays import country_holidays

SATURDAY = 5


@cache
def _holidays(year: int) -> frozenset[date]:
    return frozenset(country_holidays("BE", years=year))


def is_holiday(day: date) -> bool:
    return day in _holidays(day.year)


def is_working_day(day: date) -> bool:
    return day.weekday() < SATURDAY and not is_holiday(day)


def next_working_day(day: date) -> date:
    """That day itself if it is one."""
    while not is_working_day(day):
        day += timedelta(days=1)
    return day


def working_day_before(day: date) -> date:
    """That day itself if it is one."""
    while not is_working_day(day):
        day -= timedelta(days=1)
    return day
