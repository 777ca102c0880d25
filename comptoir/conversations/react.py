"""What conversations do about events of people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import F, Q

from comptoir.conversations.models import Conversation

if TYPE_CHECKING:
    from comptoir.activity.models import Event


def settle(event: Event) -> None:
    """In a dossier that is put away nothing waits for anybody, as nobody could do it."""
    waiting = (
        Q(awaiting_office_since__isnull=False) | Q(awaiting_client_since__isnull=False) | Q(to_be_seen=True)
    )
    Conversation.objects.filter(waiting, company=event.subject_id).update(
        awaiting_office_since=None, awaiting_client_since=None, to_be_seen=False
    )


def unassign(event: Event) -> None:
    """What a member who left was given goes back to whoever manages the dossier."""
    given = Conversation.objects.filter(assignee=event.subject_id)
    given.update(assignee=None, desk_revision=F("desk_revision") + 1)
