"""Answering: by a client with full access, who may change the answer until it is accepted, or pass the question on."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db import transaction

from comptoir.activity.verbs import Verb
from comptoir.conversations.actions.content import claimed
from comptoir.conversations.actions.gate import require
from comptoir.conversations.actions.lines import add_passing
from comptoir.conversations.refusals import IdentifierTaken, TooManyAttachments
from comptoir.conversations.rules import Do
from comptoir.core.errors import NotAllowed
from comptoir.ledger.models import Invoice
from comptoir.questions.actions.gate import asked_locked, follow, move, newest_answer, tell
from comptoir.questions.answer_checks import checked_answer
from comptoir.questions.answer_rules import is_lasting
from comptoir.questions.models import Answer, AnswerFile, Question
from comptoir.questions.queries import colleagues_of
from comptoir.questions.refusals import AnswerIncomplete, NotAColleague, NotRemembered
from comptoir.questions.states import Does, Side, State

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime
    from uuid import UUID

    from comptoir.conversations.models import Conversation
    from comptoir.people.models import Membership
    from comptoir.questions.answer_checks import Given

FILES_AN_ANSWER = 20


class Answered(NamedTuple):
    answer: Answer
    question: Question
    is_new: bool


@transaction.atomic
def answer_question(
    question_id: UUID,
    *,
    by: Membership,
    at: datetime,
    key: UUID,
    choice: str,
    detail: Mapping[str, Any] | None = None,
    body: str = "",
    files: Sequence[UUID] = (),
) -> Answered:
    """One more answer, which is the one that counts. The same under the same `key` returns what is stored."""
    question, talk = _theirs(question_id, by=by)
    if len(files) > FILES_AN_ANSWER:
        raise TooManyAttachments(field="files")
    given = checked_answer(question.type, choice=choice, detail=detail, body=body, has_files=bool(files))
    digest = _digest(given, files)
    if again := _given_before(key, question, by=by, digest=digest):
        return Answered(again, question, is_new=False)
    require(talk, Do.ATTACH if files else Do.POST, by=by)
    move(question, Does.ANSWER, Side.CLIENT)
    answer = Answer(id=key, question=question, content_hash=digest, answered_by=by, answered_at=at)
    answer.choice, answer.detail, answer.body = (
        given.choice,
        _with_numbers(given, question, by=by),
        given.body,
    )
    answer.save(force_insert=True)
    _hang(files, answer, by=by, at=at)
    question.answered_at = at
    question.save(update_fields=["state", "answered_at"])
    follow(talk, [question], at=at)
    tell(
        Verb.QUESTION_ANSWERED,
        question,
        by=by,
        at=at,
        conversation=talk,
        choice=given.choice,
        answer=str(key),
    )
    return Answered(answer, question, is_new=True)


def _hang(files: Sequence[UUID], answer: Answer, *, by: Membership, at: datetime) -> None:
    hung = enumerate(claimed(files, by=by, at=at))
    AnswerFile.objects.bulk_create([AnswerFile(answer=answer, attachment=one, place=n) for n, one in hung])


def _given_before(key: UUID, question: Question, *, by: Membership, digest: str) -> Answer | None:
    again = Answer.objects.filter(pk=key).first()
    if again and (again.question_id, again.answered_by_id, again.content_hash) != (
        question.pk,
        by.pk,
        digest,
    ):
        raise IdentifierTaken
    return again


def _with_numbers(given: Given, question: Question, *, by: Membership) -> dict[str, Any]:
    """The detail; of invoices that were ticked also their numbers, which say it to people."""
    if "picked" not in given.detail:
        return given.detail
    invoices = Invoice.objects.visible_to(by).filter(
        company=question.company_id, pk__in=given.detail["picked"]
    )
    numbers = sorted(invoices.values_list("number", flat=True))
    if len(numbers) != len(given.detail["picked"]):
        raise AnswerIncomplete(field="picked")
    return {**given.detail, "numbers": numbers}


def _theirs(question_id: UUID, *, by: Membership) -> tuple[Question, Conversation]:
    question, talk = asked_locked(question_id, by=by)
    if by.is_office:
        raise NotAllowed
    return question, talk


def _digest(given: Given, files: Sequence[UUID]) -> str:
    parts = [given.choice, json.dumps(given.detail, sort_keys=True), given.body, *map(str, files)]
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()


@transaction.atomic
def pass_on_question(question_id: UUID, *, by: Membership, at: datetime, to_id: UUID) -> Question:
    """*A colleague knows*: one with full access who may read the conversation, and is told.

    It stays open until somebody answers, whoever of them that is.
    """
    question, talk = _theirs(question_id, by=by)
    require(talk, Do.POST, by=by)
    if not question.is_open:
        move(question, Does.SEE, Side.CLIENT)  # refuses: it waits for nobody of theirs any more
    to = colleagues_of(by, talk).filter(pk=to_id).first()
    if to is None:
        raise NotAColleague(field="colleague")
    if question.passed_to_id == to.pk:
        return question
    question.passed_to, question.passed_by, question.passed_at = to, by, at
    question.save(update_fields=["passed_to", "passed_by", "passed_at"])
    add_passing(talk, by=by, to=to, at=at)
    follow(talk, [question], at=at, is_new_revision=False)
    tell(Verb.QUESTION_PASSED_ON, question, by=by, at=at, conversation=talk, to=str(to.pk))
    return question


@transaction.atomic
def remember_answer(question_id: UUID, *, by: Membership, at: datetime) -> Answer:
    """*Always so for this supplier*: a wish of the client, which becomes a rule when the answer is accepted."""
    question, talk = _theirs(question_id, by=by)
    require(talk, Do.POST, by=by)
    answer = newest_answer(question)
    if answer is None or question.state != State.ANSWERED:
        raise NotRemembered
    if not is_lasting(question.type, party_key=question.party_key, choice=answer.choice):
        raise NotRemembered
    if not answer.remember:
        answer.remember = True
        answer.save(update_fields=["remember"])
        tell(Verb.QUESTION_REMEMBERED, question, by=by, at=at, conversation=talk, choice=answer.choice)
    return answer
