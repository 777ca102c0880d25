"""Fetch, check and lock in one step: every write of this package begins here. First the conversation, then its questions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from comptoir.activity.record import record
from comptoir.conversations.actions.asking import count_questions
from comptoir.conversations.actions.gate import locked
from comptoir.conversations.querysets import still_in_force
from comptoir.core.errors import NotAllowed, NotFound
from comptoir.people.models import Company
from comptoir.people.profiles import may_write_to_clients
from comptoir.questions.models import Answer, Question
from comptoir.questions.refusals import QuestionMoved
from comptoir.questions.states import OPEN, State, after

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from datetime import datetime
    from uuid import UUID

    from comptoir.activity.verbs import Verb
    from comptoir.conversations.models import Conversation
    from comptoir.people.models import Membership
    from comptoir.questions.states import Does, Side


def require_staff(by: Membership, *, sends: bool = False) -> None:
    """Assistants draft; what reaches a client, and what is decided of an answer, is an accountant's."""
    if not by.is_office or by.is_by_link or (sends and not may_write_to_clients(by.profile)):
        raise NotAllowed


def dossier(company_id: UUID, *, by: Membership) -> Company:
    """One in which questions may be drafted now."""
    seen = Company.objects.visible_to(by).active().filter(still_in_force(by), pk=company_id)
    company = seen.select_related("manager__person").first()
    if company is None:
        raise NotFound
    require_staff(by)
    return company


def drafts_locked(ids: Collection[UUID], *, by: Membership) -> list[Question]:
    """Those drafts in the order given; NotFound where one is not theirs to see, QuestionMoved where one is no draft."""
    seen = Question.objects.visible_to(by).filter(still_in_force(by), company__archived_at__isnull=True)
    rows = {one.pk: one for one in seen.filter(pk__in=ids).order_by("pk").select_for_update(of=("self",))}
    if len(rows) != len(set(ids)):
        raise NotFound
    require_staff(by)
    if any(one.state != State.DRAFT for one in rows.values()):
        raise QuestionMoved
    return [rows[pk] for pk in dict.fromkeys(ids)]


def asked_locked(question_id: UUID, *, by: Membership) -> tuple[Question, Conversation]:
    """A question that was asked, and its conversation, as `by` sees them now."""
    talk_id = (
        Question.objects.visible_to(by).filter(pk=question_id).values_list("conversation", flat=True).first()
    )
    if talk_id is None:
        raise NotFound
    conversation = locked(talk_id, by=by)
    return questions_locked(conversation, [question_id])[0], conversation


def questions_locked(conversation: Conversation, ids: Collection[UUID] | None = None) -> list[Question]:
    """Of the locked conversation: these, or all; QuestionMoved where one has left it meanwhile."""
    rows = Question.objects.filter(conversation=conversation.pk)
    if ids is not None:
        rows = rows.filter(pk__in=ids)
    found = list(rows.order_by("pk").select_for_update(of=("self",)))
    if ids is not None and len(found) != len(set(ids)):
        raise QuestionMoved
    return found


def newest_answer(question: Question) -> Answer | None:
    """The one that counts."""
    return Answer.objects.filter(question=question.pk).order_by("-answered_at", "-pk").first()


def move(question: Question, does: Does, side: Side) -> None:
    """To its next state, unsaved; QuestionMoved where the table has none."""
    then = after(State(question.state), does, side)
    if then is None:
        raise QuestionMoved
    question.state = then


def follow(
    conversation: Conversation, changed: Iterable[Question], *, at: datetime, is_new_revision: bool = True
) -> None:
    """What the saved questions mean for their locked conversation; its pages draw their messages anew."""
    states = list(Question.objects.filter(conversation=conversation.pk).values_list("state", flat=True))
    count_questions(
        conversation,
        at=at,
        open_questions=sum(state in OPEN for state in states),
        answered=states.count(State.ANSWERED),
        messages={one.message_id for one in changed if one.message_id is not None},
        is_new_revision=is_new_revision,
    )


def tell(
    verb: Verb,
    question: Question,
    *,
    by: Membership | None,
    at: datetime,
    conversation: Conversation | None = None,
    **facts: Any,
) -> None:
    if conversation is not None:
        facts["revision"] = conversation.revision
    record(
        verb,
        question.pk,
        office_id=question.office_id,
        company_id=question.company_id,
        conversation_id=conversation.pk if conversation is not None else None,
        by_id=by.pk if by else None,
        at=at,
        question=question.type,
        **facts,
    )
