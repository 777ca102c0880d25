"""From the outbox to the push services, a round at a time."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from comptoir.notifications import outbox
from comptoir.notifications.actions.devices import note_gone
from comptoir.notifications.devices import devices_of
from comptoir.notifications.models import Channel, PushDevice
from comptoir.notifications.push_sending import Answer, hand_over
from comptoir.notifications.pushes import written_push
from comptoir.notifications.rounds import AT_MOST, one_round
from comptoir.people.models import Office

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from comptoir.notifications.models import Delivery
    from comptoir.notifications.push_sending import Outcome
    from comptoir.notifications.rounds import Clock

# Within two minutes of a service that was away for an hour; after that an e-mail tells sooner.
WAITS = [timedelta(minutes=1)] * 60 + [timedelta(minutes=15)]


def deliver_pushes(clock: Clock, *, at_most: float = AT_MOST) -> None:
    away: dict[str, Outcome] = {}
    one_round(Channel.PUSH, lambda rows: _pushed(rows, away, clock), clock, at_most=at_most)


def _pushed(rows: Sequence[Delivery], away: dict[str, Outcome], clock: Clock) -> bool:
    devices = devices_of(rows[0].member.person)
    if not devices:
        outbox.skip(rows)
        return True
    office = Office.objects.defer("logo").get(pk=rows[0].office_id)
    text, at = written_push(rows, office=office), clock()
    is_urgent = any(row.is_urgent for row in rows)
    outcomes = []
    for device in devices:
        if not _has_it_already(device, rows):
            outcome = away.get(service_of(device)) or hand_over(
                device, text, office_id=office.pk, is_urgent=is_urgent, at=at
            )
            _note(device, outcome, away, at=at)
            outcomes.append(outcome)
    _put_down(rows, outcomes, at=at)
    return True


def service_of(device: PushDevice) -> str:
    return urlsplit(device.endpoint).netloc


def _has_it_already(device: PushDevice, rows: Sequence[Delivery]) -> bool:
    """Whether an earlier attempt reached this device, and is repeated for another one's sake only."""
    since = [row.failing_since for row in rows]
    if device.last_ok_at is None or None in since:
        return False
    return device.last_ok_at >= max(moment for moment in since if moment is not None)


def _note(device: PushDevice, outcome: Outcome, away: dict[str, Outcome], *, at: datetime) -> None:
    if outcome.answer is Answer.AWAY:  # once a round is enough: each attempt may wait for seconds
        away[service_of(device)] = outcome
    elif outcome.answer is Answer.TAKEN:
        PushDevice.objects.filter(pk=device.pk).update(last_ok_at=at)
    elif outcome.answer is Answer.GONE:
        note_gone(device, at=at)


def _put_down(rows: Sequence[Delivery], outcomes: Sequence[Outcome], *, at: datetime) -> None:
    """Tried again as long as one device may still be reached; otherwise told, or, where none took it, given up."""
    answers = {outcome.answer for outcome in outcomes}
    again = [outcome.text for outcome in outcomes if outcome.answer in {Answer.LATER, Answer.AWAY}]
    if again:
        outbox.try_later(rows, error=again[0], at=at, waits=WAITS)
    elif Answer.TAKEN in answers or not outcomes:
        outbox.put_down_sent(rows, at=at)
    elif Answer.NEVER in answers:
        outbox.give_up(rows, error=next(o.text for o in outcomes if o.answer is Answer.NEVER))
    else:
        outbox.skip(rows)  # nobody is there any more
