"""One step of the ladder, asked again in the transaction that takes it; and a reminder by hand."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import uuid5

from django.db import transaction

from comptoir.activity.verbs import Verb
from comptoir.campaigns.actions.gate import request_locked, require_staff, tell, wait
from comptoir.campaigns.items import OPEN
from comptoir.campaigns.ladder import Kind, next_step
from comptoir.campaigns.models import DocumentRequest, RequestItem
from comptoir.campaigns.refusals import NobodyToChase, RequestEnded
from comptoir.campaigns.standing import ladder_of, plan, recipients, sender_of, standing_of
from comptoir.campaigns.wording import chase_text, missing_note
from comptoir.conversations.actions.message import post_message
from comptoir.conversations.actions.note import write_note
from comptoir.conversations.models import Conversation

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from comptoir.campaigns.ladder import Step
    from comptoir.people.models import Membership

TWICE_WITHIN = timedelta(minutes=5)
CHASED = ["last_rung", "last_chased_at", "chase_count", "escalated_at", "next_step_at"]


@transaction.atomic
def take_step(request_id: UUID, *, at: datetime) -> Step | None:
    """What the ladder says now; what it says of later is planned. None where nothing was to be done.

    Under the locks of the conversation and the request: whoever hands in, snoozes or closes does so before or after.
    """
    request = _due(request_id, at=at)
    if request is None:
        return None
    step = next_step(standing_of(request), ladder_of(request), at=at)
    sender = sender_of(request) if step and step.at <= at else None
    if step is None or step.at > at or sender is None:
        request.next_step_at = step.at if step and step.at > at else None
        request.save(update_fields=["next_step_at"])
        return None
    if step.kind is Kind.CHASE:
        request.last_rung = step.rung
        _chase(request, by=sender, at=at, is_by_hand=False)
    else:
        _escalate(request, by=sender, at=at)
    plan(request, at=at)
    request.save(update_fields=CHASED)
    return step


@transaction.atomic
def chase_request(request_id: UUID, *, by: Membership, at: datetime) -> DocumentRequest:
    """By hand, whatever the ladder says. Again within minutes changes nothing; NobodyToChase where none has access."""
    require_staff(by, sends=True)
    request = request_locked(request_id, by=by)
    if not request.is_open:
        raise RequestEnded
    if not recipients(request):
        raise NobodyToChase
    if request.last_chased_at and at - request.last_chased_at < TWICE_WITHIN:
        return request
    _chase(request, by=by, at=at, is_by_hand=True)
    plan(request, at=at)
    request.save(update_fields=CHASED)
    return request


def _due(request_id: UUID, *, at: datetime) -> DocumentRequest | None:
    rows = DocumentRequest.objects.filter(
        pk=request_id, next_step_at__lte=at, company__archived_at__isnull=True
    )
    talk_id = rows.values_list("conversation", flat=True).first()
    if talk_id is None:
        return None
    talk = Conversation.objects.select_related("company").select_for_update(of=("self",)).get(pk=talk_id)
    found = rows.select_related("company", "campaign").select_for_update(of=("self",)).first()
    if found is not None:
        found.conversation = talk
    return found


def _chase(request: DocumentRequest, *, by: Membership, at: datetime, is_by_hand: bool) -> None:
    request.last_chased_at = at
    request.chase_count += 1
    body = chase_text(
        request.company,
        period=request.campaign.period,
        due_on=request.due_on if at.date() <= request.due_on else request.campaign.legal_on,
        missing=_missing(request),
        at=at,
    )
    key = uuid5(request.pk, f"chase/{request.chase_count}")
    post_message(request.conversation_id, by=by, at=at, key=key, body=body, expects_answer=True)
    rung = {} if is_by_hand else {"rung": request.last_rung}
    tell(Verb.REQUEST_CHASED, request, by=by, at=at, **rung)


def _escalate(request: DocumentRequest, *, by: Membership, at: datetime) -> None:
    """To handle, with a note that no client sees; whoever was assigned before keeps it."""
    request.escalated_at = at
    wait(request, office=True, client=True, at=at)
    revision = request.conversation.revision
    note = missing_note(request, _missing(request))
    write_note(request.conversation_id, by=by, at=at, key=uuid5(request.pk, "escalated"), body=note)
    if request.conversation.assignee_id is None:
        Conversation.objects.filter(pk=request.conversation_id).update(assignee=by)
    tell(Verb.REQUEST_ESCALATED, request, by=None, at=at, revision=revision)


def _missing(request: DocumentRequest) -> list[str]:
    left = RequestItem.objects.filter(request=request.pk, state__in=OPEN).order_by("place")
    return [item.title_in(request.company.language) for item in left]
