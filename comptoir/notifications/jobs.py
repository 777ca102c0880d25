"""Telling people, a few times a minute."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from comptoir.core.jobs import periodic, retrying
from comptoir.notifications.announcing import work_announcements_off
from comptoir.notifications.delivering import deliver_mails
from comptoir.notifications.push_delivering import deliver_pushes
from comptoir.notifications.tidying import tidy_outbox


@periodic(every=timedelta(seconds=20))
@retrying(attempts=1)
def tell() -> None:
    """By any number of workers at once. What one of them leaves undone is the next slot's."""
    work_announcements_off(now=timezone.now())
    deliver_pushes(timezone.now)
    deliver_mails(timezone.now)


@periodic(every=timedelta(days=1), offset=timedelta(hours=3))
@retrying(attempts=3)
def forget_what_was_told() -> None:
    tidy_outbox(now=timezone.now())
