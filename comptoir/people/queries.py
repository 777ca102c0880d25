"""Memberships and the people around a dossier, as the pages and the other packages ask for them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from uuid import UUID

from comptoir.core.prepared import prepared
from comptoir.core.text import fold
from comptoir.people.models import Membership, Office, Person
from comptoir.people.profiles import ADDRESSABLE_PROFILES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.contrib.sessions.backends.base import SessionBase
    from django.db.models import QuerySet

    from comptoir.people.models import Company
    from comptoir.people.querysets import CompanyQuerySet, MembershipQuerySet

SESSION_MEMBER = "member"


def memberships_of(person: Person) -> MembershipQuerySet:
    """Every membership a person may act as now; the office's first, then by company."""
    return (
        Membership.objects.active()
        .filter(person=person.pk, company__archived_at__isnull=True)
        .select_related("person", "office", "company")
        .defer("office__logo")
        .order_by("office__name", "company__name")
    )


@prepared
def own_memberships(*, person_id: UUID) -> QuerySet[Membership]:
    """The same for a page's frame, which every page has."""
    return memberships_of(Person(pk=person_id))


@prepared
def staff_around(*, company: Company) -> QuerySet[Membership]:
    return Membership.objects.staff_of(company).select_related("person").order_by("person__name")


@prepared
def staff_of_office(*, member: Membership) -> QuerySet[Membership]:
    """Whoever works there now, for one of them; a client sees none of this."""
    staff = Membership.objects.visible_to(member).active().filter(company__isnull=True)
    return staff.select_related("person").order_by("person__name")


@prepared
def clients_around(*, company: Company) -> QuerySet[Membership]:
    return Membership.objects.clients_of(company).select_related("person").order_by("person__name")


def by_name(dossiers: CompanyQuerySet, wanted: str = "") -> list[UUID]:
    """By name as people sort and search, É beside E; databases disagree about that.

    `wanted` is a part of the name or of the number.
    """
    text, digits = fold(wanted), re.sub(r"\D", "", wanted)
    named = sorted(
        (fold(name), number, pk)
        for name, number, pk in dossiers.values_list("name", "enterprise_number", "pk")
    )
    return [pk for name, number, pk in named if text in name or (digits and digits in number)]


def member_for_session(session: SessionBase, person: Person) -> Membership | None:
    """The membership chosen in this session, or else the person's first; None where none is left."""
    chosen = session.get(SESSION_MEMBER)
    member = _chosen.first(person_id=person.pk, member_id=UUID(chosen)) if chosen else None
    member = member or _first.first(person_id=person.pk)
    if member is not None:
        member.person = person
    return member


@prepared
def _chosen(*, person_id: UUID, member_id: UUID) -> QuerySet[Membership]:
    return _without_person(person_id).filter(pk=member_id)


@prepared
def _first(*, person_id: UUID) -> QuerySet[Membership]:
    return _without_person(person_id)[:1]


def _without_person(person_id: UUID) -> MembershipQuerySet:
    """As `memberships_of`, for whoever has the person in hand already."""
    return memberships_of(Person(pk=person_id)).select_related(None).select_related("office", "company")


def active_members(ids: Iterable[UUID]) -> dict[UUID, Membership]:
    """Those of the given memberships that are still in force, by id."""
    found = Membership.objects.active().filter(pk__in=list(ids)).select_related("person", "company")
    return {member.pk: member for member in found}


def addressees(member: Membership, company: Company) -> list[Membership]:
    """Whom `member` may name in a private conversation of the dossier: the other side first."""
    people = (
        (Membership.objects.staff_of(company) | Membership.objects.clients_of(company))
        .filter(profile__in=sorted(ADDRESSABLE_PROFILES))
        .exclude(pk=member.pk)
        .exclude(person=member.person_id)
        .select_related("person")
        .order_by("person__name")
    )
    # The office names a client, never a colleague: for those there are internal notes.
    chosen = [p for p in people if not (member.is_office and p.is_office)]
    return sorted(chosen, key=lambda p: p.is_office == member.is_office)


def house_office() -> Office | None:
    """The office whose branding stands on the sign-in page: the installation's first."""
    return Office.objects.defer("logo").first()
