"""What follows from a message here: one plain row, in the message's own transaction, and the rest is a job's.

Sending is what people wait for. Who is to be told, and how, costs several questions to the database; none of them has
to be asked before the sender sees the tick. The row is written with the message or not at all, so nothing is lost.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from comptoir.core.saving import insert
from comptoir.notifications.models import Announcement, ReplyAddress

if TYPE_CHECKING:
    from comptoir.activity.models import Event


def announce(event: Event) -> None:
    """A conversation was begun or reopened, or a message sent."""
    insert(Announcement(event_id=event.pk, office_id=event.office_id))


def end_reply_addresses(event: Event) -> None:
    """A membership has ended. The gate refuses its answers anyhow; whoever comes back is given new addresses."""
    given = ReplyAddress.objects.filter(member=event.subject_id, revoked_at__isnull=True)
    given.update(revoked_at=event.at)
