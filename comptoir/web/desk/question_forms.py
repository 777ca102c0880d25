"""What forms about questions carry: those that are ticked, for whom, by when, and when they leave."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from comptoir.core.errors import Invalid
from comptoir.questions.refusals import NotLater
from comptoir.web.thread.forms import uuid_from

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest
    from django.http.response import HttpResponseBase

MORNING = time(8)
SATURDAY = 5


def chosen(request: HttpRequest) -> list[UUID]:
    return [uuid_from(text, field="questions") for text in request.POST.getlist("question")]


def person(request: HttpRequest) -> UUID | None:
    text = request.POST.get("person", "")
    return uuid_from(text, field="audience") if text else None


def day(request: HttpRequest) -> date | None:
    text = request.POST.get("due_on", "")
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise Invalid(_("This is no date."), field="due_on") from None


def next_morning(now: datetime) -> datetime:
    """At eight, on the reader's clock, of the next day that is no weekend."""
    day = timezone.localtime(now).date() + timedelta(days=1)
    while day.weekday() >= SATURDAY:
        day += timedelta(days=1)
    return datetime.combine(day, MORNING, timezone.get_current_timezone())


def moment(request: HttpRequest) -> datetime | None:
    """At which they leave; None: at once."""
    when = request.POST.get("when", "")
    if when == "morning":
        return next_morning(timezone.now())
    if when != "then":
        return None
    try:
        typed = datetime.fromisoformat(request.POST.get("send_at", ""))
    except ValueError:
        raise NotLater(field="send_at") from None
    return typed if typed.tzinfo else typed.replace(tzinfo=timezone.get_current_timezone())


def back(request: HttpRequest, company_id: UUID) -> HttpResponseBase:
    """To the page from which it was done: the dossier's, or that of all."""
    if request.POST.get("back") == "all":
        return redirect("questions_to_send")
    return redirect("company_questions", company_id)
