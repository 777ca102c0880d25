"""Memberships: their profile changed, and ended, with everything that hung on them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from comptoir.activity.record import record
from comptoir.activity.verbs import Verb
from comptoir.core.errors import Conflict, Invalid, NotFound
from comptoir.people.gate import require_may_manage_people
from comptoir.people.models import (
    ApiToken,
    Company,
    GroupMember,
    Membership,
    Office,
    Person,
    Purpose,
)
from comptoir.people.one_time import discard_tokens, discard_tokens_made_by, end_item_links
from comptoir.people.profiles import (
    CLIENT_PROFILES,
    OFFICE_PROFILES,
    Profile,
    may_manage_office,
    may_write_to_clients,
)

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID


class LastAdministrator(Conflict):
    code = "last_administrator"
    text = _("An office keeps at least one administrator. Give somebody else that profile first.")


@transaction.atomic
def change_profile(member_id: UUID, *, by: Membership, at: datetime, profile: str) -> Membership:
    """Give a member another profile of the same side. The same again changes nothing.

    An assistant manages no dossier: those of one who becomes one have no manager until somebody is chosen.
    """
    member = _managed(member_id, by=by)
    if profile not in (OFFICE_PROFILES if member.is_office else CLIENT_PROFILES):
        raise Invalid(_("Choose one of the list."), field="profile")
    before = member.profile
    if profile == before:
        return member
    if before == Profile.ADMINISTRATOR:
        _require_another_administrator(member)
    member.profile = profile
    member.save(update_fields=["profile"])
    if not may_manage_office(profile):
        discard_tokens_made_by(member)
    handed_over = 0 if may_write_to_clients(profile) else _hand_over(member, None)
    _record(Verb.MEMBER_CHANGED, member, by=by, at=at, profile=[before, profile], handed_over=handed_over)
    return member


@transaction.atomic
def end_membership(
    member_id: UUID, *, by: Membership, at: datetime, successor_id: UUID | None = None
) -> Membership:
    """Take the access away, with API tokens, unused invitations, links in mails, groups and sessions.

    Dossiers that the member managed go to `successor_id`, one of the staff, or else to no manager.
    """
    member = _managed(member_id, by=by)
    if member.profile == Profile.ADMINISTRATOR:
        _require_another_administrator(member)
    handed_over = _hand_over(member, successor_id)
    member.ended_at = at
    member.save(update_fields=["ended_at"])
    GroupMember.objects.filter(member=member).delete()
    ApiToken.objects.filter(member=member, revoked_at__isnull=True).update(revoked_at=at)
    discard_tokens_made_by(member)
    discard_tokens(
        Purpose.INVITATION,
        office_id=member.office_id,
        email=member.person.email,
        company_id=member.company_id,
    )
    end_item_links(member, at=at)
    _end_sessions(member.person)
    _record(Verb.MEMBER_ENDED, member, by=by, at=at, profile=member.profile, handed_over=handed_over)
    return member


def _managed(member_id: UUID, *, by: Membership) -> Membership:
    """A membership in force that `by` sees and may manage, under its row's lock."""
    member = (
        Membership.objects.visible_to(by)
        .select_related("person", "company")
        .select_for_update(of=("self",))
        .filter(pk=member_id, ended_at__isnull=True)
        .first()
    )
    if member is None:
        raise NotFound
    require_may_manage_people(by, member.company)
    return member


def _require_another_administrator(member: Membership) -> None:
    """Under the office's lock: of two administrators who end each other at once, one stays."""
    Office.objects.select_for_update().get(pk=member.office_id)
    others = Membership.objects.active().filter(office=member.office_id, profile=Profile.ADMINISTRATOR)
    if not others.exclude(pk=member.pk).exists():
        raise LastAdministrator


def _hand_over(member: Membership, successor_id: UUID | None) -> int:
    """Returns how many dossiers went to another manager, or to none."""
    successor = None
    if successor_id is not None:
        staff = Membership.objects.active().filter(office=member.office_id, company__isnull=True)
        successor = staff.filter(pk=successor_id).exclude(pk=member.pk).first()
        if successor is None:
            raise Invalid(_("Choose one of the list."), field="successor")
    return Company.objects.filter(office=member.office_id, manager=member).update(manager=successor)


def _end_sessions(person: Person) -> None:
    """Every request and every stream asks for the membership anew, so this one is gone from them by itself.

    Where it was the last, no session has anything left to show: all of them end.
    """
    if not Membership.objects.active().filter(person=person).exists():
        Person.objects.filter(pk=person.pk).update(epoch=F("epoch") + 1)


def _record(verb: Verb, member: Membership, *, by: Membership, at: datetime, **facts: Any) -> None:
    record(
        verb,
        member.pk,
        office_id=member.office_id,
        company_id=member.company_id,
        by_id=by.pk,
        at=at,
        email=member.person.email,
        **facts,
    )
