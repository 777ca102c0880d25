"""What the office does with a request: sends an item back, sets it aside, puts reminders off, opens it again, ends it."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import uuid5

from django.db import transaction

from comptoir.activity.verbs import Verb
from comptoir.campaigns.actions.gate import (
    end,
    follow,
    item_locked,
    move,
    reopen,
    request_locked,
    require_staff,
    tell,
)
from comptoir.campaigns.items import OPEN, Does, Side, State
from comptoir.campaigns.models import DocumentRequest, Ended, RequestItem
from comptoir.campaigns.refusals import NoReason, NoSuchDay, RequestEnded
from comptoir.campaigns.requests import REASON
from comptoir.campaigns.wording import sent_back_text
from comptoir.conversations.actions.conversation import close_conversation, reopen_conversation
from comptoir.conversations.actions.message import post_message
from comptoir.conversations.models import Conversation
from comptoir.core.text import clean_line

if TYPE_CHECKING:
    from datetime import date, datetime
    from uuid import UUID

    from comptoir.people.models import Membership

MOVED = ["state", "later_on", "changed_by", "changed_at", "sent_back_reason"]


@transaction.atomic
def send_back_item(item_id: UUID, *, by: Membership, at: datetime, reason: str) -> RequestItem:
    """With a reason, which the client is told by a message. A request that had ended is open again."""
    why = clean_line(reason)[:REASON]
    if not why:
        raise NoReason(field="reason")
    require_staff(by, sends=True)
    item = item_locked(item_id, by=by)
    request = item.request
    move(item, Does.SEND_BACK, Side.OFFICE, by=by, at=at)
    item.sent_back_reason = why
    item.save(update_fields=MOVED)
    tell(Verb.ITEM_SENT_BACK, request, by=by, at=at, item_id=item.pk, item=item.kind, because=why)
    if not request.conversation.is_open:
        reopen_conversation(request.conversation_id, by=by, at=at)
        request.conversation = Conversation.objects.select_related("company").get(pk=request.conversation_id)
    if request.is_open:
        follow(request, by=by, at=at)
    else:
        reopen(request, by=by, at=at)
    post_message(
        request.conversation_id,
        by=by,
        at=at,
        key=uuid5(item.pk, f"sent-back/{at.isoformat()}"),
        body=sent_back_text(request.company, item, reason=why),
        expects_answer=True,
    )
    return item


@transaction.atomic
def set_item_aside(item_id: UUID, *, by: Membership, at: datetime) -> RequestItem:
    """It is not needed this period."""
    require_staff(by, sends=True)
    item = item_locked(item_id, by=by)
    move(item, Does.SET_ASIDE, Side.OFFICE, by=by, at=at)
    return _moved(item, Verb.ITEM_NOT_NEEDED, by=by, at=at)


@transaction.atomic
def need_item(item_id: UUID, *, by: Membership, at: datetime) -> RequestItem:
    """After all; a request that had ended is open again."""
    require_staff(by, sends=True)
    item = item_locked(item_id, by=by)
    move(item, Does.NEED, Side.OFFICE, by=by, at=at)
    _moved(item, Verb.ITEM_NEEDED, by=by, at=at)
    if not item.request.is_open:
        reopen(item.request, by=by, at=at)
    return item


@transaction.atomic
def receive_item(item_id: UUID, *, by: Membership, at: datetime) -> RequestItem:
    """It came otherwise: on paper, or by hand."""
    require_staff(by)
    item = item_locked(item_id, by=by)
    move(item, Does.HAND_IN, Side.OFFICE, by=by, at=at)
    item.sent_back_reason = ""
    return _moved(item, Verb.ITEM_HANDED_IN, by=by, at=at)


@transaction.atomic
def need_nothing(request_id: UUID, *, by: Membership, at: datetime) -> DocumentRequest:
    """The whole request is not needed this period: it ends, and its conversation is closed. Twice changes nothing."""
    require_staff(by, sends=True)
    request = request_locked(request_id, by=by)
    if not request.is_open:
        return request
    left = RequestItem.objects.filter(request=request.pk, state__in=OPEN)
    left.update(state=State.NOT_NEEDED, later_on=None, changed_by=by, changed_at=at)
    end(request, Ended.NOT_NEEDED, by=by, at=at)
    close_conversation(request.conversation_id, by=by, at=at)
    return request


@transaction.atomic
def snooze_request(request_id: UUID, *, by: Membership, at: datetime, until: date | None) -> DocumentRequest:
    """Nobody is chased before that day; None takes it back."""
    require_staff(by, sends=True)
    request = _open(request_id, by=by)
    if until is not None and not at.date() <= until <= request.campaign.legal_on:
        raise NoSuchDay(field="until")
    request.snoozed_until = until
    request.save(update_fields=["snoozed_until"])
    follow(request, by=by, at=at)
    tell(Verb.REQUEST_SNOOZED, request, by=by, at=at, until=until.isoformat() if until else "")
    return request


@transaction.atomic
def note_call(request_id: UUID, *, by: Membership, at: datetime) -> DocumentRequest:
    """Somebody called the client about it."""
    require_staff(by)
    request = _open(request_id, by=by)
    request.called_at = at
    request.save(update_fields=["called_at"])
    tell(Verb.REQUEST_CALLED, request, by=by, at=at)
    return request


@transaction.atomic
def end_with(conversation_id: UUID, *, by: Membership | None, at: datetime) -> DocumentRequest | None:
    """In the transaction that closes its conversation, which holds the lock. None where it is no request's, or over."""
    rows = DocumentRequest.objects.select_related("conversation").select_for_update(of=("self",))
    request = rows.filter(conversation=conversation_id, ended_at__isnull=True).first()
    if request is not None:
        end(request, Ended.CLOSED, by=by, at=at)
    return request


def _open(request_id: UUID, *, by: Membership) -> DocumentRequest:
    request = request_locked(request_id, by=by)
    if not request.is_open:
        raise RequestEnded
    return request


def _moved(item: RequestItem, verb: Verb, *, by: Membership, at: datetime) -> RequestItem:
    item.save(update_fields=MOVED)
    tell(verb, item.request, by=by, at=at, item_id=item.pk, item=item.kind)
    follow(item.request, by=by, at=at)
    return item
