"""Receipts: how far a message has come. A mark only ever advances, and never past the newest visible message."""

from __future__ import annotations

from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db import transaction
from django.db.models import F, OuterRef, Q, Subquery
from django.db.models.functions import Greatest

from comptoir.activity.models import Event
from comptoir.activity.record import record_all
from comptoir.activity.verbs import Verb
from comptoir.conversations.actions.gate import locked, locked_all
from comptoir.conversations.models import Conversation, Kind, Message, Reader, Receipt, ReceiptKind
from comptoir.core.prepared import prepared
from comptoir.core.saving import insert, update

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime
    from uuid import UUID

    from django.db.models import QuerySet

    from comptoir.people.models import Membership


class Step(NamedTuple):
    """A member's mark in a conversation: where it was, and where it comes."""

    talk: Conversation
    after: int
    upto: int


@prepared
def _marks(*, conversation_id: UUID, member_id: UUID) -> QuerySet[Reader]:
    """One at most."""
    return Reader.objects.filter(conversation=conversation_id, member=member_id)


def advance(conversation: Conversation, *, member: Membership, upto: int) -> None:
    """The member has seen, and so received, at least what stands up to there. Under the conversation's lock."""
    known = Reader.objects.filter(conversation=conversation, member=member).update(
        delivered_upto=Greatest("delivered_upto", upto), seen_upto=Greatest("seen_upto", upto)
    )
    if not known:
        Reader.objects.create(conversation=conversation, member=member, delivered_upto=upto, seen_upto=upto)


def advance_author(
    conversation: Conversation, *, author: Membership, newest_before: int, position: int
) -> None:
    """Take the author's marks along to their own new message, where they had reached what stood before it.

    Who writes while an answer is on its way has not seen that answer: a mark that jumped over it would leave its tick
    unset for ever.
    """
    reader = _marks.first(conversation_id=conversation.pk, member_id=author.pk)
    if reader is None:
        if newest_before == 0:
            advance(conversation, member=author, upto=position)
        return
    if reader.delivered_upto >= newest_before:
        reader.delivered_upto = position
    if reader.seen_upto >= newest_before:
        reader.seen_upto = position
    update(reader, "delivered_upto", "seen_upto")


def mark_delivered(
    conversation_ids: Iterable[UUID],
    *,
    by: Membership,
    at: datetime,
    how: str = "portal",
    upto: int | None = None,
) -> list[UUID]:
    """The member's portal, or mailbox (`how`), took the messages of these conversations up to this revision (None:
    all). Returns those that advanced. One transaction, and as many statements for a page of them as for one.
    """
    ids = list(conversation_ids)
    if not ids:
        return []
    reached = Reader.objects.filter(member=by.pk, delivered_upto__gte=F("conversation__last_position"))
    behind = (
        Conversation.objects.visible_to(by)
        .filter(pk__in=ids)
        .exclude(pk__in=reached.filter(conversation__in=ids).values("conversation"))
        .values_list("pk", flat=True)
    )
    waiting = list(behind)
    return _delivered(waiting, by=by, at=at, how=how, upto=upto) if waiting else []


@transaction.atomic
def _delivered(
    ids: Sequence[UUID], *, by: Membership, at: datetime, how: str, upto: int | None
) -> list[UUID]:
    steps = _steps(ids, by=by, upto=upto)
    if not steps:
        return []
    Reader.objects.bulk_create(
        [Reader(conversation=one.talk, member=by, delivered_upto=one.upto) for one in steps],
        update_conflicts=True,
        unique_fields=["conversation", "member"],
        update_fields=["delivered_upto"],
    )
    kind = ReceiptKind.DELIVERED
    Receipt.objects.bulk_create(
        [Receipt(conversation=one.talk, member=by, kind=kind, upto=one.upto, at=at, how=how) for one in steps]
    )
    changed = _ticked(steps, by=by, at=at, how=how)
    record_all([_event(Verb.MESSAGE_DELIVERED, one.talk, upto=one.upto, by=by, at=at) for one in changed])
    return [one.talk.pk for one in steps]


def _steps(ids: Sequence[UUID], *, by: Membership, upto: int | None) -> list[Step]:
    """How far each of them comes; without those that somebody took there meanwhile."""
    talks = locked_all(ids, by=by)
    marks = dict(
        Reader.objects.filter(conversation__in=talks, member=by).values_list("conversation", "delivered_upto")
    )
    steps = []
    for talk in talks:
        newest = talk.last_position if upto is None else min(upto, talk.last_position)
        if newest > (before := marks.get(talk.pk, 0)):
            steps.append(Step(talk, before, newest))
    return steps


def _ticked(steps: Sequence[Step], *, by: Membership, at: datetime, how: str) -> list[Step]:
    """Put the tick on all that this member is the first to receive; returns where that changed something."""
    reached = Message.objects.filter(
        reduce(or_, (_reached(one, by=by) for one in steps)), delivered_at__isnull=True
    )
    touched = set(reached.values_list("conversation", flat=True))
    if not touched:
        return []
    Conversation.objects.filter(pk__in=touched).update(revision=F("revision") + 1)
    now = Conversation.objects.filter(pk=OuterRef("conversation")).values("revision")
    reached.update(delivered_at=at, delivered_to=by, delivered_how=how, revision=Subquery(now))
    changed = [one for one in steps if one.talk.pk in touched]
    for one in changed:
        one.talk.revision += 1
    return changed


@prepared
def _seen_to_the_end(*, member: Membership, conversation_id: UUID) -> QuerySet[Any, UUID]:
    all_seen = {"readers__member": member.pk, "readers__seen_upto__gte": F("last_position")}
    seen = Conversation.objects.visible_to(member).filter(pk=conversation_id, **all_seen)
    return seen.values_list("pk", flat=True)


def mark_seen(
    conversation_id: UUID, *, by: Membership, at: datetime, upto: int | None = None, how: str = "portal"
) -> int | None:
    """The member has opened the conversation up to this revision (None: all of it).

    Returns the conversation's new revision, or None where nothing advanced.
    """
    # The usual case, a page opened again, takes no lock.
    if _seen_to_the_end(member=by, conversation_id=conversation_id):
        return None
    return _seen(conversation_id, by=by, at=at, upto=upto, how=how)


@transaction.atomic
def _seen(conversation_id: UUID, *, by: Membership, at: datetime, upto: int | None, how: str) -> int | None:
    conversation = locked(conversation_id, by=by)
    newest = conversation.last_position if upto is None else min(upto, conversation.last_position)
    reader = _marks.first(conversation_id=conversation.pk, member_id=by.pk)
    before = 0 if reader is None else reader.seen_upto
    if newest <= before:
        return None
    advance(conversation, member=by, upto=newest)
    insert(Receipt(conversation=conversation, member=by, kind=ReceiptKind.SEEN, upto=newest, at=at, how=how))
    if _tell_authors(Step(conversation, before, newest), by=by, at=at, how=how):
        record_all([_event(Verb.MESSAGE_SEEN, conversation, upto=newest, by=by, at=at)])
    return conversation.revision


def _tell_authors(step: Step, *, by: Membership, at: datetime, how: str) -> bool:
    """Put the tick on the messages that this member is the first recipient to open."""
    reached = Message.objects.filter(_reached(step, by=by))
    revision = step.talk.revision + 1
    changed = reached.filter(delivered_at__isnull=True).update(
        delivered_at=at, delivered_to=by, delivered_how=how, revision=revision
    )
    changed += reached.filter(seen_at__isnull=True).update(seen_at=at, seen_by=by, revision=revision)
    if changed:
        step.talk.revision = revision
        update(step.talk, "revision")
    return bool(changed)


def _reached(step: Step, *, by: Membership) -> Q:
    """The condition on the messages between the two marks that are for this member.

    Recipients are the other side, and the person named in a private conversation; a colleague who reads
    along does not make a message delivered.
    """
    addressed = Q(by_office=not by.is_office)
    if by.pk in {step.talk.addressee_id, step.talk.started_by_id} and step.talk.is_private:
        addressed |= ~Q(author=by.pk)
    between = Q(position__gt=step.after, position__lte=step.upto)
    return addressed & between & Q(conversation=step.talk.pk, kind=Kind.TEXT)


def _event(verb: Verb, talk: Conversation, *, upto: int, by: Membership, at: datetime) -> Event:
    return Event(
        verb=verb,
        subject_id=talk.pk,
        office_id=talk.office_id,
        company_id=talk.company_id,
        conversation_id=talk.pk,
        by_id=by.pk,
        at=at,
        # With the questions, so that whoever keeps those need not look where there are none.
        facts={"upto": upto, "revision": talk.revision, "open_questions": talk.open_questions},
    )
