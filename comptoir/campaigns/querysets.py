"""The gate of this package: the dates that an office set for itself, and the calendars that somebody subscribed to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models

if TYPE_CHECKING:
    from comptoir.campaigns.models import CalendarFeed, OwnDeadline  # noqa: F401 -- named in the bases below
    from comptoir.people.models import Membership


class OwnDeadlineQuerySet(models.QuerySet["OwnDeadline"]):
    def visible_to(self, member: Membership) -> OwnDeadlineQuerySet:
        """All of the staff: they are about no client, but about all of one kind."""
        return self.filter(office=member.office_id) if member.is_office else self.none()

    def in_force(self) -> OwnDeadlineQuerySet:
        return self.filter(withdrawn_at__isnull=True)


class CalendarFeedQuerySet(models.QuerySet["CalendarFeed"]):
    def visible_to(self, member: Membership) -> CalendarFeedQuerySet:
        """One's own: an address that somebody else could see would be theirs as well."""
        return self.filter(member=member.pk) if member.is_office else self.none()

    def in_force(self) -> CalendarFeedQuerySet:
        return self.filter(revoked_at__isnull=True)
