"""The gate of this package: who sees which request and what was handed in, and what the office sets for itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import Q

from comptoir.conversations import querysets as conversations
from comptoir.people.models import Company
from comptoir.people.profiles import Profile, may_hand_in

if TYPE_CHECKING:
    from comptoir.campaigns.models import CalendarFeed, Campaign, DocumentRequest, OwnDeadline  # noqa: F401 -- named in the bases below
    from comptoir.people.models import Membership


def visible(member: Membership, *, prefix: str = "") -> Q:
    """The condition on a document request, or on a row that reaches one by `prefix`, e.g. `request__`.

    Staff: those of the dossiers that they may see. Clients: those of their company, if they hand in papers; document
    processing too, though it does not see the conversation. Who came by the link of a mail: the one that it was about.
    """
    if member.is_office:
        return _of_staff(member, prefix=prefix)
    if not may_hand_in(member.profile):
        return Q(pk__in=[])
    ours = Q(**{f"{prefix}office": member.office_id, f"{prefix}company": member.company_id})
    if member.only_conversation is not None:
        return ours & Q(**{f"{prefix}conversation": member.only_conversation})
    return ours


def _of_staff(member: Membership, *, prefix: str) -> Q:
    if member.only_conversation is not None:
        return conversations.visible(member, prefix=f"{prefix}conversation__")
    ours = Q(**{f"{prefix}office": member.office_id})
    if member.profile == Profile.ADMINISTRATOR:
        return ours
    return ours & Q(**{f"{prefix}company__in": Company.objects.visible_to(member).values("pk")})


class DocumentRequestQuerySet(models.QuerySet["DocumentRequest"]):
    def visible_to(self, member: Membership) -> Self:
        return self.filter(visible(member))

    def open(self) -> Self:
        return self.filter(ended_at__isnull=True)


class OfRequests(models.QuerySet[Any]):
    """Items, and files: seen with their request."""

    def visible_to(self, member: Membership) -> Self:
        return self.filter(visible(member, prefix=self.model.to_request))


class CampaignQuerySet(models.QuerySet["Campaign"]):
    def visible_to(self, member: Membership) -> Self:
        """All of the staff; whose dossiers stand in it is asked of its requests."""
        if not member.is_office or member.is_by_link:
            return self.none()
        return self.filter(office=member.office_id)


class SetByOffices(models.QuerySet[Any]):
    """An office's settings, which its staff may read."""

    def visible_to(self, member: Membership) -> Self:
        if not member.is_office or member.is_by_link:
            return self.none()
        return self.filter(office=member.office_id)


class KeptOfDossiers(models.QuerySet[Any]):
    """What the staff keep about a dossier, or about the office as a whole where it names none; clients see none of it."""

    def visible_to(self, member: Membership) -> Self:
        if not member.is_office or member.is_by_link:
            return self.none()
        dossiers = Q(company__isnull=True) | Q(company__in=Company.objects.visible_to(member))
        return self.filter(dossiers, office=member.office_id)


class OwnDeadlineQuerySet(models.QuerySet["OwnDeadline"]):
    def visible_to(self, member: Membership) -> OwnDeadlineQuerySet:
        """All of the staff: they are about no client, but about all of one kind."""
        return self.filter(office=member.office_id) if member.is_office else self.none()

    def in_force(self) -> OwnDeadlineQuerySet:
        return self.filter(withdrawn_at__isnull=True)


class CalendarFeedQuerySet(models.QuerySet["CalendarFeed"]):
    def visible_to(self, member: Membership) -> CalendarFeedQuerySet:
        """One's own: an address that somebody else could see would be theirs as well."""
        return self.filter(member=member.pk) if member.is_office else self.none()

    def in_force(self) -> CalendarFeedQuerySet:
        return self.filter(revoked_at__isnull=True)
