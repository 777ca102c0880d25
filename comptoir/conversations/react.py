"""What conversations do about events of people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Exists, F, OuterRef, Q

from comptoir.conversations.models import Conversation
from comptoir.people.models import GroupMember
from comptoir.people.profiles import Profile

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
    """What was given to a member who has left, or whom the dossier is closed to now, is nobody's again.

    Asked of the whole office: such a change is rare, and who lost what by it is the gate's to know, not the event's.
    """
    given = Conversation.objects.filter(office=event.office_id, assignee__isnull=False)
    group = GroupMember.objects.filter(group=OuterRef("company__group"), member=OuterRef("assignee"))
    holds = Q(assignee__profile=Profile.ADMINISTRATOR) | Q(company__manager=F("assignee")) | Exists(group)
    kept = given.filter(holds, assignee__ended_at__isnull=True, assignee__person__is_active=True)
    lost = given.exclude(pk__in=kept.values("pk"))
    lost.update(assignee=None, desk_revision=F("desk_revision") + 1)
