"""Whom an address of a calendar speaks for, asked each time somebody fetches it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from comptoir.campaigns.models import CalendarFeed
from comptoir.people.models import Company
from comptoir.people.secrets import digest_of

if TYPE_CHECKING:
    from datetime import datetime

    from comptoir.people.models import Membership


def feed_of(secret: str, *, at: datetime) -> CalendarFeed | None:
    """None for any other text, for whoever left, and for a dossier that they see no more."""
    found = CalendarFeed.objects.in_force().filter(
        digest=digest_of(secret), member__ended_at__isnull=True, member__person__is_active=True
    )
    feed = found.select_related("member__person", "office", "company").defer("office__logo").first()
    if feed is None:
        return None
    if feed.company and not _is_still_seen(feed.company, feed.member):
        return None
    if feed.last_used_on != at.date():  # once a day, so that reading stays reading
        CalendarFeed.objects.filter(pk=feed.pk).update(last_used_on=at.date())
    return feed


def _is_still_seen(company: Company, member: Membership) -> bool:
    return Company.objects.visible_to(member).active().filter(pk=company.pk).exists()
