"""Drafts as the desk's table shows them: by party, each with its reason, its day, its document and its amount."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from django.urls import reverse

from comptoir.web.question_shown import QuestionShown, shown_facts

if TYPE_CHECKING:
    from collections.abc import Iterable

    from comptoir.questions.models import Question


@dataclass(frozen=True)
class DraftRow(QuestionShown):
    url: str  # where what it is about stands


class Party(NamedTuple):
    name: str
    rows: list[DraftRow]


def by_party(drafts: Iterable[Question]) -> list[Party]:
    """Of drafts in the order of their parties; those about nobody stand together."""
    groups = [list(rows) for _, rows in groupby(drafts, key=lambda one: one.party_key)]
    return [
        Party(rows[0].party, [DraftRow(**shown_facts(one), url=about(one)) for one in rows])
        for rows in groups
    ]


def ticked_at_first(drafts: Iterable[Question]) -> set[str]:
    """All but those that leave by themselves."""
    return {str(one.pk) for one in drafts if one.leaves_id is None}


def about(question: Question) -> str:
    if question.invoice_id:
        return reverse("invoice", args=[question.invoice_id])
    if question.about_id:
        return reverse("desk_thread", args=[question.about_id])
    accounts = reverse("accounts", args=[question.company_id])
    return f"{accounts}?view=payments#payment-{question.payment_id}" if question.payment_id else accounts
