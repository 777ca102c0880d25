"""What the accounts of a dossier ask now: new questions are drafted, and those that the data has settled withdrawn."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils import timezone

from comptoir.people.models import Company
from comptoir.questions import answer_rules
from comptoir.questions.accounts import facts_of
from comptoir.questions.actions.by_data import drop_answered, raise_drafts, settle_by_data
from comptoir.questions.drafting import drafts, raised
from comptoir.questions.models import AnswerRule, DirectorAccounts, Question
from comptoir.questions.queries import thresholds_of
from comptoir.questions.states import OPEN, State
from comptoir.questions.withdrawals import withdrawals

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date, datetime
    from uuid import UUID

    from comptoir.questions.facts import Facts

_AT_ONCE = 200  # rows of one transaction: others wait for it


def raise_questions(company_id: UUID, *, at: datetime) -> int:
    """How many are new. Idempotent; looking takes its time and is done before the first transaction."""
    company = Company.objects.active().filter(pk=company_id).first()
    if company is None:
        return 0
    today = timezone.localtime(at).date()
    facts, thresholds = facts_now(company, today=today), thresholds_of(company.office_id)
    still = raised(facts, thresholds, today)
    waiting = Question.objects.filter(company=company, by_data=True, state__in=[State.DRAFT, *OPEN])
    keys = waiting.exclude(key="").order_by("pk").values_list("key", flat=True)
    for settled in _pieces(withdrawals(keys, facts, still=still.keys())):
        settle_by_data(company_id, withdrawals=settled, at=at)
    found = drafts(still, thresholds, rules=_rules(company), known=set(_known(company)), today=today)
    for piece in _pieces(found.drafts):
        raise_drafts(company_id, drafts=piece, at=at)
    for answered in _pieces(found.dropped):
        drop_answered(company_id, answered=answered, at=at)
    return len(found.drafts)


def facts_now(company: Company, *, today: date) -> Facts:
    accounts = DirectorAccounts.objects.filter(company=company).first()
    return facts_of(
        company,
        today=today,
        director_ibans=frozenset(accounts.ibans if accounts else ()),
    )


def _known(company: Company) -> Iterator[str]:
    return Question.objects.filter(company=company).exclude(key="").values_list("key", flat=True).iterator()


def _rules(company: Company) -> list[answer_rules.AnswerRule]:
    standing = AnswerRule.objects.filter(company=company, ended_at__isnull=True).order_by("pk")
    return [
        answer_rules.AnswerRule(str(one.pk), one.type, one.party, one.choice, one.since_on)
        for one in standing
    ]


def _pieces(rows: Sequence[Any]) -> Iterator[Sequence[Any]]:
    return (rows[start : start + _AT_ONCE] for start in range(0, len(rows), _AT_ONCE))
