"""What the accounts hold ticks itself, with its source."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from comptoir.activity.verbs import Verb
from comptoir.campaigns.actions.gate import follow, tell
from comptoir.campaigns.filling import held_of
from comptoir.campaigns.items import Does, Side, State, after
from comptoir.campaigns.models import DocumentRequest, ItemFile, RequestItem
from comptoir.conversations.models import Conversation

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from comptoir.campaigns.filling import Held

FILLED = ["state", "later_on", "source", "received_count", "changed_by", "changed_at"]


@transaction.atomic
def fill_request(request_id: UUID, *, at: datetime) -> list[RequestItem]:
    """Those that changed. What people said last of an item stands; its counts follow the accounts all the same."""
    rows = DocumentRequest.objects.filter(pk=request_id, ended_at__isnull=True)
    talk_id = rows.values_list("conversation", flat=True).first()
    if talk_id is None:
        return []
    talk = Conversation.objects.select_related("company").select_for_update(of=("self",)).get(pk=talk_id)
    request = rows.select_related("company", "campaign").select_for_update(of=("self",)).first()
    if request is None:
        return []
    request.conversation = talk
    changed = []
    for item in RequestItem.objects.filter(request=request_id).order_by("place"):
        item.request = request
        if (held := held_of(item)) and _is_new(item, held, at=at):
            item.save(update_fields=FILLED)
            changed.append(item)
            tell(Verb.ITEM_FILLED, request, by=None, at=at, item_id=item.pk, item=item.kind, **held.source)
    if changed:
        follow(request, by=None, at=at)
    return changed


def _is_new(item: RequestItem, held: Held, *, at: datetime) -> bool:
    does = Does.FILL if held.state == State.IN else Does.FILL_PART
    then = after(State(item.state), does, Side.DATA)
    files = ItemFile.objects.filter(item=item.pk, withdrawn_at__isnull=True).count()
    before = item.state, item.source, item.received_count
    item.source, item.received_count = held.source, held.count + files
    if then is not None and then != item.state:
        item.state, item.later_on, item.changed_by, item.changed_at = then, None, None, at
    return (item.state, item.source, item.received_count) != before
