"""What the administrator's page reads of the outbox."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Max

from comptoir.notifications.models import OPEN, Channel, Delivery, Mail, State
from comptoir.notifications.server import server_state

if TYPE_CHECKING:
    from datetime import datetime

    from comptoir.notifications.models import MailServer
    from comptoir.people.models import Membership

SHOWN_AT_MOST = 100
COUNTED_AT_MOST = 1000


@dataclass(frozen=True)
class OutboxState:
    server: MailServer
    last_taken_at: datetime | None  # of this office
    waiting: int  # at most 1000


def outbox_state(member: Membership) -> OutboxState:
    waiting = Delivery.objects.filter(office=member.office_id, channel=Channel.EMAIL, state__in=OPEN)
    taken = Mail.objects.filter(office=member.office_id).aggregate(at=Max("accepted_at"))
    return OutboxState(
        server=server_state(),
        last_taken_at=taken["at"],
        waiting=waiting.order_by()[:COUNTED_AT_MOST].count(),
    )


def dead_letters(member: Membership) -> list[Delivery]:
    """The office's newest, each with its recipient; not what was written."""
    dead = Delivery.objects.filter(office=member.office_id, state=State.DEAD)
    people = dead.select_related("member__person", "member__company", "conversation")
    return list(people.order_by("-created_at")[:SHOWN_AT_MOST])
