"""What conversations do about events of people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import F

from comptoir.conversations.models import Conversation

if TYPE_CHECKING:
    from comptoir.activity.models import Event


def unassign(event: Event) -> None:
    """What a member who left was given goes back to whoever manages the dossier."""
    given = Conversation.objects.filter(assignee=event.subject_id)
    given.update(assignee=None, desk_revision=F("desk_revision") + 1)
