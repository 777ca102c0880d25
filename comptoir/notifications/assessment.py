"""The question of routing.py, asked again of rows that are about to be sent: by what is true now."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from django.db.models import Max

from comptoir.conversations.models import Conversation, Kind, Reader, Receipt
from comptoir.conversations.querysets import still_in_force
from comptoir.notifications.models import AddressState, Mail
from comptoir.notifications.routing import Plan, Reading, Said, Wishes, leaving, route
from comptoir.notifications.wishes import wishes_of
from comptoir.questions.models import Question

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime
    from uuid import UUID

    from comptoir.notifications.models import Delivery

NOT_PAGES = ["mail", "push"]


class Sorted(NamedTuple):
    """What is to be done with rows: `now` leave, `later` wait until the moment beside them, `never` are not needed."""

    now: list[Delivery]
    later: list[tuple[Delivery, datetime]]
    never: list[Delivery]


def assessed(rows: Collection[Delivery], *, now: datetime) -> Sorted:
    """Of one person, one office and one channel. The same number of queries for one row and for a hundred."""
    rows = list(rows)
    if not rows or not is_reachable(rows[0].member.person_id):
        return Sorted([], [], rows)
    wishes = wishes_of(row.member for row in rows)
    readings = Readings(rows)
    plans = [(row, wishes[row.member_id], readings.plan(row, wishes[row.member_id], now=now)) for row in rows]
    waiting = [(row, wish, plan) for row, wish, plan in plans if plan is not None]
    go = leaving([(wish, plan) for _, wish, plan in waiting], now=now)
    if any(row.mail is not None and row.mail.is_uncertain for row in rows):
        # It may be there already: it is not put together anew, but goes again as it was.
        go = [any(plan.at <= now for _, _, plan in waiting)] * len(waiting)
    return Sorted(
        now=[row for (row, _, _), goes in zip(waiting, go, strict=True) if goes],
        later=[(row, plan.at) for (row, _, plan), goes in zip(waiting, go, strict=True) if not goes],
        never=[row for row, _, plan in plans if plan is None],
    )


def is_reachable(person_id: UUID) -> bool:
    """Whether the person may be written to at all: not to an address that sent mails back, or complained."""
    state = AddressState.objects.filter(pk=person_id).first()
    return state is None or (state.bounced_at is None and state.complained_at is None)


class Readings:
    def __init__(self, rows: Collection[Delivery]) -> None:
        members = {row.member_id: row.member for row in rows}
        ids = {row.conversation_id for row in rows}
        self.visible = {(pk, seen) for pk, member in members.items() for seen in _visible(member, ids)}
        marks = Reader.objects.filter(conversation__in=ids, member__in=members)
        self.seen = {
            (member, talk): upto
            for member, talk, upto in marks.values_list("member", "conversation", "seen_upto")
        }
        pages = Receipt.objects.filter(conversation__in=ids, member__in=members).exclude(how__in=NOT_PAGES)
        self.passed = _passed_on(rows)
        self.here_at: datetime | None = pages.aggregate(at=Max("at"))["at"]
        one = next(iter(rows))
        taken = Mail.objects.filter(person=one.member.person_id, office=one.office_id)
        self.mailed_at: datetime | None = taken.aggregate(at=Max("accepted_at"))["at"]

    def plan(self, row: Delivery, wishes: Wishes, *, now: datetime) -> Plan | None:
        said = Said(row.message.sent_at, is_urgent=row.is_urgent)
        plans = route(said, wishes, self.of(row), now=now)
        return next((plan for plan in plans if plan.channel == row.channel), None)

    def of(self, row: Delivery) -> Reading:
        key = (row.member_id, row.conversation_id)
        return Reading(
            may_see=key in self.visible and row.message.deleted_at is None,
            has_seen=self.seen.get(key, 0) >= row.message.position,
            is_settled=_is_settled(row) or (row.message.kind == Kind.PASSED_ON and key not in self.passed),
            here_at=self.here_at,
            mailed_at=self.mailed_at,
        )


def _visible(member: object, ids: set[UUID]) -> list[UUID]:
    seen = Conversation.objects.visible_to(member).filter(still_in_force(member), pk__in=ids)  # type: ignore[arg-type]
    return list(seen.values_list("pk", flat=True))


def _passed_on(rows: Collection[Delivery]) -> set[tuple[UUID | None, UUID | None]]:
    """Who has a question in which conversation that a colleague passed on to them, and that is still open."""
    talks = {row.conversation_id for row in rows if row.message.kind == Kind.PASSED_ON}
    if not talks:
        return set()
    waiting = Question.objects.open().filter(conversation__in=talks, passed_to__isnull=False)
    return set(waiting.values_list("passed_to", "conversation"))


def _is_settled(row: Delivery) -> bool:
    """For the staff: answered or handled, by whomever. A line that it was reopened says nothing once a message follows."""
    talk = row.conversation
    if row.message.kind == Kind.REOPENED and talk.last_position > row.message.position:
        return True
    return row.member.is_office and talk.awaiting_office_since is None
