"""The reads that almost every request asks: lean rows through the gate, by statements that are compiled once."""

from __future__ import annotations

from enum import Enum, IntEnum
from typing import TYPE_CHECKING, Any

from django.db.models import OuterRef, Subquery
from django.db.models.functions import Coalesce

from comptoir.api.rows import CONVERSATION, FILE, MESSAGE, OF_THE_DESK
from comptoir.conversations.models import Conversation, Kind, Message, MessageAttachment, Reader
from comptoir.conversations.queries import listed, newest_first, to_handle
from comptoir.core.prepared import prepared

if TYPE_CHECKING:
    from uuid import UUID

    from django.db.models import QuerySet

    from comptoir.people.models import Membership


class State(Enum):
    OPEN = "open"
    CLOSED = "closed"
    ALL = "all"


class Size(IntEnum):
    """How many rows a statement reads: the usual page or the largest one, and one more to know whether there is one.

    A limit is part of a statement, so that each would have to be compiled by itself.
    """

    USUAL = 51
    LARGEST = 201


def size_for(limit: int) -> Size:
    return Size.USUAL if limit < Size.USUAL else Size.LARGEST


def conversation_rows(conversations: QuerySet[Conversation], *, member: Membership) -> QuerySet[Any, Any]:
    """Rows for `conversation_item`."""
    fields = (*CONVERSATION, *OF_THE_DESK) if member.is_office else CONVERSATION
    return listed(conversations, member=member).values_list(*fields, named=True)


def chosen(
    member: Membership, *, state: State, company_id: UUID | None, only_to_handle: bool
) -> QuerySet[Conversation]:
    """Newest message first."""
    found = Conversation.objects.visible_to(member)
    if state is not State.ALL:
        found = found.open() if state is State.OPEN else found.closed()
    if company_id is not None:
        found = found.filter(company=company_id)
    if only_to_handle:
        found = found.filter(to_handle(member))
    return newest_first(found)


@prepared
def first_page(
    *, member: Membership, state: State, company_id: UUID | None, only_to_handle: bool, size: Size
) -> QuerySet[Any, Any]:
    found = chosen(member, state=state, company_id=company_id, only_to_handle=only_to_handle)
    return conversation_rows(found[:size], member=member)


@prepared
def one_conversation(*, member: Membership, conversation_id: UUID) -> QuerySet[Any, Any]:
    return conversation_rows(
        Conversation.objects.visible_to(member).filter(pk=conversation_id), member=member
    )


@prepared
def place_in(*, member: Membership, conversation_id: UUID) -> QuerySet[Any, Any]:
    """Where a conversation stands, and how far it was delivered to the member. The gate of what follows."""
    mark = Reader.objects.filter(conversation=OuterRef("pk"), member=member.pk).values("delivered_upto")[:1]
    return (
        Conversation.objects.visible_to(member)
        .filter(pk=conversation_id)
        .annotate(delivered_upto=Coalesce(Subquery(mark), 0))
        .values_list("revision", "last_position", "delivered_upto")
    )


@prepared
def newest_messages(*, conversation_id: UUID, before: int | None, size: Size) -> QuerySet[Any, Any]:
    """Newest first. Of a conversation that the member was found to see, as all below."""
    found = Message.objects.of(conversation_id)
    if before is not None:
        found = found.filter(position__lt=before)
    return found.order_by("-position").values_list(*MESSAGE, named=True)[:size]


@prepared
def messages_since(*, conversation_id: UUID, revision: int, size: Size) -> QuerySet[Any, Any]:
    """In the order of change."""
    found = Message.objects.of(conversation_id).filter(revision__gt=revision)
    return found.order_by("revision", "position").values_list(*MESSAGE, named=True)[:size]


@prepared
def files_at_positions(*, conversation_id: UUID, first: int, last: int) -> QuerySet[Any, Any]:
    return files_of(conversation_id).filter(message__position__gte=first, message__position__lte=last)


@prepared
def files_at_revisions(*, conversation_id: UUID, first: int, last: int) -> QuerySet[Any, Any]:
    return files_of(conversation_id).filter(message__revision__gte=first, message__revision__lte=last)


def files_of(conversation_id: UUID) -> QuerySet[Any, Any]:
    """Of living messages only: a deleted message's files are shown to nobody."""
    return (
        MessageAttachment.objects.filter(
            message__conversation=conversation_id, message__kind=Kind.TEXT, message__deleted_at__isnull=True
        )
        .order_by("place")
        .values_list(*FILE)
    )


@prepared
def files_of_one(*, conversation_id: UUID, message_id: UUID) -> QuerySet[Any, Any]:
    return files_of(conversation_id).filter(message=message_id)
