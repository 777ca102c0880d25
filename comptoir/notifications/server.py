"""How our mail server is: asked before each attempt, so that one that is away is not knocked at by every mail."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.db.models import F

from comptoir.notifications.models import Channel, MailServer

if TYPE_CHECKING:
    from datetime import datetime

# Back within two minutes of the server, however long it was away: one knock a minute costs nothing.
FIRST_WAIT, LONGEST_WAIT = timedelta(seconds=10), timedelta(seconds=60)
# Without a mail server mails are printed: that is no way of telling anybody.
PRINTED = "django.core.mail.backends.console.EmailBackend"


def has_mail_server() -> bool:
    return settings.EMAIL_BACKEND != PRINTED


def server_state(channel: Channel = Channel.EMAIL) -> MailServer:
    return MailServer.objects.filter(pk=channel).first() or MailServer(channel=channel)


def may_be_tried(*, now: datetime, channel: Channel = Channel.EMAIL) -> bool:
    state = server_state(channel)
    return state.try_at is None or state.try_at <= now


def note_server_answers(*, at: datetime, channel: Channel = Channel.EMAIL) -> None:
    well = {"last_ok_at": at, "failing_since": None, "failures": 0, "try_at": None, "last_error": ""}
    MailServer.objects.update_or_create(pk=channel, defaults=well)


def note_server_away(*, error: str, at: datetime, channel: Channel = Channel.EMAIL) -> None:
    state, _ = MailServer.objects.get_or_create(pk=channel)
    wait = min(LONGEST_WAIT, FIRST_WAIT * 2 ** min(state.failures, 10))
    MailServer.objects.filter(pk=channel).update(
        failing_since=state.failing_since or at,
        failures=F("failures") + 1,
        try_at=at + wait,
        last_error=error[:300],
    )
