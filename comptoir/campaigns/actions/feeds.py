"""Private addresses of calendars: made for oneself, shown once, ended at any time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from comptoir.activity.record import record
from comptoir.activity.verbs import Verb
from comptoir.campaigns.models import CalendarFeed
from comptoir.core.errors import NotAllowed, NotFound
from comptoir.people.models import Company
from comptoir.people.secrets import digest_of, new_secret

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from comptoir.people.models import Membership


@transaction.atomic
def make_feed(company_id: UUID | None, *, by: Membership, at: datetime) -> tuple[CalendarFeed, str]:
    """A new address of the office's deadlines, or of one dossier's, and its secret, which is kept nowhere."""
    if not by.is_office:
        raise NotAllowed
    if company_id and not Company.objects.visible_to(by).filter(pk=company_id).exists():
        raise NotFound
    secret = new_secret()
    feed = CalendarFeed.objects.create(
        office_id=by.office_id, member=by, company_id=company_id, digest=digest_of(secret), made_at=at
    )
    _record(Verb.FEED_MADE, feed, by=by, at=at)
    return feed, secret


@transaction.atomic
def revoke_feed(feed_id: UUID, *, by: Membership, at: datetime) -> CalendarFeed:
    """End one of one's own; it answers nobody from this transaction on."""
    mine = CalendarFeed.objects.visible_to(by).in_force().select_for_update(of=("self",))
    feed = mine.filter(pk=feed_id).first()
    if feed is None:
        raise NotFound
    feed.revoked_at = at
    feed.save(update_fields=["revoked_at"])
    _record(Verb.FEED_REVOKED, feed, by=by, at=at)
    return feed


def _record(verb: Verb, feed: CalendarFeed, *, by: Membership, at: datetime) -> None:
    record(verb, feed.pk, office_id=feed.office_id, company_id=feed.company_id, by_id=by.pk, at=at)
