"""From an announcement to the rows of the outbox: one for each message, recipient and channel, once."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from django.db import transaction

from comptoir.activity.models import Event
from comptoir.activity.verbs import Verb
from comptoir.conversations.models import Conversation, Kind, Message, Reader
from comptoir.notifications.audience import Audience
from comptoir.notifications.last_resort import ask_for_last_resort
from comptoir.notifications.models import Announcement, Channel, Delivery, PushDevice
from comptoir.notifications.routing import Reading, Said, route
from comptoir.notifications.server import has_mail_server
from comptoir.notifications.wishes import wishes_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from uuid import UUID

    from comptoir.notifications.routing import Plan
    from comptoir.people.models import Membership

log = logging.getLogger(__name__)

BATCH = 200


def work_announcements_off(*, now: datetime) -> None:
    """Writes the outbox for all that was said. Workers may do it beside each other: what is written twice stays once."""
    while True:
        waiting = list(Announcement.objects.order_by("pk")[:BATCH])
        done = [_is_written(ids, now=now) for ids in _by_conversation(waiting)]
        if len(waiting) < BATCH or not any(done):
            return


def _by_conversation(waiting: list[Announcement]) -> Iterator[list[UUID]]:
    """Their events: whom one conversation concerns is asked once for all that was said in it."""
    ids = [one.event_id for one in waiting]
    talks = dict(Event.objects.filter(pk__in=ids).values_list("pk", "conversation_id"))
    groups: dict[UUID | None, list[UUID]] = {}
    for pk in ids:
        groups.setdefault(talks.get(pk, pk), []).append(pk)
    yield from groups.values()


def _is_written(ids: list[UUID], *, now: datetime) -> bool:
    try:
        # Read before the transaction: whoever sends a message waits for what it holds.
        rows = list(_rows_of(ids, now=now))
        with transaction.atomic():
            Delivery.objects.bulk_create(rows, ignore_conflicts=True)
            gone, _ = Announcement.objects.filter(pk__in=ids).delete()
            if gone:  # by this worker and not by another beside it
                ask_for_last_resort(ids)
    except Exception:  # one that cannot be told of must not keep all others from it; its row stays
        log.exception("Nobody could be told of events %s", ids)
        return False
    return True


def _rows_of(ids: list[UUID], *, now: datetime) -> Iterator[Delivery]:
    events = {event.facts["revision"]: event for event in Event.objects.filter(pk__in=ids)}
    if not events:
        raise LookupError("An announcement without its event.")
    talk_id = next(iter(events.values())).conversation_id
    assert talk_id is not None
    talk = Conversation.objects.select_related("company").get(pk=talk_id)
    messages = Message.objects.of(talk.pk).filter(position__in=events).select_related("author")
    telling = [(one, events[one.position]) for one in messages]
    telling = [(message, event) for message, event in telling if _tells_something(message, event)]
    if telling:
        yield from _rows(telling, talk, now=now)


def _tells_something(message: Message, event: Event) -> bool:
    """A line that the office reopened a conversation asks nobody to read; a client's is an alarm."""
    if event.verb == Verb.CONVERSATION_REOPENED:
        return message.kind == Kind.REOPENED and not message.by_office
    return message.kind == (Kind.PASSED_ON if event.verb == Verb.QUESTION_PASSED_ON else Kind.TEXT)


def _is_for(member: Membership, message: Message, event: Event) -> bool:
    """Of those who read along: of a line, whom it asks to do something."""
    if message.kind == Kind.PASSED_ON:
        return str(member.pk) == str(event.facts["to"])
    return message.kind == Kind.TEXT or member.is_office


def _rows(telling: list[tuple[Message, Event]], talk: Conversation, *, now: datetime) -> Iterator[Delivery]:
    audience = Audience(talk)
    ways = Ways(talk, audience.may_read)
    wishes = wishes_of(audience.may_read)
    for message, event in telling:
        urgent = is_urgent(message, talk)
        said = Said(message.sent_at, is_urgent=urgent)
        for member in audience.concerned(message):
            if not _is_for(member, message, event):
                continue
            reading = Reading(has_seen=ways.seen.get(member.pk, 0) >= message.position)
            for plan in route(said, wishes[member.pk], reading, now=now):
                if ways.leads(plan.channel, member):
                    yield _row(message, talk, member=member, plan=plan, urgent=urgent, now=now)


def _row(
    message: Message, talk: Conversation, *, member: Membership, plan: Plan, urgent: bool, now: datetime
) -> Delivery:
    return Delivery(
        office_id=talk.office_id,
        member=member,
        conversation=talk,
        message=message,
        channel=plan.channel,
        is_urgent=urgent,
        due_at=plan.at,
        created_at=now,
    )


def is_urgent(message: Message, talk: Conversation) -> bool:
    """A client who comes back to what was closed: the answer that reopened it, or the reopening itself."""
    return not message.by_office and talk.reopened_at == message.sent_at


class Ways:
    """By which of them the members of a conversation can be reached, and how far each has read it."""

    def __init__(self, talk: Conversation, members: list[Membership]) -> None:
        self.seen = dict(Reader.objects.filter(conversation=talk.pk).values_list("member", "seen_upto"))
        devices = PushDevice.objects.filter(person__in=[one.person_id for one in members])
        self.with_device = set(devices.filter(revoked_at__isnull=True).values_list("person", flat=True))

    def leads(self, channel: str, member: Membership) -> bool:
        if channel == Channel.EMAIL:
            return has_mail_server()
        return member.person_id in self.with_device
