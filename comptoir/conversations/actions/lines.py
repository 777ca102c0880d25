"""Lines that the system writes into a conversation for both sides, and the changes of state they tell of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from comptoir.activity.record import record
from comptoir.activity.verbs import Verb
from comptoir.conversations.actions.gate import set_waiting
from comptoir.conversations.actions.receipt import advance_author
from comptoir.conversations.models import Kind, Message
from comptoir.conversations.rules import after_reopened
from comptoir.core.ids import new_id
from comptoir.core.saving import update

if TYPE_CHECKING:
    from datetime import datetime

    from comptoir.conversations.models import Conversation
    from comptoir.people.models import Membership


def add_line(
    conversation: Conversation, kind: Kind, *, by: Membership, at: datetime, body: str = ""
) -> Message:
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
        body=body,
        content_hash="",
        position=conversation.revision,
        revision=conversation.revision,
        sent_at=at,
    )


def add_passing(conversation: Conversation, *, by: Membership, to: Membership, at: datetime) -> Message:
    """The line that a question is a colleague's now. It is something to be read, as a message is: whoever has opened
    the conversation since has seen it, and is not told of it any more.
    """
    newest_before = conversation.last_position
    line = add_line(conversation, Kind.PASSED_ON, by=by, at=at, body=to.person.name)
    conversation.last_position = line.position
    update(conversation, "last_position")
    advance_author(conversation, author=by, newest_before=newest_before, position=line.position)
    return line


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
