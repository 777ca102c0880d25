"""Deadlines in words, for pages and calendar programs."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from comptoir.campaigns.deadlines.periods import Cycle, Period, period_named
from comptoir.campaigns.deadlines.rules import Source
from comptoir.campaigns.models import Owed
from comptoir.core import moments
from comptoir.people.models import VatRegime

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from comptoir.campaigns.deadlines.calendar import Deadline


SOURCES = {
    Source.BEFORE_CHAIN: _("20th, before the VAT chain"),
    Source.CHAIN: _("VAT chain: law of 12-03-2023, circular 2025/C/6"),
    Source.TRANSITION: _("VAT chain, transition: circulars 2025/C/6 and 2025/C/62"),
    Source.SUMMER_2024: _("As announced for the summer of 2024"),
    Source.SUMMER_2025: _("As announced for the summer of 2025"),
    Source.PREPAYMENT: _("By 24 December"),
    Source.CLIENT_LISTING: _("Before 31 March"),
}


@dataclass(frozen=True)
class Row:
    deadline: Deadline
    what: str
    regime: str
    period: str
    day: str  # when it falls due
    is_past: bool

    @property
    def source(self) -> str:
        return str(SOURCES[self.deadline.source])


@dataclass(frozen=True)
class Month:
    name: str
    rows: list[Row]


def row_of(deadline: Deadline, *, now: datetime, language: str) -> Row:
    return Row(
        deadline=deadline,
        what=str(Owed(deadline.obligation).label),
        regime=str(VatRegime(deadline.regime).label),
        period=period_shown(deadline.period, language=language),
        day=moments.day_long(deadline.due_on, now=now, language=language),
        is_past=deadline.due_on < now.date(),
    )


def by_month(deadlines: Iterable[Deadline], *, now: datetime, language: str) -> list[Month]:
    """By the month in which they fall due; in order."""
    rows = (row_of(one, now=now, language=language) for one in deadlines)
    months = groupby(rows, key=lambda row: row.deadline.due_on.replace(day=1))
    return [Month(moments.month(first, language=language), list(found)) for first, found in months]


def period_shown(period: Period, *, language: str) -> str:
    """`octobre 2026`, `4e trimestre 2026`, `2026`"""
    match period.cycle:
        case Cycle.MONTH:
            return moments.month(period.first_day, language=language)
        case Cycle.QUARTER:
            return moments.quarter(period.first_day, language=language)
    return str(period.year)


def period_shown_named(name: str, *, language: str) -> str:
    return period_shown(period_named(name), language=language)
