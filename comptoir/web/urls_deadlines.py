"""The addresses of deadlines: calendars, what the office sets otherwise, and the feeds for calendar programs."""

from __future__ import annotations

from django.urls import path

from comptoir.web import calendar_feed
from comptoir.web.desk import deadlines, deadlines_own

urlpatterns = [
    path("desk/deadlines/", deadlines.deadlines, name="deadlines"),
    path("desk/companies/<uuid:company_id>/deadlines", deadlines.company_deadlines, name="company_deadlines"),
    path(
        "desk/deadlines/dates/<slug:regime>/<slug:period>/<slug:obligation>",
        deadlines_own.deadline_date,
        name="deadline_date",
    ),
    path("desk/deadlines/rule", deadlines_own.deadline_rule, name="deadline_rule"),
    path(
        "desk/deadlines/<uuid:deadline_id>/withdraw",
        deadlines_own.deadline_withdraw,
        name="deadline_withdraw",
    ),
    path("desk/deadlines/feed", deadlines.feed_make, name="feed_make"),
    path("desk/companies/<uuid:company_id>/feed", deadlines.company_feed_make, name="company_feed_make"),
    path("desk/deadlines/feeds/<uuid:feed_id>/revoke", deadlines.feed_revoke, name="feed_revoke"),
    path("calendar/<str:secret>.ics", calendar_feed.calendar_feed, name="calendar_feed"),
]
