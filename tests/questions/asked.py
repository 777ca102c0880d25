"""What tests of questions begin with: drafts, asked, answered."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from comptoir.core.ids import new_id
from comptoir.questions.actions.answers import answer_question
from comptoir.questions.actions.asking import ask_questions
from comptoir.questions.actions.drafts import draft_question
from comptoir.questions.models import Question
from tests.world import NOW

if TYPE_CHECKING:
    from datetime import datetime

    from comptoir.people.models import Company, Membership
    from comptoir.questions.actions.asking import Asked


def draft(by: Membership, company: Company, wording: str = "Qui était-ce ?", **more: Any) -> Question:
    return draft_question(
        company.pk, by=by, at=NOW, key=new_id(), kind=more.pop("kind", "free"), wording=wording, **more
    )


def ask(
    by: Membership,
    company: Company,
    *questions: Question,
    to: Membership | None = None,
    at: datetime = NOW,
    **more: Any,
) -> Asked:
    """These, or one."""
    drafts = questions or (draft(by, company),)
    return ask_questions(
        [one.pk for one in drafts],
        company_id=company.pk,
        by=by,
        at=at,
        key=more.pop("key", None) or new_id(),
        message_key=more.pop("message_key", None) or new_id(),
        subject=more.pop("subject", "Questions de novembre"),
        body=more.pop("body", "Bonjour"),
        addressee_id=to.pk if to else None,
        **more,
    )


def answer(by: Membership, question: Question, body: str = "Un client", **more: Any) -> Question:
    choice = more.pop("choice", "text")
    answer_question(question.pk, by=by, at=NOW, key=new_id(), choice=choice, body=body, **more)
    return now_of(question)


def now_of(question: Question) -> Question:
    return Question.objects.get(pk=question.pk)
