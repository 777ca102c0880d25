"""Answers that wait for the accountant, by dossier, and as the cells of a spreadsheet."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from comptoir.core.money import exact
from comptoir.questions.answer_rules import is_lasting
from comptoir.web.desk.question_rows import about
from comptoir.web.question_shown import Card, card

if TYPE_CHECKING:
    from collections.abc import Iterable

    from comptoir.people.models import Company
    from comptoir.questions.models import Question

HEADINGS = (
    _("Dossier"),
    _("Enterprise number"),
    _("Question"),
    _("Party"),
    _("Date"),
    _("Document"),
    _("Amount"),
    _("Currency"),
    _("Answer"),
    _("Answered by"),
    _("Answered on"),
    _("Accepted by"),
    _("Accepted on"),
)


@dataclass(frozen=True)
class AnswerRow:
    card: Card
    url: str  # where what it is about stands
    may_last: bool


class Dossier(NamedTuple):
    company: Company
    rows: list[AnswerRow]


def by_dossier(questions: Iterable[Question]) -> list[Dossier]:
    """Each dossier once, in the order of its oldest answer; of questions that `with_answers` has read."""
    found: dict[Company, list[AnswerRow]] = {}
    for company, rows in groupby(questions, key=lambda one: one.company):
        found.setdefault(company, []).extend(_row(one) for one in rows)
    return [Dossier(company, rows) for company, rows in found.items()]


def _row(question: Question) -> AnswerRow:
    shown = card(question, for_office=True)
    choice = shown.answer.choice if shown.answer else ""
    may_last = is_lasting(question.type, party_key=question.party_key, choice=choice)
    return AnswerRow(shown, about(question), may_last)


def cells_of(question: Question) -> list[str]:
    """For HEADINGS. Amounts with a point, days as 2026-11-12: a program reads them, too."""
    shown = card(question, for_office=True)
    answer, decided_by = shown.answer, question.decided_by
    return [
        question.company.name,
        question.company.enterprise_number,
        shown.text,
        question.party,
        shown.day.isoformat() if shown.day else "",
        shown.document,
        exact(shown.amount) if shown.amount is not None else "",
        shown.currency if shown.amount is not None else "",
        shown.answer_text,
        answer.answered_by.person.name if answer else "",
        f"{timezone.localtime(answer.answered_at):%Y-%m-%d %H:%M}" if answer else "",
        decided_by.person.name if decided_by else "",
        f"{timezone.localtime(question.decided_at):%Y-%m-%d %H:%M}" if question.decided_at else "",
    ]
