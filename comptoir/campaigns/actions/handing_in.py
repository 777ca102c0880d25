"""What a client does with an item: files, nothing this period, later; and takes back what was said last."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Max

from comptoir.activity.verbs import Verb
from comptoir.campaigns.actions.gate import end, follow, item_locked, move, reopen, request_locked, tell
from comptoir.campaigns.filling import held_of
from comptoir.campaigns.items import Does, Side, State, remains
from comptoir.campaigns.models import Ended, ItemFile
from comptoir.campaigns.refusals import NoSuchDay, NothingHandedIn, RequestEnded
from comptoir.conversations.actions.content import claimed
from comptoir.conversations.refusals import TooManyAttachments
from comptoir.core.errors import NotAllowed
from comptoir.people.profiles import may_hand_in

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime
    from uuid import UUID

    from comptoir.campaigns.models import DocumentRequest, RequestItem
    from comptoir.people.models import Membership

FILES_AT_ONCE = 50
CHANGED = ["state", "later_on", "changed_by", "changed_at", "received_count", "sent_back_reason"]


@transaction.atomic
def hand_in(item_id: UUID, *, by: Membership, at: datetime, files: Sequence[UUID]) -> RequestItem:
    """One's own uploads, for one item. Those that it has already stay once; also after everything was said to be in."""
    item = _theirs(item_id, by=by, also_after=True)
    wanted = list(dict.fromkeys(files))
    if not wanted:
        raise NothingHandedIn(field="files")
    if len(wanted) > FILES_AT_ONCE:
        raise TooManyAttachments(field="files")
    known = ItemFile.objects.filter(item=item.pk, attachment__in=wanted, withdrawn_at__isnull=True)
    there = set(known.values_list("attachment", flat=True))
    new = [one for one in wanted if one not in there]
    if not new:
        return item
    taken = claimed(new, by=by, at=at)
    ItemFile.objects.bulk_create(
        ItemFile(id=one.pk, item=item, attachment=one, handed_in_by=by, handed_in_at=at) for one in taken
    )
    move(item, Does.HAND_IN, Side.CLIENT, by=by, at=at)
    item.sent_back_reason = ""
    return _keep(item, Verb.ITEM_HANDED_IN, by=by, at=at, files=[str(one) for one in new])


@transaction.atomic
def say_nothing(item_id: UUID, *, by: Membership, at: datetime) -> RequestItem:
    """There is nothing of the kind this period; or, of what is there in part, nothing more. Twice changes nothing."""
    item = _theirs(item_id, by=by)
    if item.state == State.NOTHING:
        return item
    move(item, Does.SAY_NOTHING, Side.CLIENT, by=by, at=at)
    item.sent_back_reason = ""
    return _keep(item, Verb.ITEM_SAID_NOTHING, by=by, at=at)


@transaction.atomic
def postpone(item_id: UUID, *, by: Membership, at: datetime, day: date) -> RequestItem:
    """It comes later, on a day from today to the legal date. Nobody is chased before, if all that is left comes later."""
    item = _theirs(item_id, by=by)
    if not at.date() <= day <= item.request.campaign.legal_on:
        raise NoSuchDay(field="day")
    move(item, Does.POSTPONE, Side.CLIENT, by=by, at=at)
    item.later_on = day
    return _keep(item, Verb.ITEM_POSTPONED, by=by, at=at, day=day.isoformat())


@transaction.atomic
def undo_item(item_id: UUID, *, by: Membership, at: datetime) -> RequestItem:
    """Take back what was said last of it: the files that came together last, *nothing*, or *later*."""
    item = _theirs(item_id, by=by, also_after=True)
    was_in = item.state == State.IN
    move(item, Does.UNDO, Side.CLIENT, by=by, at=at)
    there = ItemFile.objects.filter(item=item.pk, withdrawn_at__isnull=True)
    if was_in:
        last = there.aggregate(at=Max("handed_in_at"))["at"]
        there.filter(handed_in_at=last).update(withdrawn_at=at)
    held = held_of(item)
    item.state = remains(
        is_sent_back=bool(item.sent_back_reason), has_files=there.exists(), held=held.state if held else None
    )
    _keep(item, Verb.ITEM_UNDONE, by=by, at=at)
    if not item.request.is_open and item.is_open:
        reopen(item.request, by=by, at=at)
    return item


@transaction.atomic
def say_all_is_in(request_id: UUID, *, by: Membership, at: datetime) -> DocumentRequest:
    """It ends, and with it its reminders; what is open stays so for the office to see. Twice changes nothing."""
    request = request_locked(request_id, by=by)
    _require_client(by)
    if request.ended_how == Ended.HANDED_IN:
        return request
    if not request.is_open:
        raise RequestEnded
    end(request, Ended.HANDED_IN, by=by, at=at)
    return request


@transaction.atomic
def take_back_all_is_in(request_id: UUID, *, by: Membership, at: datetime) -> DocumentRequest:
    """As long as its conversation is open; what came in meanwhile stays in."""
    request = request_locked(request_id, by=by)
    _require_client(by)
    if request.is_open:
        return request
    if request.ended_how != Ended.HANDED_IN or not request.conversation.is_open:
        raise RequestEnded
    reopen(request, by=by, at=at)
    return request


def _theirs(item_id: UUID, *, by: Membership, also_after: bool = False) -> RequestItem:
    """`also_after`: everything was said to be in, and one more paper is found."""
    item = item_locked(item_id, by=by)
    _require_client(by)
    request = item.request
    late = also_after and request.ended_how == Ended.HANDED_IN and request.conversation.is_open
    if not request.is_open and not late:
        raise RequestEnded
    return item


def _require_client(by: Membership) -> None:
    if by.is_office or not may_hand_in(by.profile):
        raise NotAllowed


def _keep(item: RequestItem, verb: Verb, *, by: Membership, at: datetime, **facts: object) -> RequestItem:
    held = held_of(item)
    files = ItemFile.objects.filter(item=item.pk, withdrawn_at__isnull=True).count()
    item.received_count = files + (held.count if held else 0)
    item.save(update_fields=CHANGED)
    tell(verb, item.request, by=by, at=at, item_id=item.pk, item=item.kind, **facts)
    follow(item.request, by=by, at=at)
    return item
