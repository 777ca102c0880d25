"""The gate of this package: which dossiers, persons and groups a member may see."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

from comptoir.people.profiles import Profile

if TYPE_CHECKING:
    from comptoir.people.models import Company, Group, Membership  # noqa: F401 -- named in the bases below


class CompanyQuerySet(models.QuerySet["Company"]):
    def visible_to(self, member: Membership) -> CompanyQuerySet:
        """An administrator: all; other staff: those they manage or a group of theirs holds; a client: their own.

        Who came by a link sees one conversation, and nothing of the dossier round it.
        """
        if member.is_by_link:
            return self.none()
        if not member.is_office:
            return self.filter(office=member.office_id, pk__in=[member.company_id])
        dossiers = self.filter(office=member.office_id)
        if member.profile == Profile.ADMINISTRATOR:
            return dossiers
        return dossiers.filter(Q(manager=member.pk) | Q(group__in=member.groups.values("pk")))

    def active(self) -> CompanyQuerySet:
        return self.filter(archived_at__isnull=True)


class GroupQuerySet(models.QuerySet["Group"]):
    def visible_to(self, member: Membership) -> GroupQuerySet:
        """The staff see all groups of their office; a client sees none."""
        return self.filter(office=member.office_id) if member.is_office else self.none()


class MembershipQuerySet(models.QuerySet["Membership"]):
    def active(self) -> MembershipQuerySet:
        return self.filter(ended_at__isnull=True, person__is_active=True)

    def staff_of(self, company: Company) -> MembershipQuerySet:
        """Those of the office who have access to the dossier: administrators, its manager, its group."""
        return self.active().filter(
            Q(profile=Profile.ADMINISTRATOR) | Q(pk=company.manager_id) | _in_group(company),
            office=company.office_id,
            company__isnull=True,
        )

    def clients_of(self, company: Company) -> MembershipQuerySet:
        return self.active().filter(office=company.office_id, company=company.pk)

    def visible_to(self, member: Membership) -> MembershipQuerySet:
        """Staff: their colleagues and the people of their dossiers. Clients: their company and its accountants."""
        from comptoir.people.models import Company  # noqa: PLC0415 -- models.py imports this file

        if member.is_by_link:
            return self.none()
        if member.is_office:
            mine = Company.objects.visible_to(member)
            return self.filter(Q(company__isnull=True) | Q(company__in=mine), office=member.office_id)
        company = member.company
        assert company is not None
        staff = Q(pk__in=type(self)(self.model).staff_of(company).values("pk"))
        return self.filter(Q(company=member.company_id) | staff, office=member.office_id)


def _in_group(company: Company) -> Q:
    from comptoir.people.models import GroupMember  # noqa: PLC0415 -- models.py imports this file

    if company.group_id is None:
        return Q(pk__in=[])
    return Q(pk__in=GroupMember.objects.filter(group=company.group_id).values("member"))
