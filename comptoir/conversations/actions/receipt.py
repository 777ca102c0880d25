"""Receipts: how far a message has come. A mark only ever advances, and never past the newest visible message."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import F, Q
from django.db.models.functions import Greatest

from comptoir.activity.record import record
from comptoir.activity.verbs import Verb
from comptoir.conversations.actions.gate import locked
from comptoir.conversations.models import Conversation, Kind, Message, Reader, Receipt, ReceiptKind
from comptoir.core.prepared import prepared
from comptoir.core.saving import insert, update

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime
    from uuid import UUID

    from django.db.models import QuerySet

    from comptoir.people.models import Membership


@prepared
def _marks(*, conversation_id: UUID, member_id: UUID) -> QuerySet[Reader]:
    """One at most."""
    return Reader.objects.filter(conversation=conversation_id, member=member_id)


def advance(conversation: Conversation, *, member: Membership, kind: str, upto: int) -> None:
    """Set a reader's marks to at least `upto`; seen implies delivered. Under the conversation's lock."""
    seen = upto if kind == ReceiptKind.SEEN else 0
    known = Reader.objects.filter(conversation=conversation, member=member).update(
        delivered_upto=Greatest("delivered_upto", upto), seen_upto=Greatest("seen_upto", seen)
    )
    if not known:
        Reader.objects.create(conversation=conversation, member=member, delivered_upto=upto, seen_upto=seen)


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
            advance(conversation, member=author, kind=ReceiptKind.SEEN, upto=position)
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
    all). Returns those that advanced.
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
    return [
        pk
        for pk in list(behind)
        if _mark(pk, ReceiptKind.DELIVERED, by=by, at=at, upto=upto, how=how) is not None
    ]


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
    return _mark(conversation_id, ReceiptKind.SEEN, by=by, at=at, upto=upto, how=how)


@transaction.atomic
def _mark(
    conversation_id: UUID, kind: ReceiptKind, *, by: Membership, at: datetime, upto: int | None, how: str
) -> int | None:
    conversation = locked(conversation_id, by=by)
    newest = conversation.last_position if upto is None else min(upto, conversation.last_position)
    reader = _marks.first(conversation_id=conversation.pk, member_id=by.pk)
    before = (
        0 if reader is None else (reader.seen_upto if kind == ReceiptKind.SEEN else reader.delivered_upto)
    )
    if newest <= before:
        return None
    advance(conversation, member=by, kind=kind, upto=newest)
    insert(Receipt(conversation=conversation, member=by, kind=kind, upto=newest, at=at, how=how))
    if not _tell_authors(conversation, kind, by=by, at=at, how=how, after=before, upto=newest):
        return conversation.revision
    record(
        Verb.MESSAGE_SEEN if kind == ReceiptKind.SEEN else Verb.MESSAGE_DELIVERED,
        conversation.pk,
        office_id=conversation.office_id,
        company_id=conversation.company_id,
        conversation_id=conversation.pk,
        by_id=by.pk,
        at=at,
        upto=newest,
        revision=conversation.revision,
        # So that whoever keeps questions need not look where there are none.
        open_questions=conversation.open_questions,
    )
    return conversation.revision


def _tell_authors(
    conversation: Conversation,
    kind: ReceiptKind,
    *,
    by: Membership,
    at: datetime,
    how: str,
    after: int,
    upto: int,
) -> bool:
    """Put the tick on the messages that this member is the first recipient to receive or open.

    Recipients are the other side, and the person named in a private conversation; a colleague who reads
    along does not make a message delivered.
    """
    addressed = Q(by_office=not by.is_office)
    if by.pk in {conversation.addressee_id, conversation.started_by_id} and conversation.is_private:
        addressed |= ~Q(author=by.pk)
    reached = Message.objects.filter(
        addressed, conversation=conversation, position__gt=after, position__lte=upto, kind=Kind.TEXT
    )
    revision = conversation.revision + 1
    changed = reached.filter(delivered_at__isnull=True).update(
        delivered_at=at, delivered_to=by, delivered_how=how, revision=revision
    )
    if kind == ReceiptKind.SEEN:
        changed += reached.filter(seen_at__isnull=True).update(seen_at=at, seen_by=by, revision=revision)
    if changed:
        conversation.revision = revision
        update(conversation, "revision")
    return bool(changed)
