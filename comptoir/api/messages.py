"""Messages of a conversation: read, which delivers them; sent, edited, deleted; and whom they reached."""

from typing import Any, NamedTuple
from uuid import UUID

from django.http import HttpResponse
from django.utils import timezone
from ninja import Query, Router

from comptoir.api import schemas
from comptoir.api.answers import answer
from comptoir.api.asked import EditMessage, MessagesAsked, PostMessage
from comptoir.api.auth import READ, WRITE, ApiRequest
from comptoir.api.errors import refusals
from comptoir.api.reads import (
    files_at_positions,
    files_at_revisions,
    files_of_one,
    messages_since,
    newest_messages,
    place_in,
    size_for,
)
from comptoir.api.rows import MESSAGE, Item, by_message, member_item, message_item, message_items
from comptoir.conversations.actions.message import delete_message, edit_message, post_message
from comptoir.conversations.actions.receipt import mark_delivered
from comptoir.conversations.audience import receipts_of
from comptoir.conversations.models import Message
from comptoir.core.errors import Invalid, NotFound
from comptoir.people.models import Membership

router = Router(auth=WRITE, tags=["messages"])


class Place(NamedTuple):
    """Where a conversation stands, and how far it was delivered to the member."""

    revision: int
    last_position: int
    delivered_upto: int


class Rows(NamedTuple):
    rows: list[Any]
    has_more: bool
    is_newest: bool  # the newest message is among them


@router.get(
    "/conversations/{conversation_id}/messages",
    auth=READ,
    response={200: schemas.Messages, **refusals(404)},
    summary="Its messages",
)
def list_messages(request: ApiRequest, conversation_id: UUID, asked: Query[MessagesAsked]) -> HttpResponse:
    """The newest ones, or those `before` one, oldest first; or with `since_revision` what is new or changed.

    Reading the newest marks them as delivered to this member, and nothing as seen. A page since a revision may hold
    more than `limit` messages where one change touched several: a revision is never cut in two.
    """
    member = request.auth.member
    place, found = place_of(conversation_id, member=member), rows_of(conversation_id, asked)
    if found.is_newest and place.delivered_upto < place.last_position:
        # Once more, as the marks are a change of their own.
        mark_delivered([conversation_id], by=member, at=timezone.now(), how="api")
        place, found = place_of(conversation_id, member=member), rows_of(conversation_id, asked)
    goes_back = found.has_more and asked.since_revision is None
    return answer(
        {
            "items": items_of(conversation_id, found, asked),
            "revision": place.revision,
            "has_more": found.has_more,
            "before": found.rows[0].position if goes_back else None,
        }
    )


def place_of(conversation_id: UUID, *, member: Membership) -> Place:
    """`NotFound` where the member does not see the conversation."""
    found = place_in.first(member=member, conversation_id=conversation_id)
    if found is None:
        raise NotFound
    return Place(*found)


def rows_of(conversation_id: UUID, asked: MessagesAsked) -> Rows:
    """Of a conversation that the member was found to see."""
    if asked.since_revision is not None:
        return rows_since(conversation_id, asked.since_revision, limit=asked.limit)
    before = None if asked.before is None else position_of(asked.before, conversation_id)
    rows = newest_messages(conversation_id=conversation_id, before=before, size=size_for(asked.limit))
    has_more = len(rows) > asked.limit
    return Rows(rows[: asked.limit][::-1], has_more=has_more, is_newest=asked.before is None)


def rows_since(conversation_id: UUID, revision: int, *, limit: int) -> Rows:
    """In the order of change, whole revisions only: asking again from the last one's must not jump over any."""
    rows = messages_since(conversation_id=conversation_id, revision=revision, size=size_for(limit))
    if len(rows) <= limit:
        return Rows(rows, has_more=False, is_newest=True)
    last = rows[limit - 1].revision
    if rows[limit].revision != last:
        return Rows(rows[:limit], has_more=True, is_newest=False)
    changed = Message.objects.of(conversation_id).filter(revision__gt=revision)
    until = changed.filter(revision__lte=last).order_by("revision", "position")
    rows = list(until.values_list(*MESSAGE, named=True))
    return Rows(rows, has_more=changed.filter(revision__gt=last).exists(), is_newest=False)


def items_of(conversation_id: UUID, found: Rows, asked: MessagesAsked) -> list[Item]:
    if not found.rows:
        return []
    first, last = found.rows[0], found.rows[-1]
    if asked.since_revision is None:
        files = files_at_positions(conversation_id=conversation_id, first=first.position, last=last.position)
    else:
        files = files_at_revisions(conversation_id=conversation_id, first=first.revision, last=last.revision)
    return message_items(found.rows, files=files)


def position_of(before: int | UUID, conversation_id: UUID) -> int:
    if isinstance(before, int):
        return before
    found = Message.objects.of(conversation_id).filter(pk=before).first()
    if found is None:
        raise Invalid(field="before")
    return found.position


@router.post(
    "/conversations/{conversation_id}/messages",
    response={201: schemas.Message, 200: schemas.Message, **refusals(404, 409)},
    summary="Send a message",
)
def post(request: ApiRequest, conversation_id: UUID, asked: PostMessage) -> HttpResponse:
    """The same again is answered with 200 and the message that is stored, other content under its id with 409."""
    member = request.auth.member
    posted = post_message(
        conversation_id,
        by=member,
        at=timezone.now(),
        key=asked.id,
        body=asked.body,
        files=asked.attachments,
        expects_answer=asked.expects_answer,
        reopening=asked.reopen,
    )
    item = own_message_item(posted.message, by=member, has_files=bool(asked.attachments))
    return answer(item, status=201 if posted.is_new else 200)


def own_message_item(message: Message, *, by: Membership, has_files: bool) -> Item:
    """Of a message of the caller's own: its files are asked for only where there may be any."""
    files = files_of_one(conversation_id=message.conversation_id, message_id=message.pk) if has_files else []
    return message_item(message, author=member_item(by), files=by_message(files).get(message.pk, []))


@router.patch(
    "/messages/{message_id}",
    response={200: schemas.Message, **refusals(404, 409)},
    summary="Edit a message of mine",
)
def edit(request: ApiRequest, message_id: UUID, asked: EditMessage) -> HttpResponse:
    """While the conversation is open. The earlier text is kept, sealed."""
    member = request.auth.member
    message = edit_message(message_id, by=member, at=timezone.now(), body=asked.body)
    return answer(own_message_item(message, by=member, has_files=True))


@router.delete(
    "/messages/{message_id}",
    response={200: schemas.Message, **refusals(404, 409)},
    summary="Delete a message of mine",
)
def delete(request: ApiRequest, message_id: UUID) -> HttpResponse:
    """While the conversation is open. What remains of it is answered: a line for both sides."""
    member = request.auth.member
    message = delete_message(message_id, by=member, at=timezone.now())
    return answer(own_message_item(message, by=member, has_files=False))


@router.get(
    "/messages/{message_id}/receipts",
    auth=READ,
    response={200: schemas.Receipts, **refusals(404)},
    summary="Whom it reached, and who opened it",
)
def list_receipts(request: ApiRequest, message_id: UUID) -> HttpResponse:
    """Of a message of one's own; each with the first moment."""
    member = request.auth.member
    message = Message.objects.visible_to(member).filter(pk=message_id, author=member).first()
    if message is None:
        raise NotFound
    items = [
        {"member": member_item(one.member), "kind": one.kind, "at": one.at, "how": one.how}
        for one in receipts_of(message)
    ]
    return answer({"items": items})
