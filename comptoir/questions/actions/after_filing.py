"""One question round the filing of a return, drafted and asked in one step, in a conversation of its own."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING
from uuid import uuid5

from django.db import transaction
from django.utils.translation import override

from comptoir.questions.actions.asking import ask_questions
from comptoir.questions.actions.drafts import draft_question
from comptoir.questions.actions.gate import dossier, require_staff
from comptoir.questions.after_filing import APPROVAL, FIELDS, checked_facts
from comptoir.questions.question_words import period_said
from comptoir.questions.refusals import NoReturnAttached, UnknownType

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime
    from uuid import UUID

    from comptoir.people.models import Membership
    from comptoir.questions.actions.asking import Asked


@transaction.atomic
def ask_after_filing(
    company_id: UUID,
    *,
    by: Membership,
    at: datetime,
    key: UUID,
    kind: str,
    typed: Mapping[str, str],
    subject: str,
    body: str,
    files: Sequence[UUID] = (),
) -> Asked:
    """D3, D4 or D5 with what was `typed`; the same `key` again returns what was asked.

    Raises what is wrong with a field, NoReturnAttached, and AskedAlready where the period's is still open.
    """
    require_staff(by, sends=True)
    if kind not in FIELDS:
        raise UnknownType(field="kind")
    if kind == APPROVAL and not files:
        raise NoReturnAttached(field="upload")
    facts = checked_facts(kind, typed)
    due_on = date.fromisoformat(facts["due_on"]) if "due_on" in facts else None
    company = dossier(company_id, by=by)
    with override(company.language):
        period = period_said(facts["period"])
    draft = draft_question(
        company.pk, by=by, at=at, key=uuid5(key, "question"), kind=kind, due_on=due_on, facts=facts
    )
    return ask_questions(
        [draft.pk],
        company_id=company.pk,
        by=by,
        at=at,
        key=key,
        message_key=uuid5(key, "first"),
        subject=subject,
        body=body,
        due_on=due_on,
        period=period,
        files=files,
    )
