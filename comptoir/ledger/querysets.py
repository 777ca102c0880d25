"""The gate of this package: who sees the accounts of which dossier."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from django.db import models

from comptoir.people.models import Company
from comptoir.people.profiles import sees_accounts

if TYPE_CHECKING:
    from comptoir.people.models import Membership


class OfAccounts(models.QuerySet[Any]):
    """Invoices, statements, payments: the staff of the dossier, and clients with full access or full feedback."""

    def visible_to(self, member: Membership) -> Self:
        if not sees_accounts(member.profile):
            return self.none()
        if not member.is_office:
            return self.filter(office=member.office_id, company=member.company_id)
        return self.filter(office=member.office_id, company__in=Company.objects.visible_to(member))


class OfTheDesk(OfAccounts):
    """What the office brought in, and how that went: its staff's alone."""

    def visible_to(self, member: Membership) -> Self:
        return super().visible_to(member) if member.is_office else self.none()
