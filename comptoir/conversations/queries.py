"""What the pages and the API read of conversations. Nothing here writes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db.models import Exists, F, Func, IntegerField, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from comptoir.conversations.models import (
    Conversation,
    Kind,
    Message,
    MessageAttachment,
    Note,
    Reader,
)
from comptoir.conversations.people import put_people
from comptoir.conversations.querysets import visible
from comptoir.core.prepared import Limit, prepared

if TYPE_CHECKING:
    from collections.abc import Iterable
    from uuid import UUID

    from django.db.models import QuerySet

    from comptoir.files.models import Attachment
    from comptoir.people.models import Membership

BOUND = 1000


def to_handle(member: Membership) -> Q:
    """The condition on a visible conversation in which an action of this member's, or a look, is due."""
    if member.is_office:
        return Q(awaiting_office_since__isnull=False)
    seen = Exists(Reader.objects.filter(conversation=OuterRef("pk"), member=member.pk, seen_upto__gt=0))
    return Q(awaiting_client_since__isnull=False) | (Q(to_be_seen=True) & ~Q(seen))


def unread(member: Membership) -> Q:
    """The condition on a visible conversation in which this member has not seen everything.

    What was said before the member joined counts as read.
    """
    seen = Exists(
        Reader.objects.filter(
            conversation=OuterRef("pk"), member=member.pk, seen_upto__gte=OuterRef("last_position")
        )
    )
    return Q(last_message_at__gt=member.joined_at) & ~Q(seen)


@dataclass(frozen=True)
class Counters:
    to_handle: int
    unread: int


def counters(member: Membership) -> Counters:
    """Exact, per person, and over open conversations only: the cost follows what is open, not the history."""
    return Counters(
        to_handle=_to_handle_count.first(member=member) or 0, unread=_unread_count.first(member=member) or 0
    )


@prepared
def _to_handle_count(*, member: Membership) -> QuerySet[Any, int]:
    return counted(Conversation.objects.visible_to(member).open().filter(to_handle(member)))


@prepared
def _unread_count(*, member: Membership) -> QuerySet[Any, int]:
    return counted(Conversation.objects.visible_to(member).open().filter(unread(member)))


def counted(conversations: QuerySet[Conversation]) -> QuerySet[Any, int]:
    """One row with their number; `count()` would ask at once."""
    number = Func("pk", function="COUNT", output_field=IntegerField())
    return conversations.order_by().annotate(number=number).values_list("number", flat=True)


def bounded(conversations: QuerySet[Conversation]) -> QuerySet[Any, int]:
    """Their number, but no more than `BOUND`: a list's tab need not count ten years of history."""
    first = conversations.order_by().values("pk")[:BOUND]
    return counted(Conversation.objects.filter(pk__in=first))


def listed(conversations: QuerySet[Conversation], *, member: Membership) -> QuerySet[Conversation]:
    """With all that one row of a list shows: `seen_upto`, `is_unread` follow from it; no query per row."""
    mark = Reader.objects.filter(conversation=OuterRef("pk"), member=member.pk).values("seen_upto")[:1]
    return conversations.select_related(
        "company", "started_by__person", "addressee__person", "last_author__person", "assignee__person"
    ).annotate(seen_upto=Coalesce(Subquery(mark), 0))


def is_unread(conversation: Conversation, *, member: Membership) -> bool:
    """For a row that came from `listed`."""
    seen_upto: int = conversation.seen_upto  # type: ignore[attr-defined]  # annotated by `listed`
    return conversation.last_position > seen_upto and conversation.last_message_at > member.joined_at


def waits_for(conversation: Conversation, *, member: Membership) -> bool:
    """Whether an action of this member is due in a row that came from `listed`."""
    if member.is_office:
        return conversation.awaiting_office_since is not None
    seen_upto: int = conversation.seen_upto  # type: ignore[attr-defined]  # annotated by `listed`
    return conversation.awaiting_client_since is not None or (conversation.to_be_seen and seen_upto == 0)


def messages_before(conversation: Conversation, *, before: int | None, limit: int) -> list[Message]:
    """The newest `limit` messages and lines, or those before a position; oldest first."""
    page = _newest_before(conversation_id=conversation.pk, before=before, limit=Limit(limit))
    page.reverse()
    put_people(page, *PEOPLE)
    return page


@prepared
def _newest_before(*, conversation_id: UUID, before: int | None, limit: Limit) -> QuerySet[Message]:
    found = Message.objects.of(conversation_id)
    if before is not None:
        found = found.filter(position__lt=before)
    return found.order_by("-position")[:limit]


class Changed(NamedTuple):
    messages: list[Message]
    has_more: bool


def messages_changed_since(conversation: Conversation, *, revision: int, limit: int) -> Changed:
    """What is new or changed after a revision, in the order of change; ask again from the last one's revision.

    Whole revisions only, so that asking again jumps over nothing: one receipt gives many messages the same one.
    """
    since = Message.objects.of(conversation.pk).select_related(*AUTHORS).order_by("revision", "position")
    found = list(since.filter(revision__gt=revision)[: limit + 1])
    if len(found) <= limit:
        return Changed(found, has_more=False)
    last = found[limit].revision
    whole = [message for message in found if message.revision < last]
    return Changed(whole or list(since.filter(revision=last)), has_more=True)


PEOPLE = ("author", "delivered_to", "seen_by")
AUTHORS = tuple(f"{name}__person" for name in PEOPLE)


def attachments_of(messages: Iterable[Message]) -> dict[UUID, list[Attachment]]:
    """The files of living messages of one conversation, by message; one query."""
    living = [message for message in messages if message.kind == Kind.TEXT and message.deleted_at is None]
    found: dict[UUID, list[Attachment]] = {}
    if not living:
        return found
    positions = [message.position for message in living]
    hung = _hung_between(conversation_id=living[0].conversation_id, first=min(positions), last=max(positions))
    ids = {message.pk for message in living}
    for one in hung:
        if one.message_id in ids:
            found.setdefault(one.message_id, []).append(one.attachment)
    return found


@prepared
def _hung_between(*, conversation_id: UUID, first: int, last: int) -> QuerySet[MessageAttachment]:
    return (
        MessageAttachment.objects.filter(
            message__conversation=conversation_id, message__position__gte=first, message__position__lte=last
        )
        .select_related("attachment")
        .order_by("place")
    )


def notes_of(conversation: Conversation, *, member: Membership) -> list[Note]:
    """The living internal notes, oldest first; none for a client."""
    return _notes(member=member, conversation_id=conversation.pk)


@prepared
def _notes(*, member: Membership, conversation_id: UUID) -> QuerySet[Note]:
    found = Note.objects.visible_to(member).filter(conversation=conversation_id, deleted_at__isnull=True)
    return found.select_related("author__person").order_by("written_at", "pk")


def attachment_for(member: Membership, attachment_id: UUID) -> Attachment | None:
    """A file through the message it hangs on; gone with a deleted message. None = missing or not visible."""
    hung = (
        MessageAttachment.objects.filter(
            visible(member, prefix="message__conversation__"),
            attachment=attachment_id,
            message__deleted_at__isnull=True,
        )
        .select_related("attachment")
        .first()
    )
    return hung.attachment if hung else None


def files_of(message_id: UUID, *, member: Membership) -> list[Attachment]:
    """What hangs on a message, for whoever sees that."""
    hung = MessageAttachment.objects.filter(
        visible(member, prefix="message__conversation__"),
        message=message_id,
        message__deleted_at__isnull=True,
    )
    return [one.attachment for one in hung.select_related("attachment").order_by("place")]


def newest_first(conversations: QuerySet[Conversation]) -> QuerySet[Conversation]:
    return conversations.order_by(F("last_message_at").desc(), "pk")


def longest_waiting_first(conversations: QuerySet[Conversation]) -> QuerySet[Conversation]:
    """The office's order: what has waited longest stands at the top."""
    return conversations.order_by(
        F("awaiting_office_since").asc(nulls_last=True), F("last_message_at").asc(), "pk"
    )
