"""One round through the outbox by one channel: person after person, asking again what is true at that moment."""

from __future__ import annotations

import logging
from time import monotonic
from typing import TYPE_CHECKING

from comptoir.notifications import outbox
from comptoir.notifications.assessment import assessed

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from comptoir.notifications.models import Channel, Delivery

    Clock = Callable[[], datetime]
    Send = Callable[[Sequence[Delivery]], bool]

log = logging.getLogger(__name__)

# Other jobs wait behind this one; what is left then goes with the next.
AT_MOST = 15.0  # seconds


def one_round(channel: Channel, send: Send, clock: Clock, *, at_most: float = AT_MOST) -> None:
    """Until all that is due was handed to `send`, the time is up, or `send` says that nobody else need be tried."""
    began = monotonic()
    for person_id, office_id in outbox.due(clock(), channel=channel):
        if monotonic() - began > at_most:
            return
        rows = outbox.lease(person_id, office_id, channel=channel, now=clock())
        if not _goes_on(rows, send, clock):
            return


def _goes_on(rows: Sequence[Delivery], send: Send, clock: Clock) -> bool:
    try:
        leaving = put_back_all_but_leaving(rows, now=clock())
        return not leaving or send(leaving)
    except Exception:  # what goes wrong with one person's must not keep all others from leaving
        log.exception("What was to leave could not be made")
        outbox.try_later(rows, error="Internal error: see the log of the server.", at=clock())
        return True


def put_back_all_but_leaving(rows: Sequence[Delivery], *, now: datetime) -> list[Delivery]:
    """Whether each is still to be told."""
    found = assessed(rows, now=now)
    if found.never:
        outbox.skip(found.never)
    for row, at in found.later:
        outbox.put_back(row, due_at=at)
    return found.now
