"""What is true of a request now, as the ladder asks for it, read from the database."""

from __future__ import annotations

from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from comptoir.campaigns.collecting import ChasingSettings
from comptoir.campaigns.items import OPEN, State
from comptoir.campaigns.ladder import Ladder, Standing, next_step
from comptoir.campaigns.requests import RequestItem
from comptoir.people.models import Membership
from comptoir.people.profiles import CLIENT_PROFILES, Profile, may_hand_in, may_write_to_clients

if TYPE_CHECKING:
    from datetime import date, datetime

    from comptoir.campaigns.requests import DocumentRequest

HOME = ZoneInfo("Europe/Brussels")  # where nobody is left whose hours could count
HANDING_IN = [profile for profile in CLIENT_PROFILES if may_hand_in(profile)]


def recipients(request: DocumentRequest) -> list[Membership]:
    """Who may hand in today; full access first, as they are who reads the conversation."""
    people = Membership.objects.clients_of(request.company).filter(profile__in=HANDING_IN)
    found = people.select_related("person").order_by("joined_at", "pk")
    return sorted(found, key=lambda one: one.profile != Profile.FULL_ACCESS)


def sender_of(request: DocumentRequest) -> Membership | None:
    """In whose name it is chased: the manager of the dossier, or whoever asked, or an administrator."""
    staff = Membership.objects.staff_of(request.company).select_related("person", "office")
    found = [one for one in staff.order_by("joined_at", "pk") if may_write_to_clients(one.profile)]
    first = (request.company.manager_id, request.asked_by_id)
    return min(found, key=lambda one: first.index(one.pk) if one.pk in first else len(first), default=None)


def ladder_of(request: DocumentRequest) -> Ladder:
    """The dossier's own, before the office's, before the usual one."""
    rows = ChasingSettings.objects.filter(office=request.office_id)
    by_company = {row.company_id: row for row in rows.filter(company__isnull=True)} | {
        row.company_id: row for row in rows.filter(company=request.company_id)
    }
    row = by_company.get(request.company_id) or by_company.get(None)
    return Ladder(tuple(row.rungs), row.opens, row.closes) if row else Ladder()


def standing_of(request: DocumentRequest) -> Standing:
    people = recipients(request)
    return Standing(
        due_on=request.due_on,
        asked_at=request.asked_at,
        zone=ZoneInfo(people[0].person.time_zone) if people else HOME,
        has_ended=request.ended_at is not None,
        is_reachable=bool(people),
        snoozed_until=_rests_until(request),
        last_rung=request.last_rung,
        last_chased_at=request.last_chased_at,
        escalated_at=request.escalated_at,
    )


def _rests_until(request: DocumentRequest) -> date | None:
    """Snoozed by the office; or the client named a day for everything that is left, and the first has not come."""
    left = RequestItem.objects.filter(request=request.pk, state__in=OPEN).values_list("state", "later_on")
    promised = [day for state, day in left if state == State.LATER and day]
    days = [request.snoozed_until] if request.snoozed_until else []
    if promised and len(promised) == len(left):
        days.append(min(promised))
    return max(days, default=None)


def plan(request: DocumentRequest, *, at: datetime) -> None:
    """Put on the row when the ladder is next to be asked, unsaved."""
    step = next_step(standing_of(request), ladder_of(request), at=at)
    request.next_step_at = step.at if step else None
