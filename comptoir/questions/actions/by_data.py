"""What the data does by itself: it drafts what it asks, and withdraws what it has answered meanwhile."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction
from django.db.models import F

from comptoir.activity.verbs import Verb
from comptoir.conversations.models import Conversation
from comptoir.core.ids import new_id
from comptoir.ledger.matching.texts import name_key
from comptoir.ledger.models import Invoice, Payment
from comptoir.people.models import Company
from comptoir.questions.actions.gate import follow, move, tell
from comptoir.questions.actions.merging import part
from comptoir.questions.models import AnswerRule, Question
from comptoir.questions.states import OPEN, Does, Side, State
from comptoir.questions.subjects import as_text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from comptoir.questions import answer_rules
    from comptoir.questions.facts import Draft
    from comptoir.questions.withdrawals import Withdrawal

WITHDRAWN_FIELDS = ["state", "decided_at", "withdrawn_why", "withdrawn_facts"]


@transaction.atomic
def raise_drafts(company_id: UUID, *, drafts: Sequence[Draft], at: datetime) -> list[Question]:
    """Rows for what the data asks; what was ever raised under its key is not raised again. Idempotent."""
    company = Company.objects.select_for_update().get(pk=company_id)
    keys = [draft.key for draft in drafts]
    known = set(Question.objects.filter(company=company, key__in=keys).values_list("key", flat=True))
    ids = [UUID(one.subject) for one in drafts if _is_id(one.subject)]
    invoices = Invoice.objects.filter(company=company).in_bulk(ids)
    payments = Payment.objects.filter(company=company).in_bulk(ids)
    new = [
        _raised(draft, company, at=at, invoices=invoices, payments=payments)
        for draft in drafts
        if draft.key not in known
    ]
    Question.objects.bulk_create(new)
    for question in new:
        tell(Verb.QUESTION_DRAFTED, question, by=None, at=at)
    return new


@transaction.atomic
def drop_answered(
    company_id: UUID, *, answered: Sequence[tuple[Draft, answer_rules.AnswerRule]], at: datetime
) -> list[Question]:
    """What a rule of the dossier answers is not asked: it is kept, withdrawn, with the rule's note. Idempotent."""
    by_key = {draft.key: rule for draft, rule in answered}
    rows = raise_drafts(company_id, drafts=[draft for draft, _ in answered], at=at)
    for question in rows:
        rule = by_key[question.key]
        note = {"party": question.party, "choice": rule.choice, "since_on": rule.since_on}
        _withdraw(question, why="rule", facts=note, at=at)
        _tell_withdrawn(question, None, at=at)
    dropped = Counter(by_key[one.key].id for one in rows)
    for rule_id, count in sorted(dropped.items()):
        AnswerRule.objects.filter(pk=rule_id).update(
            dropped_count=F("dropped_count") + count, last_dropped_at=at
        )
    return rows


def _raised(
    draft: Draft,
    company: Company,
    *,
    at: datetime,
    invoices: Mapping[UUID, Invoice],
    payments: Mapping[UUID, Payment],
) -> Question:
    subject = UUID(draft.subject) if _is_id(draft.subject) else None
    is_named = subject in invoices or subject in payments
    return Question(
        id=new_id(),
        office_id=company.office_id,
        company=company,
        type=draft.type,
        by_data=True,
        key=draft.key[:200],
        invoice=invoices.get(subject) if subject else None,
        payment=payments.get(subject) if subject else None,
        subject_text="" if is_named else draft.subject[:120],
        party=draft.party[:200],
        party_key=name_key(draft.party)[:200],
        reason=draft.reason,
        facts=as_text(draft.facts),
        drafted_at=at,
    )


def _is_id(subject: str) -> bool:
    try:
        UUID(subject)
    except ValueError:
        return False
    return True


@transaction.atomic
def settle_by_data(company_id: UUID, *, withdrawals: Sequence[Withdrawal], at: datetime) -> list[Question]:
    """What the data has answered withdraws itself, and says why: drafts and open questions, no answer given. Idempotent."""
    found = {one.key: one for one in withdrawals}
    of_it = Question.objects.filter(company=company_id, by_data=True, key__in=found)
    waiting = of_it.filter(state__in=[State.DRAFT, *OPEN])
    talk_ids = sorted(set(waiting.exclude(conversation=None).values_list("conversation", flat=True)))
    talks = Conversation.objects.filter(pk__in=talk_ids).order_by("pk").select_for_update(of=("self",))
    by_id = {talk.pk: talk for talk in talks.select_related("company")}
    rows = list(waiting.order_by("pk").select_for_update(of=("self",)))
    for question in rows:
        _withdraw(question, why=found[question.key].why, facts=found[question.key].facts, at=at)
        part(question, side=Side.DATA, by=None, at=at)  # what was put together with it may still be asked
    for talk in by_id.values():
        follow(talk, [one for one in rows if one.conversation_id == talk.pk], at=at)
    for question in rows:
        _tell_withdrawn(
            question, by_id.get(question.conversation_id) if question.conversation_id else None, at=at
        )
    return rows


def _withdraw(question: Question, *, why: str, facts: Mapping[str, object], at: datetime) -> None:
    move(question, Does.WITHDRAW, Side.DATA)
    question.decided_at, question.withdrawn_why = at, why
    question.withdrawn_facts = as_text(facts)
    question.save(update_fields=WITHDRAWN_FIELDS)


def _tell_withdrawn(question: Question, talk: Conversation | None, *, at: datetime) -> None:
    if talk is None:
        tell(Verb.QUESTION_DROPPED, question, by=None, at=at, because=question.withdrawn_why)
    else:
        tell(
            Verb.QUESTION_WITHDRAWN,
            question,
            by=None,
            at=at,
            conversation=talk,
            because=question.withdrawn_why,
        )
