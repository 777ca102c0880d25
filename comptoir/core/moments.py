"""Moments in words: the hour today, the weekday within the week, then the day. Pure: `now` and language are given.

Every moment handed in must already be in the reader's time zone; "today" is theirs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from babel import Locale
from babel.dates import parse_pattern

if TYPE_CHECKING:
    from datetime import date, datetime

CLOCK = "HH:mm"  # all four languages of Belgium count to 24
A_WEEK = 7


class _Wording(NamedTuple):
    locale: Locale
    day: str = "d MMM"
    day_in_year: str = "d MMM y"
    long_day: str = "EEEE d MMMM"
    long_day_in_year: str = "EEEE d MMMM y"


_WORDINGS = {
    "fr": _Wording(Locale("fr", "BE")),
    "nl": _Wording(Locale("nl", "BE")),
    "en": _Wording(Locale("en", "GB")),
    "de": _Wording(Locale("de", "BE"), "d. MMM", "d. MMM y", "EEEE, d. MMMM", "EEEE, d. MMMM y"),
}


def _wording(language: str) -> _Wording:
    return _WORDINGS.get(language[:2], _WORDINGS["en"])


def _said(at: date, pattern: str, locale: Locale) -> str:
    return str(parse_pattern(pattern).apply(at, locale))


def clock(at: datetime) -> str:
    """`09:12`"""
    return f"{at:%H:%M}"


def moment(at: datetime, *, now: datetime, language: str) -> str:
    """As short as it can be read: `09:12` today, `lundi` within the week, `12 nov.`, `12 nov. 2025`."""
    days = (now.date() - at.date()).days
    if days == 0:
        return clock(at)
    words = _wording(language)
    if 0 < days < A_WEEK:
        return _said(at, "EEEE", words.locale)
    return day(at, now=now, language=language)


def day(at: date, *, now: datetime, language: str) -> str:
    """`12 nov.`, with its year where that is not this one."""
    words = _wording(language)
    return _said(at, words.day if at.year == now.year else words.day_in_year, words.locale)


def moment_exact(at: datetime, *, language: str) -> str:
    """`12 nov. 2026, 14:05`"""
    words = _wording(language)
    return _said(at, f"{words.day_in_year}, {CLOCK}", words.locale)


def moment_long(at: datetime, *, language: str) -> str:
    """`jeudi 12 novembre 2026, 09:12`: the title of every shorter one."""
    words = _wording(language)
    return _said(at, f"{words.long_day_in_year}, {CLOCK}", words.locale)


def day_long(at: date, *, now: datetime, language: str) -> str:
    """`jeudi 12 novembre`, with its year where that is not this one."""
    words = _wording(language)
    return _said(at, words.long_day if at.year == now.year else words.long_day_in_year, words.locale)


def month(of: date, *, language: str) -> str:
    """`octobre 2026`"""
    return _said(of, "LLLL y", _wording(language).locale)


def quarter(of: date, *, language: str) -> str:
    """`4e trimestre 2026`"""
    return _said(of, "QQQQ y", _wording(language).locale)
