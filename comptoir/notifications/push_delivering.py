"""From the outbox to the push services: one person after the other, asking again what is true at that moment."""

from __future__ import annotations

import logging
from time import monotonic
from typing import TYPE_CHECKING

from comptoir.notifications import outbox
from comptoir.notifications.actions.devices import note_gone
from comptoir.notifications.delivering import put_back_all_but_leaving
from comptoir.notifications.devices import devices_of
from comptoir.notifications.models import Channel, PushDevice
from comptoir.notifications.push_sending import Answer, hand_over
from comptoir.notifications.pushes import written_push
from comptoir.people.models import Office

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime
    from uuid import UUID

    from comptoir.notifications.models import Delivery
    from comptoir.notifications.push_sending import Outcome

log = logging.getLogger(__name__)

# Mails and other jobs wait behind this one; what is left then goes with the next.
AT_MOST = 15.0  # seconds


def deliver_pushes(clock: Callable[[], datetime], *, at_most: float = AT_MOST) -> None:
    began = monotonic()
    for person_id, office_id in outbox.due(clock(), channel=Channel.PUSH):
        if monotonic() - began > at_most:
            return
        _deliver_to(person_id, office_id, clock)


def _deliver_to(person_id: UUID, office_id: UUID, clock: Callable[[], datetime]) -> None:
    rows = outbox.lease(person_id, office_id, channel=Channel.PUSH, now=clock())
    try:
        leaving = put_back_all_but_leaving(rows, now=clock())
        if leaving:
            _push(leaving, clock)
    except Exception:  # what goes wrong with one person's must not keep all others from leaving
        log.exception("A push could not be made")
        outbox.try_later(rows, error="Internal error: see the log of the server.", at=clock())


def _push(rows: Sequence[Delivery], clock: Callable[[], datetime]) -> None:
    devices = devices_of(rows[0].member.person)
    if not devices:
        outbox.skip(rows)
        return
    office = Office.objects.defer("logo").get(pk=rows[0].office_id)
    text, at = written_push(rows, office=office), clock()
    is_urgent = any(row.is_urgent for row in rows)
    outcomes = []
    for device in devices:
        if not _has_it_already(device, rows):
            outcome = hand_over(device, text, office_id=office.pk, is_urgent=is_urgent, at=at)
            _note(device, outcome, at=at)
            outcomes.append(outcome)
    _put_down(rows, outcomes, at=at)


def _has_it_already(device: PushDevice, rows: Sequence[Delivery]) -> bool:
    """Whether an earlier attempt reached this device, and is repeated for another one's sake only."""
    since = [row.failing_since for row in rows]
    if device.last_ok_at is None or None in since:
        return False
    return device.last_ok_at >= max(moment for moment in since if moment is not None)


def _note(device: PushDevice, outcome: Outcome, *, at: datetime) -> None:
    if outcome.answer is Answer.TAKEN:
        PushDevice.objects.filter(pk=device.pk).update(last_ok_at=at)
    elif outcome.answer is Answer.GONE:
        note_gone(device, at=at)


def _put_down(rows: Sequence[Delivery], outcomes: Sequence[Outcome], *, at: datetime) -> None:
    """Tried again as long as one device may still be reached; otherwise told, or, where none took it, given up."""
    answers = {outcome.answer for outcome in outcomes}
    if Answer.LATER in answers:
        error = next(outcome.text for outcome in outcomes if outcome.answer is Answer.LATER)
        outbox.try_later(rows, error=error, at=at)
    elif Answer.TAKEN in answers or not outcomes:
        outbox.put_down_sent(rows, at=at)
    elif Answer.NEVER in answers:
        outbox.give_up(rows, error=next(o.text for o in outcomes if o.answer is Answer.NEVER))
    else:
        outbox.skip(rows)  # nobody is there any more
