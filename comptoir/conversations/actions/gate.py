"""Fetch, check and lock in one step: every write of this package begins here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from comptoir.conversations.models import Conversation
from comptoir.conversations.querysets import still_in_force
from comptoir.conversations.refusals import BegunByTheOffice, ConversationClosed, DossierArchived
from comptoir.conversations.rules import Do, Facts, Waiting, is_theirs, may, would_be_allowed_if_open
from comptoir.core.errors import NotAllowed, NotFound
from comptoir.core.prepared import prepared

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime
    from uuid import UUID

    from django.db.models import QuerySet

    from comptoir.people.models import Membership


@prepared
def _visible_locked(*, member: Membership, conversation_id: UUID) -> QuerySet[Conversation]:
    seen = Conversation.objects.visible_to(member).filter(still_in_force(member))
    seen = seen.select_related("company").select_for_update(of=("self",))
    return seen.filter(pk=conversation_id)


def locked(conversation_id: UUID, *, by: Membership) -> Conversation:
    """The conversation under its row's lock, if `by` sees it now; `NotFound` otherwise. Needs a transaction."""
    found = _visible_locked.first(member=by, conversation_id=conversation_id)
    if found is None:
        raise NotFound
    return found


def locked_all(conversation_ids: Iterable[UUID], *, by: Membership) -> list[Conversation]:
    """Those of them that `by` sees now, each under its row's lock. Always in one order: two that lock the same do not
    wait for each other.
    """
    seen = Conversation.objects.visible_to(by).filter(still_in_force(by), pk__in=list(conversation_ids))
    return list(seen.select_for_update(of=("self",)).order_by("pk"))


def require(conversation: Conversation, do: Do, *, by: Membership) -> None:
    """Raise what fits if the table does not allow it: closed, begun by the office, or not this profile's."""
    if may(by.profile, do, facts_of(conversation, member=by)):
        return
    if conversation.company.archived_at is not None and is_theirs(by.profile, do):
        raise DossierArchived
    if not conversation.is_open and would_be_allowed_if_open(by.profile, do):
        raise ConversationClosed
    if do is Do.CLOSE and conversation.is_open and would_be_allowed_if_open(by.profile, do):
        raise BegunByTheOffice
    raise NotAllowed


def facts_of(conversation: Conversation, *, member: Membership) -> Facts:
    return Facts(
        is_open=conversation.is_open,
        started_by_office=conversation.started_by_office,
        by_link=member.is_by_link,
        is_archived=conversation.company.archived_at is not None,
    )


def waiting_of(conversation: Conversation) -> Waiting:
    return Waiting(
        office=conversation.awaiting_office_since is not None,
        client=conversation.awaiting_client_since is not None,
        to_be_seen=conversation.to_be_seen,
    )


def set_waiting(conversation: Conversation, waiting: Waiting, *, at: datetime) -> None:
    """Put what waits on the row, unsaved; a side that waited already keeps since when."""
    conversation.awaiting_office_since = (
        (conversation.awaiting_office_since or at) if waiting.office else None
    )
    conversation.awaiting_client_since = (
        (conversation.awaiting_client_since or at) if waiting.client else None
    )
    conversation.to_be_seen = waiting.to_be_seen


STATE_FIELDS = ["revision", "awaiting_office_since", "awaiting_client_since", "to_be_seen"]
LAST_FIELDS = ["last_position", "last_message_at", "last_author", "last_line", "last_has_files"]
CLOSING_FIELDS = ["closed_at", "closed_by", "reopened_at", "open_questions"]
