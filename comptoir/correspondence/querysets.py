"""The gate of this package: staff only, and of them whoever sees the dossier that a mail or document belongs to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models

from comptoir.people.models import Company, Membership
from comptoir.people.profiles import Profile

if TYPE_CHECKING:
    from comptoir.correspondence.models import (  # noqa: F401 -- named in the bases below
        Document,
        DocumentSender,
        DossierAddress,
        InboundMail,
    )


def _of_their_dossiers(member: Membership) -> models.Q:
    """What belongs to no dossier may be about any client: only administrators see all of those."""
    if not member.is_office:
        return models.Q(pk__in=[])
    ours = models.Q(office=member.office_id)
    if member.profile == Profile.ADMINISTRATOR:
        return ours
    return ours & models.Q(company__in=Company.objects.visible_to(member).values("pk"))


class InboundMailQuerySet(models.QuerySet["InboundMail"]):
    def visible_to(self, member: Membership) -> InboundMailQuerySet:
        return self.filter(_of_their_dossiers(member))


class DocumentQuerySet(models.QuerySet["Document"]):
    def visible_to(self, member: Membership) -> DocumentQuerySet:
        return self.filter(_of_their_dossiers(member))


class DocumentSenderQuerySet(models.QuerySet["DocumentSender"]):
    def visible_to(self, member: Membership) -> DocumentSenderQuerySet:
        return self.filter(_of_their_dossiers(member))

    def in_force(self, company: Company) -> DocumentSenderQuerySet:
        """Those of the dossier whom somebody trusts who has access to it to this day."""
        return self.filter(company=company.pk, trusted_by__in=Membership.objects.staff_of(company))


class DossierAddressQuerySet(models.QuerySet["DossierAddress"]):
    def visible_to(self, member: Membership) -> DossierAddressQuerySet:
        return self.filter(_of_their_dossiers(member))

    def in_force(self) -> DossierAddressQuerySet:
        return self.filter(revoked_at__isnull=True)
