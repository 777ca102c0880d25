"""The one way into the history, and from there to everything that follows an action."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils.module_loading import import_string

from comptoir.activity.models import Event
from comptoir.core.saving import insert

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import datetime
    from uuid import UUID

    from comptoir.activity.verbs import Verb


@cache
def reactions() -> Mapping[str, tuple[Callable[[Event], None], ...]]:
    """The table verb -> what follows; named in settings because it knows packages above this one."""
    table: Mapping[str, tuple[Callable[[Event], None], ...]] = import_string(settings.REACTIONS)
    return table


def record(
    verb: Verb,
    subject_id: UUID,
    *,
    office_id: UUID,
    by_id: UUID | None,
    at: datetime,
    company_id: UUID | None = None,
    conversation_id: UUID | None = None,
    **facts: Any,
) -> Event:
    """Write what happened, in the caller's transaction, and run its reactions in the same transaction.

    `facts` must be plain JSON values and never the text of a message.
    """
    event = Event(
        office_id=office_id,
        company_id=company_id,
        conversation_id=conversation_id,
        verb=verb,
        subject_id=subject_id,
        by_id=by_id,
        at=at,
        facts=facts,
    )
    insert(event)
    _react(event)
    return event


def record_all(events: Sequence[Event]) -> None:
    """The same for events of one transaction that are of one kind, in one statement."""
    Event.objects.bulk_create(events)
    for event in events:
        _react(event)


def _react(event: Event) -> None:
    for react in reactions()[event.verb]:
        react(event)
