"""The gate of this package: the one place that says who sees which conversation, message and note."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Exists, Q

from comptoir.people.models import Company, GroupMember, Membership
from comptoir.people.profiles import CLIENT_PROFILES, Profile, sees_private, sees_shared

if TYPE_CHECKING:
    from uuid import UUID

    from comptoir.conversations.models import Conversation, Message, Note  # noqa: F401 -- named in the bases below


def visible(member: Membership, *, prefix: str = "") -> Q:
    """The condition on a conversation, or on a row that reaches one by `prefix`, e.g. `conversation__`.

    Staff: every conversation of the dossiers that they may see. Clients: the shared ones of their company,
    and the private ones that they began or that name them, as far as their profile sees either. Who came by the link
    of a mail: of all those, the one that it was about.
    """
    if member.only_conversation is not None:
        return Q(**{f"{prefix}pk": member.only_conversation}) & _of_profile(member, prefix=prefix)
    return _of_profile(member, prefix=prefix)


def _of_profile(member: Membership, *, prefix: str) -> Q:
    if member.is_office:
        ours = Q(**{f"{prefix}office": member.office_id})
        if member.profile == Profile.ADMINISTRATOR:
            return ours
        return ours & Q(**{f"{prefix}company__in": Company.objects.visible_to(member).values("pk")})
    audience = Q(pk__in=[])
    if sees_shared(member.profile):
        audience |= Q(**{f"{prefix}addressee__isnull": True})
    if sees_private(member.profile):
        audience |= Q(**{f"{prefix}addressee": member.pk}) | Q(
            **{f"{prefix}addressee__isnull": False, f"{prefix}started_by": member.pk}
        )
    return Q(**{f"{prefix}office": member.office_id, f"{prefix}company": member.company_id}) & audience


def readers(conversation: Conversation) -> Q:
    """The same rule read the other way: the condition on a membership that sees this conversation.

    A test holds the two against each other for every member and every kind of conversation.
    """
    company = conversation.company
    staff = Q(company__isnull=True, office=conversation.office_id) & (
        Q(profile=Profile.ADMINISTRATOR) | Q(pk=company.manager_id)
    )
    if company.group_id is not None:
        holders = GroupMember.objects.filter(group=company.group_id, group__office=company.office_id)
        staff |= Q(company__isnull=True, office=conversation.office_id, pk__in=holders.values("member"))
    if conversation.addressee_id is None:
        audience = Q(profile__in=[p for p in CLIENT_PROFILES if sees_shared(p)])
    else:
        named = [conversation.addressee_id, conversation.started_by_id]
        audience = Q(profile__in=[p for p in CLIENT_PROFILES if sees_private(p)], pk__in=named)
    return staff | (Q(company=company.pk) & audience)


def still_in_force(member: Membership) -> Exists:
    """The condition that a membership is what it was when its request was let in.

    An upload may have taken a minute since then, and the access may have been withdrawn in its second second.
    """
    now = Membership.objects.active().filter(pk=member.pk, profile=member.profile)
    return Exists(now.filter(company__archived_at__isnull=True))


class ConversationQuerySet(models.QuerySet["Conversation"]):
    def visible_to(self, member: Membership) -> ConversationQuerySet:
        return self.filter(visible(member))

    def open(self) -> ConversationQuerySet:
        return self.filter(closed_at__isnull=True)

    def closed(self) -> ConversationQuerySet:
        return self.filter(closed_at__isnull=False)


class MessageQuerySet(models.QuerySet["Message"]):
    def visible_to(self, member: Membership) -> MessageQuerySet:
        return self.filter(visible(member, prefix="conversation__"))

    def of(self, conversation_id: UUID) -> MessageQuerySet:
        return self.filter(conversation=conversation_id)


class NoteQuerySet(models.QuerySet["Note"]):
    def visible_to(self, member: Membership) -> NoteQuerySet:
        """Staff with access to the dossier; for a client there are no notes."""
        if not member.is_office:
            return self.none()
        return self.filter(visible(member, prefix="conversation__"))
