"""Questions on their way out: drafts by dossier, what is scheduled, and what was just sent. Always through the gate."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from django.db.models import Count

from comptoir.people.models import Company
from comptoir.questions.models import LaterAsking, Question
from comptoir.questions.queries import to_accept
from comptoir.questions.states import Does, Side, before

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime
    from uuid import UUID

    from django.db.models import QuerySet

    from comptoir.people.models import Membership


class Waiting(NamedTuple):
    """What waits for the staff beside the conversations."""

    questions_to_send: int
    answers_to_accept: int


def waiting_for(member: Membership) -> Waiting:
    """Exact, over the dossiers that they see; nothing for a client. Two queries."""
    if not member.is_office:
        return Waiting(0, 0)
    drafts = Question.objects.visible_to(member).drafts().filter(company__archived_at__isnull=True)
    return Waiting(drafts.count(), to_accept(member).count())


class ToSend(NamedTuple):
    company: Company
    number: int


def to_send(member: Membership) -> list[ToSend]:
    """Dossiers with drafts, the most first; none for a client."""
    if not member.is_office:
        return []
    drafts = Question.objects.visible_to(member).drafts().filter(company__archived_at__isnull=True)
    counted = drafts.order_by().values("company").annotate(number=Count("pk"))
    numbers = {row["company"]: row["number"] for row in counted}
    companies = Company.objects.visible_to(member).in_bulk(list(numbers))
    rows = [ToSend(company, numbers[pk]) for pk, company in companies.items()]
    return sorted(rows, key=lambda row: (-row.number, row.company.name))


def drafts_in(company_ids: Collection[UUID], *, member: Membership) -> QuerySet[Question]:
    """Of several dossiers, each by party, as the desk shows them."""
    drafts = Question.objects.visible_to(member).drafts().filter(company__in=company_ids)
    about = drafts.select_related("company", "invoice", "payment__account", "drafted_by__person", "leaves")
    return about.order_by("company", "party_key", "drafted_at", "pk")


class Scheduled(NamedTuple):
    later: LaterAsking
    number: int  # of its drafts that are left


def scheduled(member: Membership, *, company_id: UUID | None = None) -> list[Scheduled]:
    """What waits for its moment, and what could not be sent and nobody has put away; the next first."""
    rows = LaterAsking.objects.visible_to(member).filter(sent_at__isnull=True, cancelled_at__isnull=True)
    if company_id is not None:
        rows = rows.filter(company=company_id)
    found = list(rows.select_related("company", "by__person").order_by("send_at", "pk"))
    drafts = Question.objects.visible_to(member).drafts().filter(leaves__in=[one.pk for one in found])
    counted = drafts.order_by().values("leaves").annotate(number=Count("pk"))
    numbers = {row["leaves"]: row["number"] for row in counted}
    return [Scheduled(one, numbers.get(one.pk, 0)) for one in found]


class JustAsked(NamedTuple):
    message_id: UUID
    company: Company
    asked_at: datetime
    number: int


def just_asked(member: Membership, *, since: datetime, company_id: UUID | None = None) -> list[JustAsked]:
    """What this member asked since then and may still take back, the newest first."""
    own = Question.objects.visible_to(member).filter(asked_by=member.pk, asked_at__gte=since)
    if company_id is not None:
        own = own.filter(company=company_id)
    found: dict[UUID, list[Question]] = {}
    for question in own.select_related("company").order_by("-asked_at", "message", "place"):
        assert question.message_id is not None
        found.setdefault(question.message_id, []).append(question)
    return [
        JustAsked(pk, rows[0].company, rows[0].asked_at, len(rows))
        for pk, rows in found.items()
        if rows[0].asked_at and all(one.state in before(Does.TAKE_BACK, Side.OFFICE) for one in rows)
    ]
