"""Drafts put together as one question about several things, and taken apart again. Assistants may do both."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction

from comptoir.activity.verbs import Verb
from comptoir.questions.actions.drafts import DROPPED_FIELDS, put_away
from comptoir.questions.actions.gate import drafts_locked, move, tell
from comptoir.questions.models import Question
from comptoir.questions.refusals import NotTogether
from comptoir.questions.states import Does, Side

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from uuid import UUID

    from comptoir.people.models import Membership


@transaction.atomic
def merge_drafts(question_ids: Sequence[UUID], *, by: Membership, at: datetime) -> Question:
    """One question about several things: the first is kept and lists what the others are about; those are withdrawn."""
    rows = drafts_locked(question_ids, by=by)
    kept, others = rows[0], rows[1:]
    same = (kept.company_id, kept.type, kept.party_key)
    if not others or any((one.company_id, one.type, one.party_key) != same for one in others):
        raise NotTogether
    also = [*kept.facts.get("also", [])]
    for one in others:
        also += [_alone(one.facts), *one.facts.get("also", [])]
        one.merged_into = kept
        put_away(one, why="merged", by=by, at=at)
    Question.objects.filter(merged_into__in=others).update(merged_into=kept)
    kept.facts = {**kept.facts, "also": also}
    kept.save(update_fields=["facts"])
    tell(Verb.QUESTION_CHANGED, kept, by=by, at=at, merged=[str(one.pk) for one in others])
    return kept


@transaction.atomic
def part_draft(question_id: UUID, *, by: Membership, at: datetime) -> Question:
    """Each on its own again: a draft of one thing, and those that were put together with it. One alone stays so."""
    [kept] = drafts_locked([question_id], by=by)
    part(kept, side=Side.OFFICE, by=by, at=at)
    return kept


def part(kept: Question, *, side: Side, by: Membership | None, at: datetime) -> list[Question]:
    """Of a locked question, in the caller's transaction."""
    merged = Question.objects.filter(merged_into=kept.pk, withdrawn_why="merged")
    rows = list(merged.order_by("pk").select_for_update(of=("self",)))
    if not rows:
        return []
    kept.facts = _alone(kept.facts)
    kept.save(update_fields=["facts"])
    for one in rows:
        move(one, Does.PART, side)
        one.facts = _alone(one.facts)
        one.decided_by = one.decided_at = one.merged_into = None
        one.withdrawn_why, one.withdrawn_facts = "", {}
        one.save(update_fields=[*DROPPED_FIELDS, "facts"])
    tell(Verb.QUESTION_CHANGED, kept, by=by, at=at, parted=[str(one.pk) for one in rows])
    return rows


def _alone(facts: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in facts.items() if name != "also"}
