"""Fetch, check and lock in one step: first the conversation, then its request, so that two never wait for each other."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from comptoir.activity.record import record
from comptoir.campaigns.items import State, after
from comptoir.campaigns.models import Campaign, DocumentRequest, RequestItem
from comptoir.campaigns.refusals import ItemMoved
from comptoir.conversations.models import Conversation
from comptoir.conversations.querysets import still_in_force
from comptoir.core.errors import NotAllowed, NotFound
from comptoir.people.profiles import may_write_to_clients

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from comptoir.activity.verbs import Verb
    from comptoir.campaigns.items import Does, Side
    from comptoir.people.models import Membership


def require_staff(by: Membership, *, sends: bool = False) -> None:
    """What reaches a client is an accountant's; an assistant prepares."""
    if not by.is_office or by.is_by_link or (sends and not may_write_to_clients(by.profile)):
        raise NotAllowed


def campaign_locked(campaign_id: UUID, *, by: Membership) -> Campaign:
    seen = Campaign.objects.visible_to(by).filter(still_in_force(by), pk=campaign_id)
    found = seen.select_for_update(of=("self",)).first()
    if found is None:
        raise NotFound
    return found


def request_locked(request_id: UUID, *, by: Membership) -> DocumentRequest:
    """If `by` sees it now, in a dossier that is not put away; NotFound otherwise."""
    seen = DocumentRequest.objects.visible_to(by).filter(
        still_in_force(by), company__archived_at__isnull=True
    )
    talk_id = seen.filter(pk=request_id).values_list("conversation", flat=True).first()
    if talk_id is None:
        raise NotFound
    talk = Conversation.objects.select_related("company").select_for_update(of=("self",)).get(pk=talk_id)
    rows = seen.select_related("company__manager__person", "campaign").select_for_update(of=("self",))
    found = rows.filter(pk=request_id).first()
    if found is None:
        raise NotFound
    found.conversation = talk
    return found


def item_locked(item_id: UUID, *, by: Membership) -> RequestItem:
    """With its request, locked as that."""
    request_id = (
        RequestItem.objects.visible_to(by).filter(pk=item_id).values_list("request", flat=True).first()
    )
    if request_id is None:
        raise NotFound
    request = request_locked(request_id, by=by)
    item = RequestItem.objects.get(pk=item_id)
    item.request = request
    return item


def move(item: RequestItem, does: Does, side: Side, *, by: Membership | None, at: datetime) -> None:
    """To its next state, unsaved; ItemMoved where the table has none."""
    then = after(State(item.state), does, side)
    if then is None:
        raise ItemMoved
    item.state, item.later_on = then, None
    item.changed_by, item.changed_at = by, at


def tell(verb: Verb, request: DocumentRequest, *, by: Membership | None, at: datetime, **facts: Any) -> None:
    """Of a request or, with `item_id` among the facts, of one of its items."""
    record(
        verb,
        facts.pop("item_id", request.pk),
        office_id=request.office_id,
        company_id=request.company_id,
        conversation_id=request.conversation_id,
        by_id=by.pk if by else None,
        at=at,
        **facts,
    )
