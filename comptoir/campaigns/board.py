"""The board of one campaign: dossiers × items. As many queries for two thousand dossiers as for one."""

from __future__ import annotations

from collections import Counter
from enum import StrEnum
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db.models import Count, Q

from comptoir.campaigns.deadlines.periods import period_named
from comptoir.campaigns.items import OPEN, SETTLED, State
from comptoir.campaigns.models import Campaign, CampaignState, DocumentRequest, RequestItem
from comptoir.campaigns.progress import Progress
from comptoir.campaigns.standing import HANDING_IN
from comptoir.people.models import Membership

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from datetime import date, datetime, tzinfo
    from uuid import UUID

    from django.db.models import QuerySet

PERIODS = 13
CHASED_OFTEN = 2  # whoever was chased so often is late, before the day too


class Stand(StrEnum):
    """In the order in which the board shows them: whom to chase first."""

    LATE = "late"
    NOTHING = "nothing"
    PART = "part"
    COMPLETE = "complete"


STRAGGLERS = (Stand.LATE, Stand.NOTHING)


class Somebody(NamedTuple):
    """As much of a person as a picture of initials needs."""

    pk: UUID
    name: str


class Line(NamedTuple):
    """One dossier, lean: of two thousand of them only a page is drawn."""

    id: UUID
    company_id: UUID
    company: str
    manager_id: UUID | None
    manager_person_id: UUID | None
    manager_name: str | None
    due_on: date
    last_chased_at: datetime | None
    chase_count: int
    next_step_at: datetime | None
    snoozed_until: date | None
    called_at: datetime | None
    ended_at: datetime | None
    ended_how: str
    total: int
    settled: int
    received: int

    @property
    def manager(self) -> Somebody | None:
        return Somebody(self.manager_person_id, self.manager_name or "") if self.manager_person_id else None

    def stand(self, today: date) -> Stand:
        if self.ended_at or (self.total and self.settled == self.total):
            return Stand.COMPLETE
        if today > self.due_on or self.chase_count >= CHASED_OFTEN:
            return Stand.LATE
        return Stand.PART if self.settled or self.received else Stand.NOTHING


_FIELDS = (
    "id", "company_id", "company__name", "company__manager_id",
    "company__manager__person_id", "company__manager__person__name", "due_on",
    "last_chased_at", "chase_count", "next_step_at", "snoozed_until", "called_at", "ended_at", "ended_how",
    "total", "settled", "received",
)  # fmt: skip
_NEEDED = ~Q(items__state=State.NOT_NEEDED)


def lines(campaign: Campaign, *, member: Membership) -> list[Line]:
    """All dossiers of the campaign that the member sees, by name. One query."""
    seen = DocumentRequest.objects.visible_to(member).filter(
        campaign=campaign.pk, company__archived_at__isnull=True
    )
    return lines_of(seen.exclude(ended_how="not_needed"))


def lines_of(requests: QuerySet[DocumentRequest]) -> list[Line]:
    """Of requests that came through the gate."""
    counted = requests.annotate(
        total=Count("items", filter=_NEEDED),
        settled=Count("items", filter=_NEEDED & Q(items__state__in=SETTLED)),
        received=Count("items", filter=_NEEDED & Q(items__received_count__gt=0)),
    )
    return [Line(*row) for row in counted.order_by("company__name", "pk").values_list(*_FIELDS)]


def counts(found: Iterable[Line], *, today: date) -> Counter[Stand]:
    return Counter(line.stand(today) for line in found)


def items_of(request_ids: Collection[UUID]) -> dict[UUID, list[RequestItem]]:
    """Of requests that came through the gate. One query."""
    found: dict[UUID, list[RequestItem]] = {}
    rows = RequestItem.objects.filter(request__in=request_ids).select_related("changed_by__person")
    for item in rows.order_by("request", "place"):
        found.setdefault(item.request_id, []).append(item)
    return found


def campaigns(member: Membership) -> list[Campaign]:
    """Of the office, the newest period first."""
    return list(Campaign.objects.visible_to(member).order_by("-legal_on", "regime"))


def shown_first(found: list[Campaign], *, today: date) -> Campaign | None:
    """The running one that falls due next; else the one that ran last, or is prepared."""
    running = [one for one in found if one.state == CampaignState.OPEN]
    ahead = [one for one in running if one.legal_on >= today]
    return (
        min(ahead, key=lambda one: one.legal_on, default=None)
        or next(iter(running), None)
        or next(iter(found), None)
    )


def progress(those: Collection[Campaign], *, member: Membership, zone: tzinfo) -> dict[UUID, Progress]:
    """How much of each came in on which day there, of the dossiers that the member sees. One query."""
    items = RequestItem.objects.visible_to(member).filter(request__campaign__in=[one.pk for one in those])
    rows = items.exclude(state=State.NOT_NEEDED).exclude(request__ended_how="not_needed")
    totals: Counter[UUID] = Counter()
    by_day: dict[UUID, Counter[date]] = {one.pk: Counter() for one in those}
    for campaign_id, state, changed_at in rows.values_list("request__campaign", "state", "changed_at"):
        totals[campaign_id] += 1
        if state not in OPEN:
            by_day[campaign_id][changed_at.astimezone(zone).date()] += 1
    return {
        one.pk: Progress(totals[one.pk], by_day[one.pk], period_named(one.period).last_day) for one in those
    }


def late_count(member: Membership, *, today: date) -> int:
    """Dossiers of running campaigns that are late: the number beside the board's name."""
    if not member.is_office:
        return 0
    return _late(DocumentRequest.objects.visible_to(member), today).count()


def _late(requests: QuerySet[DocumentRequest], today: date) -> QuerySet[Any]:
    running = requests.filter(
        ended_at__isnull=True, campaign__state=CampaignState.OPEN, company__archived_at__isnull=True
    )
    return running.filter(Q(due_on__lt=today) | Q(chase_count__gte=CHASED_OFTEN))


def people_to_call(member: Membership, company_ids: Collection[UUID]) -> dict[UUID, list[Membership]]:
    """Who may hand in, by dossier, in one query; of the dossiers that the member sees."""
    people = Membership.objects.visible_to(member).active().filter(company__in=company_ids)
    found: dict[UUID, list[Membership]] = {}
    for one in people.filter(profile__in=HANDING_IN).select_related("person").order_by("person__name"):
        assert one.company_id is not None
        found.setdefault(one.company_id, []).append(one)
    return found


def history(company_id: UUID, *, member: Membership) -> list[DocumentRequest]:
    """What a dossier was asked before, the newest first: how punctual it is."""
    seen = DocumentRequest.objects.visible_to(member).filter(company=company_id)
    return list(seen.select_related("campaign").order_by("-due_on")[:PERIODS])
