"""What a program lacks: asked after a change was hinted at, after a cut, or from time to time."""

import re
from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils import timezone
from ninja import Query, Router

from comptoir.api import schemas
from comptoir.api.answers import answer
from comptoir.api.asked import CONVERSATIONS_A_SYNC, LARGEST, SyncAsked
from comptoir.api.auth import READ, ApiRequest
from comptoir.api.errors import refusals
from comptoir.api.me import counters_item
from comptoir.api.reads import conversation_rows
from comptoir.api.rows import conversation_item
from comptoir.conversations.actions.receipt import mark_delivered
from comptoir.conversations.models import Conversation
from comptoir.conversations.queries import newest_first
from comptoir.core.errors import Invalid
from comptoir.people.models import Membership

router = Router(auth=READ, tags=["sync"])
KNOWN = re.compile(r"([0-9a-fA-F-]{36}):([0-9]{1,19})", re.ASCII)


@router.get("/sync", response={200: schemas.Sync, **refusals()}, summary="What changed since")
def sync(request: ApiRequest, asked: Query[SyncAsked]) -> HttpResponse:
    """Give what you have with its revisions; what is answered as changed or new counts as delivered to you.

    Front servers often take addresses of 8 kB at most: ask for many in parts, with `limit=0`, which looks for no new ones.

    For hints at the moment of a change open the stream of server-sent events at `/live`, with the same token. It
    names conversations and revisions only: ask here, or for the messages since your revision.
    """
    member, known = request.auth.member, known_from(asked.conversations)
    mine = rows_by_id(Conversation.objects.visible_to(member).filter(pk__in=known), member=member)
    unknown = newest_first(Conversation.objects.visible_to(member).exclude(pk__in=known))
    rows = list(conversation_rows(unknown[: asked.limit + 1], member=member))
    new = rows[: asked.limit]
    # In the order in which they were asked for: that of the rows on the disk would tell of an internal note.
    changed = [mine[pk] for pk in known if pk in mine and mine[pk].revision != known[pk]]
    fresh = delivered([*changed, *new], member=member)
    return answer(
        {
            "counters": counters_item(member),
            "changed": [conversation_item(fresh.get(row.id, row), member=member) for row in changed],
            "new": [conversation_item(fresh.get(row.id, row), member=member) for row in new],
            "gone": [pk for pk in known if pk not in mine],
            "has_more": len(rows) > asked.limit,
        }
    )


def known_from(given: Iterable[str]) -> dict[UUID, int]:
    """`<id>:<revision>,…` as a map; `Invalid` for anything else."""
    parts = [part for text in given for part in text.split(",") if part]
    if len(parts) > CONVERSATIONS_A_SYNC:
        raise Invalid(field="conversations")
    known: dict[UUID, int] = {}
    for part in parts:
        found = KNOWN.fullmatch(part)
        if found is None or int(found[2]) > LARGEST:
            raise Invalid(field="conversations")
        try:
            known[UUID(found[1])] = int(found[2])
        except ValueError as error:  # hyphens in odd places
            raise Invalid(field="conversations") from error
    return known


def rows_by_id(conversations: Any, *, member: Membership) -> dict[UUID, Any]:
    return {row.id: row for row in conversation_rows(conversations, member=member)}


def delivered(rows: Iterable[Any], *, member: Membership) -> Mapping[UUID, Any]:
    """Marks them delivered; the rows of those that this changed, as they are now."""
    advanced = mark_delivered([row.id for row in rows], by=member, at=timezone.now(), how="api")
    if not advanced:
        return {}
    return rows_by_id(Conversation.objects.visible_to(member).filter(pk__in=advanced), member=member)
