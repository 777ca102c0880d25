"""Questions in a conversation: how many are open, and what waits for whom because of them.

Conversations know no question. What is above them says how many there are, under the conversation's lock.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from comptoir.conversations.actions.gate import STATE_FIELDS, set_waiting, waiting_of
from comptoir.conversations.models import Message
from comptoir.conversations.rules import NOTHING_WAITS, Questions, after_questions
from comptoir.conversations.turns import turn_of
from comptoir.core.saving import update

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime
    from uuid import UUID

    from comptoir.conversations.models import Conversation


def count_questions(
    conversation: Conversation,
    *,
    at: datetime,
    open_questions: int,
    answered: int,
    messages: Collection[UUID],
    is_new_revision: bool = True,
) -> None:
    """Keep the count on the locked conversation, and have pages fetch those `messages` again.

    Without a new revision: in a transaction that has raised it already.
    """
    conversation.revision += is_new_revision
    conversation.open_questions = open_questions
    waiting = NOTHING_WAITS
    if conversation.is_open:
        waiting = after_questions(
            waiting_of(conversation),
            Questions(are_open=open_questions > 0, are_answered=answered > 0),
            office_asks=turn_of(conversation, by_office=True).asks,
            client_said=not turn_of(conversation, by_office=False).is_empty,
        )
    set_waiting(conversation, waiting, at=at)
    update(conversation, *STATE_FIELDS, "open_questions")
    if messages:
        Message.objects.filter(pk__in=messages).update(revision=conversation.revision)
