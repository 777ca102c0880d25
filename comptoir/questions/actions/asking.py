"""Asking: many drafts sent as one conversation, with one notification; and taking them back within minutes."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from django.db import transaction

from comptoir.activity.verbs import Verb
from comptoir.conversations.actions.bulk import field_values, filled
from comptoir.conversations.actions.conversation import close_conversation, start_conversation
from comptoir.conversations.actions.gate import locked
from comptoir.conversations.actions.message import delete_message, post_message
from comptoir.conversations.models import Conversation, Message
from comptoir.conversations.querysets import readers
from comptoir.conversations.refusals import IdentifierTaken
from comptoir.core.errors import NotFound
from comptoir.people.models import Membership
from comptoir.people.profiles import Profile
from comptoir.questions.actions.gate import (
    dossier,
    drafts_locked,
    follow,
    move,
    questions_locked,
    require_staff,
    tell,
)
from comptoir.questions.models import Question
from comptoir.questions.refusals import (
    AskedByAnother,
    NobodyToAsk,
    NothingToAsk,
    TooLateToTakeBack,
)
from comptoir.questions.states import Does, Side, State, after

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime
    from uuid import UUID

    from comptoir.people.models import Company

QUESTIONS_AT_ONCE = 100
ASKING_FIELDS = ("company", "number", "questions", "deadline", "manager", "office")
TAKEN_BACK_WITHIN = timedelta(minutes=5)
ASKED_FIELDS = [
    "state",
    "leaves",
    "due_on",
    "asked_by",
    "asked_at",
    "addressee",
    "conversation",
    "message",
    "place",
]


class Asked(NamedTuple):
    conversation: Conversation
    message: Message
    questions: list[Question]
    is_new: bool


@transaction.atomic
def ask_questions(
    question_ids: Sequence[UUID],
    *,
    company_id: UUID,
    by: Membership,
    at: datetime,
    key: UUID,
    message_key: UUID,
    subject: str,
    body: str,
    addressee_id: UUID | None = None,
    due_on: date | None = None,
    period: str = "",
    files: Sequence[UUID] = (),
) -> Asked:
    """Begin one conversation, shared or with `addressee_id` alone, whose one message carries these drafts in their order.

    `subject` and `body` may have merge fields: those of new conversations, and `questions`, their number. `due_on` is
    for those that have no day of their own. The same keys again return what was asked.
    """
    require_staff(by, sends=True)
    company, ids = dossier(company_id, by=by), chosen(question_ids)
    values = asking_values(company, by=by, questions=len(ids), due_on=due_on, period=period)
    started = start_conversation(
        company.pk,
        by=by,
        at=at,
        key=key,
        message_key=message_key,
        subject=filled(subject, values, field="subject"),
        body=filled(body, values, field="body"),
        addressee_id=addressee_id,
        files=files,
        expects_answer=False,
    )
    talk, message, is_new = started
    return _carry(ids, message, locked(talk.pk, by=by), by=by, at=at, due_on=due_on, is_new=is_new)


@transaction.atomic
def ask_in_conversation(
    question_ids: Sequence[UUID],
    *,
    conversation_id: UUID,
    by: Membership,
    at: datetime,
    message_key: UUID,
    body: str,
    due_on: date | None = None,
) -> Asked:
    """The same by one more message of an open conversation of their dossier."""
    require_staff(by, sends=True)
    ids = chosen(question_ids)
    posted = post_message(conversation_id, by=by, at=at, key=message_key, body=body, expects_answer=False)
    talk = locked(conversation_id, by=by)
    return _carry(ids, posted.message, talk, by=by, at=at, due_on=due_on, is_new=posted.is_new)


def asking_values(
    company: Company, *, by: Membership, questions: int, due_on: date | None, period: str = ""
) -> dict[str, str]:
    """What the merge fields of subject and introduction stand for; `period` in the client's words."""
    deadline = f"{due_on:%d/%m/%Y}" if due_on else ""
    return {**field_values(company, by=by, period=period, deadline=deadline), "questions": str(questions)}


def chosen(question_ids: Sequence[UUID]) -> list[UUID]:
    ids = list(dict.fromkeys(question_ids))
    if not 0 < len(ids) <= QUESTIONS_AT_ONCE:
        raise NothingToAsk(field="questions")
    return ids


def _carry(
    ids: list[UUID],
    message: Message,
    talk: Conversation,
    *,
    by: Membership,
    at: datetime,
    due_on: date | None,
    is_new: bool,
) -> Asked:
    if not is_new:
        rows = list(Question.objects.filter(message=message.pk).order_by("place"))
        if [one.pk for one in rows] != ids:
            raise IdentifierTaken
        return Asked(talk, message, rows, is_new=False)
    rows = drafts_locked(ids, by=by)
    if any(one.company_id != talk.company_id for one in rows):
        raise NotFound
    _somebody_may_answer(talk)
    for place, question in enumerate(rows, 1):
        move(question, Does.ASK, Side.OFFICE)
        question.asked_by, question.asked_at, question.addressee_id = by, at, talk.addressee_id
        question.leaves = None
        question.conversation, question.message, question.place = talk, message, place
        question.due_on = question.due_on or due_on
        question.save(update_fields=ASKED_FIELDS)
    follow(talk, rows, at=at, is_new_revision=False)
    for question in rows:
        tell(Verb.QUESTION_ASKED, question, by=by, at=at, conversation=talk)
    return Asked(talk, message, rows, is_new=True)


def _somebody_may_answer(talk: Conversation) -> None:
    people = Membership.objects.active().filter(readers(talk), profile=Profile.FULL_ACCESS)
    if not people.exists():
        raise NobodyToAsk(field="audience")


@transaction.atomic
def take_back_questions(message_id: UUID, *, by: Membership, at: datetime) -> list[Question]:
    """All that one message asked are drafts again: the message is deleted, and a conversation of nothing else closed.

    Raises AskedByAnother, or TooLateToTakeBack: after five minutes, or once one of them was seen or answered. Again: none.
    """
    require_staff(by, sends=True)
    seen = Question.objects.visible_to(by).filter(message=message_id)
    talk_id = seen.values_list("conversation", flat=True).first()
    if talk_id is None:
        raise NotFound
    talk = locked(talk_id, by=by)
    rows = [one for one in questions_locked(talk) if one.message_id == message_id]
    if any(one.asked_by_id != by.pk for one in rows):
        raise AskedByAnother
    if not all(may_be_taken_back(one, at=at) for one in rows):
        raise TooLateToTakeBack
    for question in rows:
        move(question, Does.TAKE_BACK, Side.OFFICE)
        question.asked_by = question.asked_at = question.addressee = question.delivered_at = None
        question.conversation = question.message = None
        question.place = 0
        question.save(update_fields=[*ASKED_FIELDS, "delivered_at"])
    follow(talk, (), at=at)
    delete_message(message_id, by=by, at=at)
    if not Message.objects.of(talk.pk).filter(deleted_at__isnull=True).exists():
        close_conversation(talk.pk, by=by, at=at)
    for question in rows:
        tell(Verb.QUESTION_TAKEN_BACK, question, by=by, at=at)
    return rows


def may_be_taken_back(question: Question, *, at: datetime) -> bool:
    """Whether its asker still may."""
    if question.asked_at is None or at - question.asked_at > TAKEN_BACK_WITHIN:
        return False
    return after(State(question.state), Does.TAKE_BACK, Side.OFFICE) is not None
