"""Messages of a conversation: read, which delivers them; sent, edited, deleted; and whom they reached."""

from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpResponse
from django.utils import timezone
from ninja import Query, Router

from comptoir.api import schemas
from comptoir.api.answers import answer
from comptoir.api.asked import EditMessage, MessagesAsked, PostMessage
from comptoir.api.auth import READ, WRITE, ApiRequest
from comptoir.api.errors import refusals
from comptoir.api.rows import MESSAGE, member_item, message_items, own_message_item
from comptoir.conversations.actions.message import delete_message, edit_message, post_message
from comptoir.conversations.actions.receipt import mark_delivered
from comptoir.conversations.models import Conversation, Message, Reader
from comptoir.conversations.queries import receipts_of
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
            "items": message_items(found.rows),
            "revision": place.revision,
            "has_more": found.has_more,
            "before": found.rows[0].position if goes_back else None,
        }
    )


def place_of(conversation_id: UUID, *, member: Membership) -> Place:
    """`NotFound` where the member does not see the conversation."""
    mark = Reader.objects.filter(conversation=OuterRef("pk"), member=member.pk).values("delivered_upto")[:1]
    found = (
        Conversation.objects.visible_to(member)
        .filter(pk=conversation_id)
        .annotate(delivered_upto=Coalesce(Subquery(mark), 0))
        .values_list("revision", "last_position", "delivered_upto")
        .first()
    )
    if found is None:
        raise NotFound
    return Place(*found)


def rows_of(conversation_id: UUID, asked: MessagesAsked) -> Rows:
    """Of a conversation that the member was found to see."""
    messages = Message.objects.of(conversation_id)
    if asked.since_revision is not None:
        return rows_since(messages.filter(revision__gt=asked.since_revision), limit=asked.limit)
    if asked.before is not None:
        messages = messages.filter(position__lt=position_of(asked.before, conversation_id))
    newest = messages.order_by("-position").values_list(*MESSAGE, named=True)[: asked.limit + 1]
    rows = list(newest)
    return Rows(rows[: asked.limit][::-1], has_more=len(rows) > asked.limit, is_newest=asked.before is None)


def rows_since(changed: Any, *, limit: int) -> Rows:
    """In the order of change, whole revisions only: asking again from the last one's must not jump over any."""
    in_order = changed.order_by("revision", "position").values_list(*MESSAGE, named=True)
    rows = list(in_order[: limit + 1])
    if len(rows) <= limit:
        return Rows(rows, has_more=False, is_newest=True)
    last = rows[limit - 1].revision
    if rows[limit].revision == last:
        rows = list(in_order.filter(revision__lte=last))
        return Rows(rows, has_more=changed.filter(revision__gt=last).exists(), is_newest=False)
    return Rows(rows[:limit], has_more=True, is_newest=False)


def position_of(before: int | UUID, conversation_id: UUID) -> int:
    if isinstance(before, int):
        return before
    found = Message.objects.of(conversation_id).filter(pk=before).first()
    if found is None:
        raise Invalid(field="before")
    return found.position


@router.post(
    "/conversations/{conversation_id}/messages",
    response={201: schemas.Message, 200: schemas.Message, **refusals(404, 409, 413)},
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


@router.patch(
    "/messages/{message_id}",
    response={200: schemas.Message, **refusals(404, 409, 413)},
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
    """Each with the first moment."""
    message = Message.objects.visible_to(request.auth.member).filter(pk=message_id).first()
    if message is None:
        raise NotFound
    items = [
        {"member": member_item(one.member), "kind": one.kind, "at": one.at, "how": one.how}
        for one in receipts_of(message)
    ]
    return answer({"items": items})
