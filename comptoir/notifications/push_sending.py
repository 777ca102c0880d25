"""Handing a push to its service, and what the answer means for what is tried next (RFC 8030)."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, NamedTuple

from django.conf import settings

from comptoir.core.dialling import NotPermitted, Unreachable
from comptoir.core.outgoing import post
from comptoir.notifications.push_encryption import locked, packed
from comptoir.notifications.push_hosts import is_push_service
from comptoir.notifications.vapid import authorization

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from comptoir.notifications.models import PushDevice

# After a day an e-mail has told of it, or it was read elsewhere.
TTL_SECONDS = 24 * 3600
OK, REDIRECTS, GONE, WAIT, SERVER_ERRORS = 200, 300, {404, 410}, {408, 425, 429}, 500


class Answer(Enum):
    TAKEN = "taken"
    LATER = "later"
    AWAY = "away"  # the service, for every device of its
    GONE = "gone"  # nobody is behind this endpoint any more
    NEVER = "never"  # this request would always be refused


class Outcome(NamedTuple):
    answer: Answer
    text: str = ""


def hand_over(device: PushDevice, text: bytes, *, office_id: UUID, is_urgent: bool, at: datetime) -> Outcome:
    # Asked again: a service may have been taken off the list since the device was allowed.
    if not is_push_service(device.endpoint, more=settings.PUSH_HOSTS):
        return Outcome(Answer.NEVER, "This push service is not on the list.")
    headers = {
        "Authorization": authorization(device.endpoint, at=at),
        "Content-Encoding": "aes128gcm",
        "Content-Type": "application/octet-stream",
        "TTL": str(TTL_SECONDS),
        "Urgency": "high" if is_urgent else "normal",
        # What still waits at the service is replaced by this one, so that a telephone that comes back rings once.
        "Topic": packed(office_id.bytes),
    }
    try:
        reply = post(device.endpoint, locked(text, p256dh=device.p256dh, auth=device.auth), headers=headers)
    except NotPermitted as refusal:
        return Outcome(Answer.NEVER, str(refusal))
    except Unreachable as failure:
        return Outcome(Answer.AWAY, str(failure))
    return Outcome(meaning(reply.status), _said(reply.status, reply.body))


def meaning(status: int) -> Answer:
    if OK <= status < REDIRECTS:
        return Answer.TAKEN
    if status in GONE:
        return Answer.GONE
    return Answer.LATER if status in WAIT or status >= SERVER_ERRORS else Answer.NEVER


def _said(status: int, body: bytes) -> str:
    words = "".join(c if c.isprintable() else " " for c in body[:200].decode("utf-8", "replace"))
    return f"{status} {words}".strip()
