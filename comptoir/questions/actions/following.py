"""What becomes of questions when their conversation moves: withdrawn when it ends."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from comptoir.activity.verbs import Verb
from comptoir.conversations.models import Conversation
from comptoir.questions.actions.gate import follow, move, questions_locked, tell
from comptoir.questions.states import Does, Side

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from comptoir.people.models import Membership
    from comptoir.questions.models import Question


@transaction.atomic
def withdraw_with(
    conversation_id: UUID, *, by: Membership, at: datetime, why: str, message_id: UUID | None = None
) -> list[Question]:
    """The open ones of a conversation that was closed, or of a message that was deleted, in that change's transaction."""
    talk = Conversation.objects.select_related("company").get(pk=conversation_id)
    rows = [one for one in questions_locked(talk) if one.is_open and message_id in (None, one.message_id)]
    for question in rows:
        move(question, Does.WITHDRAW, Side.OFFICE if by.is_office else Side.DATA)
        question.decided_by, question.decided_at, question.withdrawn_why = by, at, why
        question.save(update_fields=["state", "decided_by", "decided_at", "withdrawn_why"])
    if rows:
        follow(talk, rows, at=at, is_new_revision=False)
    for question in rows:
        tell(Verb.QUESTION_WITHDRAWN, question, by=by, at=at, conversation=talk, because=why)
    return rows
