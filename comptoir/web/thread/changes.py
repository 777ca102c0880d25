"""What a page that is open lacks: rows new or changed since a revision, what may be done now, and the counters."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import JsonResponse
from django.template.loader import render_to_string
from django.utils import timezone
from django.views.decorators.http import require_GET

from comptoir.conversations.actions.receipt import mark_delivered
from comptoir.conversations.models import Message
from comptoir.conversations.queries import counters, messages_before, messages_changed_since, notes_of
from comptoir.web.by_link import or_by_link
from comptoir.web.members import for_members
from comptoir.web.thread.forms import revision_from
from comptoir.web.thread.kept import row_html
from comptoir.web.thread.rows import note_rows, rows_of
from comptoir.web.thread.view import PAGE, allowed_in, conversation_for
from comptoir.web.waiting import waiting_since

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest

    from comptoir.conversations.models import Conversation
    from comptoir.people.models import Membership
    from comptoir.web.thread.rows import Row

MOST = 200


@or_by_link
@for_members
@require_GET
def changes(request: HttpRequest, member: Membership, conversation_id: UUID) -> JsonResponse:
    """JSON: `revision`, `rows` (HTML), `more` (ask again), `state` (HTML of head and composer), `counters`."""
    since = revision_from(request.GET.get("since"), field="since")
    mark_delivered([conversation_id], by=member, at=timezone.now())
    conversation = conversation_for(member, conversation_id)
    messages, more = messages_changed_since(conversation, revision=since, limit=MOST)
    rows = changed_rows(messages, member=member, since=since)
    now = counters(member)
    answer: dict[str, Any] = {
        "revision": messages[-1].revision if more else conversation.revision,
        "more": more,
        "rows": [_html(request, row, conversation, member) for row in rows],
        "counters": {"to_handle": now.to_handle, "unread": now.unread},
        **state_of(request, conversation, member),
    }
    if member.is_office:
        answer["notes"] = _notes(request, conversation, member)
    return JsonResponse(answer)


def changed_rows(messages: list[Message], *, member: Membership, since: int) -> list[Row]:
    """In the order of their positions; a new one is grouped with the one before it, an old one keeps its place."""
    in_order = sorted(messages, key=lambda message: message.position)
    if not in_order:
        return []
    new = [message for message in in_order if message.position > since]
    old = [message for message in in_order if message.position <= since]
    previous = _before(new[0]) if new else None
    return [
        *rows_of(old, member=member),
        *rows_of(new, member=member, previous=previous),
    ]


def _before(message: Message) -> Message | None:
    earlier = Message.objects.of(message.conversation_id).filter(position__lt=message.position)
    return earlier.order_by("-position").first()


def state_of(request: HttpRequest, conversation: Conversation, member: Membership) -> dict[str, Any]:
    """The parts of the page that follow the conversation's state, as HTML by the place where they stand."""
    allowed = allowed_in(conversation, member)
    context = {
        "conversation": conversation,
        "member": member,
        "allowed": allowed,
        "waiting": waiting_since(conversation),
    }
    side = "desk" if member.is_office else "portal"
    return {
        "is_open": conversation.is_open,
        "may_post": "post" in allowed,
        "desk_revision": conversation.desk_revision if member.is_office else 0,
        "is_asking": conversation.awaiting_client_since is not None,
        "actions": render_to_string(f"{side}/_actions.html", context, request),
        "status": render_to_string("thread/_status.html", context, request),
    }


def _html(request: HttpRequest, row: Row, conversation: Conversation, member: Membership) -> str:
    return row_html(request, row, conversation=conversation, member=member)


def _notes(request: HttpRequest, conversation: Conversation, member: Membership) -> list[str]:
    rows = note_rows(notes_of(conversation, member=member), member=member)
    return [render_to_string("desk/_note.html", {"item": row}, request) for row in rows]


@or_by_link
@for_members
@require_GET
def older(request: HttpRequest, member: Membership, conversation_id: UUID) -> JsonResponse:
    """JSON: `rows` (HTML, oldest first) before a position, and `oldest` to ask on from, or null."""
    before = revision_from(request.GET.get("before"), field="before")
    conversation = conversation_for(member, conversation_id)
    messages = messages_before(conversation, before=before, limit=PAGE + 1)
    has_more = len(messages) > PAGE
    rows = rows_of(messages[-PAGE:], member=member)
    return JsonResponse(
        {
            "rows": [_html(request, row, conversation, member) for row in rows],
            "oldest": rows[0].message.position if has_more else None,
        }
    )
