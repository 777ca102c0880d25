"""Dead letters, taken up again or put aside by an administrator."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from comptoir.activity.record import record
from comptoir.activity.verbs import Verb
from comptoir.core.errors import NotFound
from comptoir.notifications.models import Delivery, State
from comptoir.notifications.outbox import put_aside, take_up_again
from comptoir.people.gate import require_administrator

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from comptoir.people.models import Membership


@transaction.atomic
def retry_deliveries(delivery_id: UUID | None = None, *, by: Membership, at: datetime) -> int:
    """One dead letter of the office, or all of them. Whether they are still due is asked when they leave."""
    ids = _dead(delivery_id, by=by)
    number = take_up_again(ids, at=at)
    _record(Verb.DELIVERY_RETRIED, delivery_id, by=by, at=at, number=number)
    return number


@transaction.atomic
def drop_deliveries(delivery_id: UUID | None = None, *, by: Membership, at: datetime) -> int:
    """Their recipients hear of them in another way, or need not: they leave the list and are never sent."""
    ids = _dead(delivery_id, by=by)
    number = put_aside(ids)
    _record(Verb.DELIVERY_DROPPED, delivery_id, by=by, at=at, number=number)
    return number


def _dead(delivery_id: UUID | None, *, by: Membership) -> list[UUID]:
    require_administrator(by)
    dead = Delivery.objects.filter(office=by.office_id, state=State.DEAD)
    if delivery_id is not None:
        dead = dead.filter(pk=delivery_id)
    ids = list(dead.values_list("pk", flat=True))
    if delivery_id is not None and not ids:
        raise NotFound
    return ids


def _record(verb: Verb, delivery_id: UUID | None, *, by: Membership, at: datetime, number: int) -> None:
    subject = delivery_id or by.office_id
    record(verb, subject, office_id=by.office_id, by_id=by.pk, at=at, number=number)
