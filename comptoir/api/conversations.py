"""Conversations: listed, started, shown, and the verbs on one."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils import timezone
from ninja import Query, Router

from comptoir.api import schemas
from comptoir.api.answers import answer
from comptoir.api.asked import (
    Assign,
    ConversationsAsked,
    SeenUpto,
    StartConversation,
    StartConversations,
    WithPerson,
)
from comptoir.api.auth import READ, WRITE, ApiRequest
from comptoir.api.errors import refusals
from comptoir.api.messages import own_message_item
from comptoir.api.reads import State, chosen, conversation_rows, first_page, one_conversation, size_for
from comptoir.api.rows import Item, conversation_item
from comptoir.conversations.actions.bulk import start_conversations
from comptoir.conversations.actions.conversation import (
    assign_conversation,
    close_conversation,
    mark_handled,
    reopen_conversation,
    start_conversation,
)
from comptoir.conversations.actions.receipt import mark_seen
from comptoir.conversations.rules import Do, Facts, may
from comptoir.core.errors import NotFound
from comptoir.people.models import Membership

router = Router(auth=WRITE, tags=["conversations"])
IN_FULL: dict[int, Any] = {200: schemas.ConversationInFull, **refusals(404, 409)}


@router.get(
    "/conversations",
    auth=READ,
    response={200: schemas.Conversations, **refusals()},
    summary="The conversations that I see",
)
def list_conversations(request: ApiRequest, asked: Query[ConversationsAsked]) -> HttpResponse:
    """Newest message first."""
    member = request.auth.member
    wanted: dict[str, Any] = {
        "state": State(asked.state),
        "company_id": asked.company,
        "only_to_handle": asked.to_handle,
    }
    if asked.page == 1:
        rows = first_page(member=member, size=size_for(asked.limit), **wanted)
    else:
        first = (asked.page - 1) * asked.limit
        page = chosen(member, **wanted)[first : first + asked.limit + 1]
        rows = list(conversation_rows(page, member=member))
    items = [conversation_item(row, member=member) for row in rows[: asked.limit]]
    return answer({"items": items, "page": asked.page, "has_more": len(rows) > asked.limit})


@router.post(
    "/conversations",
    response={201: schemas.Started, 200: schemas.Started, **refusals(404, 409)},
    summary="Start a conversation",
)
def start(request: ApiRequest, asked: StartConversation) -> HttpResponse:
    """With its first message. The same again is answered with 200 and what is stored, so a retry is safe."""
    member = request.auth.member
    started = start_conversation(
        asked.company,
        by=member,
        at=timezone.now(),
        key=asked.id,
        message_key=asked.message_id,
        subject=asked.subject,
        body=asked.body,
        addressee_id=asked.audience.person if isinstance(asked.audience, WithPerson) else None,
        files=asked.attachments,
        expects_answer=asked.expects_answer,
    )
    message = own_message_item(started.message, by=member, has_files=bool(asked.attachments))
    item = {**in_full(started.conversation.pk, member=member), "message": message}
    return answer(item, status=201 if started.is_new else 200)


@router.post(
    "/conversations/bulk",
    response={201: schemas.StartedMany, 200: schemas.StartedMany, **refusals(404, 409)},
    summary="Start one conversation for each of several dossiers",
)
def start_many(request: ApiRequest, asked: StartConversations) -> HttpResponse:
    """All or none, for the staff. The same again is answered with 200 and the same conversations."""
    started = start_conversations(
        asked.companies,
        by=request.auth.member,
        at=timezone.now(),
        key=asked.id,
        subject=asked.subject,
        body=asked.body,
        period=asked.period,
        deadline=asked.deadline,
        expects_answer=asked.expects_answer,
    )
    items = [{"company": one.conversation.company_id, "conversation": one.conversation.pk} for one in started]
    return answer({"items": items}, status=201 if any(one.is_new for one in started) else 200)


@router.get(
    "/conversations/{conversation_id}",
    auth=READ,
    response={200: schemas.ConversationInFull, **refusals(404)},
    summary="One conversation",
)
def show(request: ApiRequest, conversation_id: UUID) -> HttpResponse:
    return answer(in_full(conversation_id, member=request.auth.member))


def in_full(conversation_id: UUID, *, member: Membership) -> Item:
    """The conversation as it is now, and what the member may do in it; `NotFound` if they do not see it."""
    row = one_conversation.first(member=member, conversation_id=conversation_id)
    if row is None:
        raise NotFound
    facts = Facts(
        is_open=row.closed_at is None,
        started_by_office=row.started_by_office,
        is_archived=row.company__archived_at is not None,
    )
    allowed = [do.value for do in Do if may(member.profile, do, facts)]
    return {**conversation_item(row, member=member), "may": allowed}


@router.post("/conversations/{conversation_id}/close", response=IN_FULL, summary="Close it")
def close(request: ApiRequest, conversation_id: UUID) -> HttpResponse:
    """It stays readable. A company closes only what it began itself."""
    close_conversation(conversation_id, by=request.auth.member, at=timezone.now())
    return answer(in_full(conversation_id, member=request.auth.member))


@router.post("/conversations/{conversation_id}/reopen", response=IN_FULL, summary="Open it again")
def reopen(request: ApiRequest, conversation_id: UUID) -> HttpResponse:
    reopen_conversation(conversation_id, by=request.auth.member, at=timezone.now())
    return answer(in_full(conversation_id, member=request.auth.member))


@router.post(
    "/conversations/{conversation_id}/handled", response=IN_FULL, summary="Nothing is to be answered"
)
def handled(request: ApiRequest, conversation_id: UUID) -> HttpResponse:
    """Ends what waits for my side."""
    mark_handled(conversation_id, by=request.auth.member, at=timezone.now())
    return answer(in_full(conversation_id, member=request.auth.member))


@router.post("/conversations/{conversation_id}/seen", response=IN_FULL, summary="I have seen it")
def seen(request: ApiRequest, conversation_id: UUID, asked: SeenUpto) -> HttpResponse:
    """Up to a revision; reading messages by the API alone marks them delivered, not seen."""
    member = request.auth.member
    mark_seen(conversation_id, by=member, at=timezone.now(), upto=asked.revision, how="api")
    return answer(in_full(conversation_id, member=member))


@router.post("/conversations/{conversation_id}/assign", response=IN_FULL, summary="Give it to a colleague")
def assign(request: ApiRequest, conversation_id: UUID, asked: Assign) -> HttpResponse:
    """For the staff; clients do not see it."""
    assign_conversation(conversation_id, by=request.auth.member, at=timezone.now(), assignee_id=asked.person)
    return answer(in_full(conversation_id, member=request.auth.member))
