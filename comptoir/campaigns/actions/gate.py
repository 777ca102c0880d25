"""Where every write of this package begins and ends: fetched, checked and locked in one step; then ended or planned anew.

First the conversation is locked, then its request: so two never wait for each other.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from comptoir.activity.record import record
from comptoir.activity.verbs import Verb
from comptoir.campaigns.items import State, after, are_settled
from comptoir.campaigns.models import Campaign, DocumentRequest, Ended, RequestItem
from comptoir.campaigns.refusals import ItemMoved
from comptoir.campaigns.standing import plan
from comptoir.conversations.actions.gate import STATE_FIELDS, set_waiting
from comptoir.conversations.models import Conversation
from comptoir.conversations.querysets import still_in_force
from comptoir.conversations.rules import Waiting
from comptoir.core.errors import NotAllowed, NotFound
from comptoir.core.saving import update
from comptoir.people.profiles import may_write_to_clients

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from comptoir.campaigns.items import Does, Side
    from comptoir.people.models import Membership

ENDING = ["ended_at", "ended_by", "ended_how", "next_step_at"]


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


def follow(request: DocumentRequest, *, by: Membership | None, at: datetime) -> None:
    """After a change of its items; by nobody where the accounts made it."""
    if not request.is_open:
        return
    states = list(request.items.values_list("state", flat=True))
    if are_settled(states):
        unneeded = all(state == State.NOT_NEEDED for state in states)
        end(request, Ended.NOT_NEEDED if unneeded else Ended.HANDED_IN, by=by, at=at)
    else:
        plan(request, at=at)
        request.save(update_fields=["next_step_at"])


def end(request: DocumentRequest, how: Ended, *, by: Membership | None, at: datetime) -> None:
    """What was handed in waits for the office from now on."""
    request.ended_at, request.ended_by, request.ended_how = at, by, how
    request.next_step_at = None
    request.save(update_fields=ENDING)
    wait(request, office=how == Ended.HANDED_IN, client=False, at=at)
    tell(Verb.REQUEST_ENDED, request, by=by, at=at, because=how, revision=request.conversation.revision)


def reopen(request: DocumentRequest, *, by: Membership, at: datetime) -> None:
    """It waits for the client again, and is chased as if it had never ended."""
    request.ended_at = request.ended_by = None
    request.ended_how = ""
    plan(request, at=at)
    request.save(update_fields=ENDING)
    wait(request, office=False, client=True, at=at)
    tell(Verb.REQUEST_REOPENED, request, by=by, at=at, revision=request.conversation.revision)


def wait(request: DocumentRequest, *, office: bool, client: bool, at: datetime) -> None:
    """Set what its open conversation waits for; questions in it wait all the same."""
    talk = request.conversation
    if not talk.is_open:
        return
    talk.revision += 1
    asks = client or talk.open_questions > 0
    set_waiting(talk, Waiting(office=office, client=asks, to_be_seen=False), at=at)
    update(talk, *STATE_FIELDS)
