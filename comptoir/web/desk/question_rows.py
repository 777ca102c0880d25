"""Drafts as the desk's table shows them: by party, each with its reason, its day, its document and its amount."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from itertools import groupby
from typing import TYPE_CHECKING

from django.urls import reverse

from comptoir.questions.question_words import question_said, reason_said

if TYPE_CHECKING:
    from collections.abc import Iterable

    from comptoir.questions.models import Question


@dataclass(frozen=True)
class DraftRow:
    question: Question
    text: str
    reason: str
    day: date | None
    document: str
    amount: Decimal | None
    currency: str
    url: str  # what it is about


@dataclass(frozen=True)
class Party:
    name: str
    rows: list[DraftRow] = field(default_factory=list)

    @property
    def can_merge(self) -> bool:
        """Whether two of one kind stand here."""
        kinds = [row.question.type for row in self.rows]
        return len(kinds) > len(set(kinds))


def by_party(drafts: Iterable[Question]) -> list[Party]:
    """Of drafts in the order of their parties; those about nobody stand together."""
    groups = groupby(drafts, key=lambda one: one.party_key)
    listed = [[draft_row(one) for one in rows] for _, rows in groups]
    return [Party(rows[0].question.party, rows) for rows in listed]


def draft_row(question: Question) -> DraftRow:
    facts = question.facts
    return DraftRow(
        question=question,
        text=question_said(question),
        reason=reason_said(question),
        day=_day(facts.get("booked_on") or facts.get("issued_on")),
        document=str(facts.get("number") or question.subject_text),
        amount=_amount(facts.get("amount")),
        currency=str(facts.get("currency", "EUR")),
        url=about(question),
    )


def about(question: Question) -> str:
    """Where what it is about stands."""
    if question.invoice_id:
        return reverse("invoice", args=[question.invoice_id])
    if question.about_id:
        return reverse("desk_thread", args=[question.about_id])
    accounts = reverse("accounts", args=[question.company_id])
    return f"{accounts}?view=payments#payment-{question.payment_id}" if question.payment_id else accounts


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
