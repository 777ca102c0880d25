"""Lines that the system writes into a conversation for both sides, and the changes of state they tell of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from comptoir.activity.record import record
from comptoir.activity.verbs import Verb
from comptoir.conversations.actions.gate import set_waiting
from comptoir.conversations.models import Kind, Message
from comptoir.conversations.rules import after_reopened
from comptoir.core.ids import new_id

if TYPE_CHECKING:
    from datetime import datetime

    from comptoir.conversations.models import Conversation
    from comptoir.people.models import Membership


def add_line(conversation: Conversation, kind: Kind, *, by: Membership, at: datetime) -> Message:
    """Raise the revision and write the line; the caller saves the conversation."""
    conversation.revision += 1
    return Message.objects.create(
        id=new_id(),
        office_id=conversation.office_id,
        company_id=conversation.company_id,
        conversation=conversation,
        author=by,
        by_office=by.is_office,
        kind=kind,
        content_hash="",
        position=conversation.revision,
        revision=conversation.revision,
        sent_at=at,
    )


def reopen(conversation: Conversation, *, by: Membership, at: datetime) -> None:
    """Open the locked conversation again; the caller has checked, and saves it."""
    conversation.closed_at = conversation.closed_by = None
    conversation.reopened_at = at
    set_waiting(conversation, after_reopened(by_office=by.is_office), at=at)
    add_line(conversation, Kind.REOPENED, by=by, at=at)
    record_change(conversation, Verb.CONVERSATION_REOPENED, by=by, at=at)


def record_change(conversation: Conversation, verb: Verb, *, by: Membership, at: datetime) -> None:
    record(
        verb,
        conversation.pk,
        office_id=conversation.office_id,
        company_id=conversation.company_id,
        conversation_id=conversation.pk,
        by_id=by.pk,
        at=at,
        revision=conversation.revision,
        desk_revision=conversation.desk_revision,
    )
