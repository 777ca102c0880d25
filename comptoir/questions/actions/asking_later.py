"""Asking later: drafts are to leave at a moment, by themselves. Whether they may is asked again then."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import translation

from comptoir.activity.record import record
from comptoir.activity.verbs import Verb
from comptoir.conversations.actions.bulk import filled
from comptoir.conversations.actions.content import checked_content, checked_subject
from comptoir.conversations.querysets import still_in_force
from comptoir.conversations.refusals import IdentifierTaken
from comptoir.core.errors import NotFound, Refused
from comptoir.people.models import Membership
from comptoir.questions.actions.asking import ask_questions, asking_values, chosen
from comptoir.questions.actions.gate import dossier, drafts_locked, require_staff
from comptoir.questions.models import LaterAsking, Question
from comptoir.questions.refusals import NotLater, SentAlready
from comptoir.questions.states import State

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime
    from uuid import UUID

    from comptoir.people.models import Company

AT_MOST = timedelta(days=60)


@transaction.atomic
def schedule_questions(
    question_ids: Sequence[UUID],
    *,
    company_id: UUID,
    by: Membership,
    at: datetime,
    key: UUID,
    message_key: UUID,
    send_at: datetime,
    subject: str,
    body: str,
    addressee_id: UUID | None = None,
    due_on: date | None = None,
) -> LaterAsking:
    """`ask_questions` at that moment, of those that are drafts then. The same key again returns what is there."""
    require_staff(by, sends=True)
    company, ids = dossier(company_id, by=by), chosen(question_ids)
    if again := LaterAsking.objects.filter(pk=key).first():
        if (again.company_id, again.by_id, again.send_at) != (company.pk, by.pk, send_at):
            raise IdentifierTaken
        return again
    if not at < send_at <= at + AT_MOST:
        raise NotLater(field="send_at")
    _sayable(subject, body, company, by=by, questions=len(ids), due_on=due_on)
    if any(one.company_id != company.pk for one in drafts_locked(ids, by=by)):
        raise NotFound
    later = LaterAsking(id=key, office_id=company.office_id, company=company, by=by, made_at=at)
    later.send_at, later.subject, later.body, later.due_on = send_at, subject, body, due_on
    later.message_key, later.addressee_id = message_key, addressee_id
    later.save(force_insert=True)
    Question.objects.filter(pk__in=ids).update(leaves=later)
    _tell(Verb.ASKING_SCHEDULED, later, by=by, at=at, questions=len(ids), send_at=send_at.isoformat())
    return later


def _sayable(subject: str, body: str, company: Company, **facts: Any) -> None:
    """What cannot be said is refused now, not at the moment at which nobody is there."""
    values = asking_values(company, **facts)
    checked_subject(filled(subject, values, field="subject"))
    checked_content(filled(body, values, field="body"), ())


@transaction.atomic
def cancel_asking(later_id: UUID, *, by: Membership, at: datetime) -> LaterAsking:
    """Its questions are plain drafts again; also puts away one that was refused. Again: nothing changes."""
    seen = LaterAsking.objects.visible_to(by).filter(still_in_force(by), pk=later_id)
    later = seen.select_for_update(of=("self",)).first()
    if later is None:
        raise NotFound
    require_staff(by, sends=True)
    if later.sent_at is not None:
        raise SentAlready
    if later.cancelled_at is None:
        later.cancelled_at = at
        later.save(update_fields=["cancelled_at"])
        Question.objects.filter(leaves=later).update(leaves=None)
        _tell(Verb.ASKING_CANCELLED, later, by=by, at=at)
    return later


@transaction.atomic
def ask_scheduled(later_id: UUID, *, at: datetime) -> LaterAsking:
    """The moment has come: sent, or refused by what is true now. Again: nothing happens."""
    later = LaterAsking.objects.select_for_update(of=("self",)).get(pk=later_id)
    if not later.waits or later.send_at > at:
        return later
    drafts = Question.objects.filter(leaves=later, state=State.DRAFT)
    ids = list(drafts.order_by("party_key", "drafted_at", "pk").values_list("pk", flat=True))
    try:
        _ask(later, ids, at=at)
    except Refused as refusal:
        _refuse(later, refusal, at=at)
    else:
        later.sent_at = at
        later.save(update_fields=["sent_at"])
    return later


@transaction.atomic
def _ask(later: LaterAsking, ids: list[UUID], *, at: datetime) -> None:
    members = Membership.objects.active().select_related("person", "office", "company")
    by = members.filter(pk=later.by_id).first()
    if by is None:
        raise NotFound
    ask_questions(
        ids,
        company_id=later.company_id,
        by=by,
        at=at,
        key=later.pk,
        message_key=later.message_key,
        subject=later.subject,
        body=later.body,
        addressee_id=later.addressee_id,
        due_on=later.due_on,
    )


def _refuse(later: LaterAsking, refusal: Refused, *, at: datetime) -> None:
    with translation.override(later.by.person.language):
        later.refused_at, later.refused_why = at, str(refusal.text)
    later.save(update_fields=["refused_at", "refused_why"])
    Question.objects.filter(leaves=later).update(leaves=None)
    _tell(Verb.ASKING_REFUSED, later, by=None, at=at, because=refusal.code)


def _tell(verb: Verb, later: LaterAsking, *, by: Membership | None, at: datetime, **facts: Any) -> None:
    record(
        verb,
        later.pk,
        office_id=later.office_id,
        company_id=later.company_id,
        by_id=by.pk if by else None,
        at=at,
        **facts,
    )
