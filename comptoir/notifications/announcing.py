"""From an announcement to the rows of the outbox: one for each message, recipient and channel, once."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction

from comptoir.activity.models import Event
from comptoir.activity.verbs import Verb
from comptoir.conversations.models import Kind, Message, Reader
from comptoir.notifications.audience import concerned, may_read
from comptoir.notifications.models import Announcement, Channel, Delivery, PushDevice
from comptoir.notifications.routing import Reading, Said, route
from comptoir.notifications.wishes import wishes_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from uuid import UUID

    from comptoir.conversations.models import Conversation
    from comptoir.people.models import Membership

log = logging.getLogger(__name__)

BATCH = 200
# Without a mail server mails are printed: that is no way of telling anybody.
PRINTED = "django.core.mail.backends.console.EmailBackend"


def has_mail_server() -> bool:
    return settings.EMAIL_BACKEND != PRINTED


def work_announcements_off(*, now: datetime) -> None:
    """Writes the outbox for all that was said. Workers may do it beside each other: what is written twice stays once."""
    while True:
        waiting = list(Announcement.objects.order_by("pk")[:BATCH])
        done = [one for one in waiting if _is_written(one, now=now)]
        if len(waiting) < BATCH or not done:
            return


def _is_written(announcement: Announcement, *, now: datetime) -> bool:
    try:
        # Read before the transaction: whoever sends a message waits for what it holds.
        rows = _rows_of(announcement.event_id, now=now)
        with transaction.atomic():
            Delivery.objects.bulk_create(rows, ignore_conflicts=True)
            announcement.delete()
    except Exception:  # one that cannot be told of must not keep all others from it; its row stays
        log.exception("Nobody could be told of event %s", announcement.event_id)
        return False
    return True


def _rows_of(event_id: UUID, *, now: datetime) -> list[Delivery]:
    event = Event.objects.get(pk=event_id)
    message = (
        Message.objects.filter(conversation=event.conversation_id, position=event.facts["revision"])
        .select_related("conversation__company", "author")
        .first()
    )
    if message is None or not _tells_something(message, event):
        return []
    return list(_rows(message, message.conversation, now=now))


def _tells_something(message: Message, event: Event) -> bool:
    """A line that the office reopened a conversation asks nobody to read; a client's is an alarm."""
    if event.verb == Verb.CONVERSATION_REOPENED:
        return message.kind == Kind.REOPENED and not message.by_office
    return message.kind == Kind.TEXT


def _rows(message: Message, conversation: Conversation, *, now: datetime) -> Iterator[Delivery]:
    members = concerned(message, conversation, may_read=may_read(conversation))
    if message.kind == Kind.REOPENED:
        members = [one for one in members if one.is_office]
    urgent = is_urgent(message, conversation)
    said, wishes, seen = Said(message.sent_at, is_urgent=urgent), wishes_of(members), _seen(message)
    with_device = _with_device(members)
    for member in members:
        for plan in route(said, wishes[member.pk], Reading(has_seen=member.pk in seen), now=now):
            if has_mail_server() if plan.channel == Channel.EMAIL else member.person_id in with_device:
                yield Delivery(
                    office_id=message.office_id,
                    member=member,
                    conversation=conversation,
                    message=message,
                    channel=plan.channel,
                    is_urgent=urgent,
                    due_at=plan.at,
                    created_at=now,
                )


def is_urgent(message: Message, conversation: Conversation) -> bool:
    """A client who comes back to what was closed: the answer that reopened it, or the reopening itself."""
    return not message.by_office and conversation.reopened_at == message.sent_at


def _seen(message: Message) -> set[UUID]:
    marks = Reader.objects.filter(conversation=message.conversation_id, seen_upto__gte=message.position)
    return set(marks.values_list("member", flat=True))


def _with_device(members: list[Membership]) -> set[UUID]:
    people = {member.person_id for member in members}
    devices = PushDevice.objects.filter(person__in=people, revoked_at__isnull=True)
    return set(devices.values_list("person", flat=True))
