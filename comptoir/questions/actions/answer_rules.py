"""Rules of a dossier, made of an answer: the next such question about the same party is not asked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction

from comptoir.activity.record import record
from comptoir.activity.verbs import Verb
from comptoir.core.errors import NotFound
from comptoir.people.models import Company
from comptoir.questions.actions.gate import dossier, newest_answer, require_staff
from comptoir.questions.answer_checks import EVERYWHERE, checked_answer
from comptoir.questions.answer_rules import is_lasting
from comptoir.questions.models import AnswerRule, Question
from comptoir.questions.refusals import NotRemembered
from comptoir.questions.states import State

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime
    from uuid import UUID

    from comptoir.people.models import Membership
    from comptoir.questions.models import Answer


@transaction.atomic
def make_rule(question_id: UUID, *, by: Membership, at: datetime) -> AnswerRule:
    """Of the answer that counts, given or accepted. A rule about the same party that stands takes this answer instead."""
    question = Question.objects.visible_to(by).filter(pk=question_id).first()
    if question is None:
        raise NotFound
    require_staff(by, sends=True)
    answer = newest_answer(question)
    if answer is None or not _is_remembered(question, answer):
        raise NotRemembered
    company = dossier(question.company_id, by=by)
    Company.objects.select_for_update().get(pk=company.pk)  # two of a kind are decided by looking
    same = {"company": company, "type": question.type, "party_key": question.party_key, "ended_at": None}
    rule = AnswerRule.objects.filter(**same).first()
    if rule is not None and (rule.choice, rule.detail) == (answer.choice, answer.detail):
        return rule
    rule = rule or AnswerRule(
        office_id=company.office_id, party=question.party, made_by=by, made_at=at, **same
    )
    rule.choice, rule.detail, rule.from_answer = answer.choice, answer.detail, answer
    rule.since_on = at.date()
    rule.save()
    _tell(Verb.RULE_MADE, rule, by=by, at=at)
    return rule


def _is_remembered(question: Question, answer: Answer) -> bool:
    is_answered = question.state in {State.ANSWERED, State.ACCEPTED}
    return is_answered and is_lasting(question.type, party_key=question.party_key, choice=answer.choice)


@transaction.atomic
def change_rule(
    rule_id: UUID, *, by: Membership, at: datetime, choice: str, detail: Mapping[str, Any] | None = None
) -> AnswerRule:
    """Another answer from now on."""
    rule = _locked(rule_id, by=by)
    if choice in EVERYWHERE:
        raise NotRemembered(field="choice")
    given = checked_answer(rule.type, choice=choice, detail=detail or {}, body="", has_files=True)
    if (given.choice, given.detail) == (rule.choice, rule.detail):
        return rule
    rule.choice, rule.detail, rule.since_on = given.choice, given.detail, at.date()
    rule.save(update_fields=["choice", "detail", "since_on"])
    _tell(Verb.RULE_CHANGED, rule, by=by, at=at)
    return rule


@transaction.atomic
def end_rule(rule_id: UUID, *, by: Membership, at: datetime) -> AnswerRule:
    """From now on it is asked again. Ended twice changes nothing."""
    rule = _locked(rule_id, by=by)
    if rule.ended_at is not None:
        return rule
    rule.ended_at, rule.ended_by = at, by
    rule.save(update_fields=["ended_at", "ended_by"])
    _tell(Verb.RULE_ENDED, rule, by=by, at=at)
    return rule


def _locked(rule_id: UUID, *, by: Membership) -> AnswerRule:
    seen = AnswerRule.objects.visible_to(by).filter(pk=rule_id).select_for_update(of=("self",)).first()
    if seen is None:
        raise NotFound
    require_staff(by, sends=True)
    dossier(seen.company_id, by=by)
    return seen


def _tell(verb: Verb, rule: AnswerRule, *, by: Membership, at: datetime) -> None:
    record(
        verb,
        rule.pk,
        office_id=rule.office_id,
        company_id=rule.company_id,
        by_id=by.pk,
        at=at,
        question=rule.type,
        choice=rule.choice,
    )
