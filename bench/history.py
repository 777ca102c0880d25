"""The conversations of the office, as the actions would have left them, in bulk."""

from __future__ import annotations

import random
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.db import connection
from django.utils import timezone

from bench.fill import LONG, OPEN, Plan
from bench.rows import insert
from bench.words import sentence
from comptoir.activity.models import Event
from comptoir.activity.verbs import Verb
from comptoir.conversations.models import Conversation, Message, Reader, SearchEntry
from comptoir.core.ids import new_id
from comptoir.core.text import fold, linkify
from comptoir.people.models import Company

if TYPE_CHECKING:
    from collections.abc import Iterator
    from uuid import UUID

    from comptoir.ops.cast import Cast

DOSSIERS_BESIDE = 200  # of colleagues: the office that an administrator sees as a whole
AT_ONCE = 2_000  # conversations in one transaction
CONVERSATION = [
    "id",
    "office_id",
    "company_id",
    "subject",
    "started_by_id",
    "started_by_office",
    "started_hash",
    "addressee_id",
    "created_at",
    "revision",
    "desk_revision",
    "last_position",
    "last_message_at",
    "last_author_id",
    "last_line",
    "last_has_files",
    "awaiting_office_since",
    "awaiting_client_since",
    "to_be_seen",
    "open_questions",
    "assignee_id",
    "closed_at",
    "closed_by_id",
    "reopened_at",
]
MESSAGE = [
    "id",
    "office_id",
    "company_id",
    "conversation_id",
    "author_id",
    "by_office",
    "kind",
    "body",
    "html",
    "content_hash",
    "expects_answer",
    "position",
    "revision",
    "sent_at",
    "edited_at",
    "deleted_at",
    "delivered_at",
    "delivered_to_id",
    "seen_at",
    "seen_by_id",
]
READER = ["id", "conversation_id", "member_id", "delivered_upto", "seen_upto"]
EVENT = ["id", "office_id", "company_id", "conversation_id", "verb", "subject_id", "by_id", "at", "facts"]
SEARCH = ["office_id", "company_id", "conversation_id", "message_id", "scope", "folded"]


def write_history(cast: Cast, *, messages: int) -> dict[str, Any]:
    """200 open conversations in the bakery's dossier, the rest of the messages in closed ones of many dossiers."""
    plans = list(plans_for(cast, messages=messages))
    for start in range(0, len(plans), AT_ONCE):
        write(plans[start : start + AT_ONCE])
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")
    else:
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
    opened = [plan for plan in plans if plan.is_open]
    return {"long": opened[0].id, "open": [plan.id for plan in opened[1:101]], "count": len(plans)}


def plans_for(cast: Cast, *, messages: int) -> Iterator[Plan]:
    chance, now = random.Random(1), timezone.now()
    dossiers = [cast.bakery, *others(cast)]
    each = max(1, (messages // 2 - LONG) // OPEN) if messages <= 2 * OPEN * 5 else 5
    left, number = messages, 0
    while left > 0:
        is_open = number < OPEN
        count = min(left, LONG if number == 0 else each if is_open else 10)
        company = cast.bakery if is_open else dossiers[number % len(dossiers)]
        yield Plan(
            id=new_id(),
            company=company,
            client=cast.client.pk,
            staff=cast.accountant.pk,
            messages=count,
            is_open=is_open,
            # The open ones are young, the closed ones fill ten years.
            at=now
            - (timedelta(hours=number + 1) if is_open else timedelta(minutes=5 * (number % 1_000_000))),
            text=chance,
        )
        left, number = left - count, number + 1


def others(cast: Cast) -> list[Company]:
    """Dossiers of a colleague."""
    return Company.objects.bulk_create(
        Company(
            office_id=cast.bakery.office_id,
            name=f"Société {number}",
            enterprise_number=f"{number:010d}",
            manager=cast.colleague,
        )
        for number in range(DOSSIERS_BESIDE)
    )


def write(plans: list[Plan]) -> None:
    bodies = {plan.id: [sentence(plan.text) for _ in range(plan.messages)] for plan in plans}
    ids = {plan.id: [new_id() for _ in range(plan.messages)] for plan in plans}
    insert(Conversation, CONVERSATION, (conversation(plan, bodies[plan.id][-1]) for plan in plans))
    insert(
        Message, MESSAGE, (row for plan in plans for row in message_rows(plan, ids[plan.id], bodies[plan.id]))
    )
    insert(Reader, READER, (row for plan in plans for row in reader_rows(plan)))
    insert(Event, EVENT, (row for plan in plans for row in event_rows(plan, ids[plan.id])))
    insert(
        SearchEntry, SEARCH, (row for plan in plans for row in entries(plan, ids[plan.id], bodies[plan.id]))
    )


def conversation(plan: Plan, last: str) -> list[Any]:
    n, company, closed = plan.messages, plan.company, None if plan.is_open else plan.at
    waits = plan.at if plan.is_open and plan.id.int % 2 else None
    return [
        plan.id,
        company.office_id,
        company.pk,
        f"Dossier {str(plan.id)[-6:]}",
        plan.staff,
        True,
        "",
        None,
        plan.at - timedelta(days=1),
        n,
        0,
        n,
        plan.at,
        plan.client,
        last[:140],
        False,
        waits,
        None,
        False,
        0,
        None,
        closed,
        plan.staff if closed else None,
        None,
    ]


def message_rows(plan: Plan, ids: list[UUID], bodies: list[str]) -> Iterator[list[Any]]:
    for place, (pk, body) in enumerate(zip(ids, bodies, strict=True), start=1):
        by_office = place % 2 == 1
        author, reader = (plan.staff, plan.client) if by_office else (plan.client, plan.staff)
        at = plan.at - timedelta(minutes=7 * (plan.messages - place))
        yield [
            pk,
            plan.company.office_id,
            plan.company.pk,
            plan.id,
            author,
            by_office,
            "text",
            body,
            linkify(body),
            "",
            False,
            place,
            place,
            at,
            None,
            None,
            at,
            reader,
            at,
            reader,
        ]


def reader_rows(plan: Plan) -> Iterator[list[Any]]:
    for member in (plan.staff, plan.client):
        seen = plan.messages - (1 if plan.is_unread else 0)
        yield [new_id(), plan.id, member, plan.messages, seen]


def event_rows(plan: Plan, ids: list[UUID]) -> Iterator[list[Any]]:
    for place, pk in enumerate(ids, start=1):
        by = plan.staff if place % 2 else plan.client
        yield [
            new_id(),
            plan.company.office_id,
            plan.company.pk,
            plan.id,
            Verb.MESSAGE_POSTED.value,
            pk,
            by,
            plan.at,
            f'{{"revision": {place}}}',
        ]


def entries(plan: Plan, ids: list[UUID], bodies: list[str]) -> Iterator[list[Any]]:
    office, company = plan.company.office_id, plan.company.pk
    for pk, body in zip(ids, bodies, strict=True):
        yield [office, company, plan.id, pk, f"o{office.hex} c{company.hex}", fold(body)]
