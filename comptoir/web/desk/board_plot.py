"""The plot above the board, with its figures in words: how much is in, and how much was at the same day before."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils import timezone

from comptoir.campaigns.progress import course_of
from comptoir.web.desk.burn_up import plot_of

if TYPE_CHECKING:
    from datetime import date, datetime

    from comptoir.campaigns.board import Line
    from comptoir.campaigns.models import Campaign
    from comptoir.campaigns.progress import Progress

WHOLE = 100


def plot_facts(
    campaign: Campaign, come: Progress, before: Progress | None, found: list[Line], *, now: datetime
) -> dict[str, Any]:
    if not campaign.opened_at:
        return {"plot": None}
    today = now.date()
    opened_on = timezone.localdate(campaign.opened_at)
    course = course_of(come, before, opened_on=opened_on, legal_on=campaign.legal_on, today=today)
    plot = plot_of(course, asked_for=campaign.due_on, legal_on=campaign.legal_on, chases=_chases(found))
    share = round(WHOLE * course.now[-1]) if course.now else 0
    had = round(WHOLE * course.before[course.at]) if 0 <= course.at < len(course.before) else None
    return {
        "plot": plot,
        "course": course,
        "share": share,
        "got": come.count(today),
        "asked": come.total,
        "had": had,
    }


def _chases(found: list[Line]) -> list[tuple[date, bool]]:
    sent = {timezone.localdate(line.last_chased_at) for line in found if line.last_chased_at}
    coming = {timezone.localdate(line.next_step_at) for line in found if line.next_step_at} - sent
    return [(day, True) for day in sorted(sent)] + [(day, False) for day in sorted(coming)]
