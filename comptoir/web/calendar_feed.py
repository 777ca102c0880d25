"""Deadlines for a calendar program, which has nothing but the address: whoever has that reads them."""

from __future__ import annotations

from datetime import UTC, date, timedelta
from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from icalendar import Calendar, Event

from comptoir.campaigns.fetching import feed_of
from comptoir.campaigns.queries import deadlines_seen, own_deadlines, own_of
from comptoir.core.errors import NotFound
from comptoir.web.deadline_rows import row_of

if TYPE_CHECKING:
    from datetime import datetime

    from django.http import HttpRequest

    from comptoir.campaigns.models import CalendarFeed
    from comptoir.web.deadline_rows import Row

PRODUCT = "-//Comptoir//Deadlines//EN"
HOW_OFTEN = timedelta(hours=12)


@require_safe
def calendar_feed(_request: HttpRequest, secret: str) -> HttpResponse:
    """From the beginning of last year to the end of next year, in the language of whoever made the address."""
    at = timezone.now()
    feed = feed_of(secret, at=at)
    if feed is None:
        raise NotFound
    with translation.override(feed.member.person.language):
        body = calendar_of(feed, at=at).to_ical()
    return HttpResponse(body, content_type="text/calendar; charset=utf-8")


def calendar_of(feed: CalendarFeed, *, at: datetime) -> Calendar:
    now = timezone.localtime(at)
    own = own_of(list(own_deadlines(feed.member)))
    first, last = date(now.year - 1, 1, 1), date(now.year + 1, 12, 31)
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", feed.company.name if feed.company else _("VAT deadlines"))
    calendar.add("refresh-interval", HOW_OFTEN, parameters={"VALUE": "DURATION"})
    for one in deadlines_seen(own, feed.company, first=first, last=last):
        row = row_of(one, now=now, language=feed.member.person.language)
        calendar.add_component(_event(row, feed, at=at))
    return calendar


def _event(row: Row, feed: CalendarFeed, *, at: datetime) -> Event:
    """A whole day, which makes nobody busy. The same deadline keeps its name when its date is set anew."""
    one = row.deadline
    event = Event()
    event.add("uid", f"{one.obligation}-{one.regime}-{one.period}@{feed.company_id or feed.office_id}")
    event.add("dtstamp", at.astimezone(UTC))
    event.add("dtstart", one.due_on)
    event.add("dtend", one.due_on + timedelta(days=1))
    event.add(
        "summary",
        f"{row.what} · {row.period}" if feed.company else f"{row.what} · {row.regime} · {row.period}",
    )
    event.add("description", f"{one.reason}\n{row.source}" if one.reason else row.source)
    event.add("transp", "TRANSPARENT")
    return event
