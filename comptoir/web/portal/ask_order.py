"""Whose a question is, and which comes next: what a colleague passed on to the reader first, what is theirs not at all."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from comptoir.people.models import Membership
    from comptoir.questions.models import Question


def is_passed_elsewhere(question: Question, *, member: Membership) -> bool:
    """A colleague's now; not where that colleague has left meanwhile. Of a question that `with_answers` has read."""
    to = question.passed_to
    return to is not None and to.pk != member.pk and to.is_active


def next_of(rows: list[Question], *, member: Membership) -> Question | None:
    """Of questions in their order, the one that this reader is shown next."""
    waiting = [one for one in rows if one.is_open and not is_passed_elsewhere(one, member=member)]
    passed = [one for one in waiting if one.passed_to_id == member.pk]
    return next(iter(passed + waiting), None)


def passed_of(rows: list[Question], *, member: Membership) -> list[Question]:
    """Open, and with colleagues: whoever passed them on sees where they are."""
    return [one for one in rows if one.is_open and is_passed_elsewhere(one, member=member)]
