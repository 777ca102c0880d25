"""Telling people, a few times a minute."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.utils import timezone

from comptoir.core.jobs import periodic, retrying
from comptoir.notifications.actions.item_links import note_wrong_code
from comptoir.notifications.announcing import work_announcements_off
from comptoir.notifications.delivering import deliver_mails
from comptoir.notifications.fresh_links import mail_fresh_link
from comptoir.notifications.last_resort import tell_last_resort  # noqa: F401 -- workers look for jobs here
from comptoir.notifications.push_delivering import deliver_pushes
from comptoir.notifications.tidying import tidy_devices, tidy_outbox


@periodic(every=settings.TELL_EVERY)
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
    tidy_devices(now=timezone.now())


# Whoever waits for it looks into their mailbox now: tried for some minutes, not for a day.
@retrying(attempts=5)
def send_fresh_link(secret: str = "", browser: str = "", email: str = "") -> None:
    """By digests only: a job's arguments stay in the table."""
    mail_fresh_link(secret=secret, browser=browser, email=email, at=timezone.now())


@retrying(attempts=3)
def note_code(email: str, at: str) -> None:
    note_wrong_code(email, at=datetime.fromisoformat(at))
