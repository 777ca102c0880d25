"""What the accountant decides of an answer: accepted, sent back with a reason, or not asked any more."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from comptoir.activity.verbs import Verb
from comptoir.conversations.actions.content import checked_content
from comptoir.conversations.actions.gate import locked
from comptoir.conversations.actions.message import post_message
from comptoir.conversations.refusals import DossierArchived
from comptoir.core.errors import NotFound
from comptoir.core.ids import new_id
from comptoir.questions.actions.answer_rules import make_rule
from comptoir.questions.actions.gate import (
    asked_locked,
    follow,
    move,
    newest_answer,
    questions_locked,
    require_staff,
    tell,
)
from comptoir.questions.models import Answer, Question
from comptoir.questions.refusals import AnswerChanged, NothingToAsk
from comptoir.questions.states import Does, Side

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime
    from uuid import UUID

    from comptoir.conversations.models import Conversation
    from comptoir.people.models import Membership

ACCEPTED_AT_ONCE = 500
REASON_CHARACTERS = 2_000
DECIDED_FIELDS = ["state", "decided_by", "decided_at"]


@transaction.atomic
def accept_answers(
    question_ids: Sequence[UUID], *, by: Membership, at: datetime, read: Mapping[UUID, UUID] | None = None
) -> list[Question]:
    """One or many, of any dossiers, all or none. From now on they leave for the books; a client cannot change them.

    `read` is the answer of each question that stood before whoever accepts. Raises AnswerChanged where the client has
    given another since, QuestionMoved where somebody has decided it.
    """
    ids = list(dict.fromkeys(question_ids))
    if not 0 < len(ids) <= ACCEPTED_AT_ONCE:
        require_staff(by, sends=True)
        raise NothingToAsk(field="questions")
    seen = Question.objects.visible_to(by).filter(pk__in=ids, conversation__isnull=False)
    talks: dict[UUID, list[UUID]] = {}
    for talk_id, pk in seen.order_by("conversation", "pk").values_list("conversation", "pk"):
        talks.setdefault(talk_id, []).append(pk)
    if sum(map(len, talks.values())) != len(ids):
        raise NotFound
    require_staff(by, sends=True)
    # Always in the order of their conversations, so that two who accept at once wait for each other once.
    done = [one for talk_id, of_it in talks.items() for one in _accept(talk_id, of_it, by=by, at=at)]
    newest = {one.pk: newest_answer(one) for one in done} if read else {}
    if any(answer is None or answer.pk != (read or {}).get(pk, answer.pk) for pk, answer in newest.items()):
        raise AnswerChanged
    return done


@transaction.atomic
def accept_and_remember(
    question_id: UUID, *, by: Membership, at: datetime, read: Mapping[UUID, UUID] | None = None
) -> Question:
    """The answer is accepted and becomes a rule: both, or neither where somebody decided it meanwhile."""
    (question,) = accept_answers([question_id], by=by, at=at, read=read)
    make_rule(question.pk, by=by, at=at)
    return question


def _accept(talk_id: UUID, ids: list[UUID], *, by: Membership, at: datetime) -> list[Question]:
    talk = locked(talk_id, by=by)
    _not_archived(talk)
    rows = questions_locked(talk, ids)
    for question in rows:
        move(question, Does.ACCEPT, Side.OFFICE)
        question.decided_by, question.decided_at = by, at
        question.save(update_fields=DECIDED_FIELDS)
    follow(talk, rows, at=at)
    for question in rows:
        answer = newest_answer(question)
        said = {"choice": answer.choice, "answer": str(answer.pk)} if answer else {}
        tell(Verb.QUESTION_ACCEPTED, question, by=by, at=at, conversation=talk, **said)
    _grant_wishes(rows, by=by, at=at)
    return rows


def _grant_wishes(rows: list[Question], *, by: Membership, at: datetime) -> None:
    """*Always so*, as the client wished of the answer that counts."""
    wished = set(Answer.objects.filter(question__in=rows, remember=True).values_list("question", flat=True))
    for question in rows:
        if question.pk in wished and (answer := newest_answer(question)) and answer.remember:
            make_rule(question.pk, by=by, at=at)


def _not_archived(talk: Conversation) -> None:
    if talk.company.archived_at is not None:
        raise DossierArchived


@transaction.atomic
def send_back_answer(question_id: UUID, *, by: Membership, at: datetime, reason: str) -> Question:
    """Ask again: the reason is a message of the conversation, which reopens if it was closed, and the client is told."""
    question, talk = asked_locked(question_id, by=by)
    require_staff(by, sends=True)
    said = checked_content(reason, ()).body[:REASON_CHARACTERS]
    _not_archived(talk)
    move(question, Does.SEND_BACK, Side.OFFICE)
    post_message(talk.pk, by=by, at=at, key=new_id(), body=said, reopening=True)
    talk = locked(talk.pk, by=by)
    question.decided_by, question.decided_at = by, at
    question.save(update_fields=DECIDED_FIELDS)
    answer = newest_answer(question)
    if answer is not None:
        answer.sent_back_at, answer.sent_back_by, answer.sent_back_reason = at, by, said
        answer.save(update_fields=["sent_back_at", "sent_back_by", "sent_back_reason"])
    follow(talk, [question], at=at, is_new_revision=False)
    tell(Verb.QUESTION_SENT_BACK, question, by=by, at=at, conversation=talk)
    return question


@transaction.atomic
def withdraw_question(question_id: UUID, *, by: Membership, at: datetime, reason: str = "") -> Question:
    """Not asked any more, whether it was answered or not; the client reads the reason."""
    question, talk = asked_locked(question_id, by=by)
    require_staff(by, sends=True)
    _not_archived(talk)
    move(question, Does.WITHDRAW, Side.OFFICE)
    question.decided_by, question.decided_at = by, at
    question.withdrawn_why = "by_hand"
    question.withdrawn_facts = {"reason": reason.strip()[:REASON_CHARACTERS]}
    question.save(update_fields=[*DECIDED_FIELDS, "withdrawn_why", "withdrawn_facts"])
    follow(talk, [question], at=at)
    tell(Verb.QUESTION_WITHDRAWN, question, by=by, at=at, conversation=talk, because="by_hand")
    return question
