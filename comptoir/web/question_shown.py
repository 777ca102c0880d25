"""A question in the reader's language, with what it is about and what became of it: the same on every page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any, NamedTuple

from django.utils.translation import gettext_lazy as _

from comptoir.questions.question_words import answer_said, question_said, reason_said, withdrawn_said
from comptoir.questions.states import State

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from django_stubs_ext import StrOrPromise

    from comptoir.questions.models import Answer, Question


class Sign(NamedTuple):
    """How a state is shown: never by its colour alone."""

    text: StrOrPromise
    css_class: str
    icon: str


_TO_ANSWER = Sign(_("To be answered"), "wait", "clock")
FOR_CLIENTS = {
    State.ASKED: _TO_ANSWER,
    State.DELIVERED: _TO_ANSWER,
    State.SEEN: _TO_ANSWER,
    State.SENT_BACK: Sign(_("Asked again"), "wait", "undo-2"),
    State.ANSWERED: Sign(_("Answered"), "info", "check"),
    State.ACCEPTED: Sign(_("Accepted"), "done", "check-check"),
    State.WITHDRAWN: Sign(_("Withdrawn"), "", "ban"),
}
FOR_STAFF = FOR_CLIENTS | {
    State.DRAFT: Sign(_("Draft"), "", "pencil"),
    State.ASKED: Sign(_("Asked"), "wait", "clock"),
    State.DELIVERED: Sign(_("Delivered"), "wait", "check-check"),
    State.SEEN: Sign(_("Seen"), "wait", "eye"),
    State.ANSWERED: Sign(_("To be accepted"), "info", "check"),
}


class Alike(NamedTuple):
    """One more thing that a question put together from several is about."""

    party: str
    day: date | None
    document: str
    amount: Decimal | None
    currency: str


@dataclass(frozen=True)
class QuestionShown:
    question: Question
    text: str
    reason: str
    day: date | None
    document: str
    amount: Decimal | None
    currency: str
    also: Sequence[Alike]


@dataclass(frozen=True)
class Card(QuestionShown):
    """In the thread. `answer` is the one that counts."""

    sign: Sign
    answer: Answer | None
    answer_text: str
    withdrawn: str


def shown_facts(question: Question) -> dict[str, Any]:
    own = _alike(question.facts)
    return {
        "question": question,
        "text": question_said(question),
        "reason": reason_said(question),
        "day": own.day,
        "document": own.document or question.subject_text,
        "amount": own.amount,
        "currency": own.currency,
        "also": also_of(question),
    }


def also_of(question: Question) -> list[Alike]:
    return [_alike(facts) for facts in question.facts.get("also", ())]


def _alike(facts: Mapping[str, Any]) -> Alike:
    return Alike(
        party=str(facts.get("party", "")),
        day=_day(facts.get("booked_on") or facts.get("issued_on")),
        document=str(facts.get("number") or facts.get("account", "")),
        amount=_amount(facts.get("amount")),
        currency=str(facts.get("currency", "EUR")),
    )


def card(question: Question, *, for_office: bool) -> Card:
    """Of one that came with its answers (`queries.with_answers`)."""
    answers: Sequence[Answer] = question.known_answers  # type: ignore[attr-defined]  # prefetched
    newest = answers[0] if answers else None
    state = State(question.state)
    return Card(
        **shown_facts(question),
        sign=(FOR_STAFF if for_office else FOR_CLIENTS)[state],
        answer=newest,
        answer_text=answer_said(newest, type_id=question.type) if newest else "",
        withdrawn=withdrawn_said(question) if state is State.WITHDRAWN else "",
    )


def _day(value: object) -> date | None:
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        return None


def _amount(value: object) -> Decimal | None:
    try:
        return Decimal(str(value))
    except InvalidOperation:
        return None
