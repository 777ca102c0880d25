"""Groups: staff who hold dossiers together. Being in one opens its dossiers, so each change is recorded."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from comptoir.activity.record import record
from comptoir.activity.verbs import Verb
from comptoir.core.errors import Invalid, NotFound
from comptoir.core.text import clean_line
from comptoir.people.actions.offices import normal_email
from comptoir.people.gate import require_administrator
from comptoir.people.models import Group, GroupMember, Membership

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime
    from uuid import UUID

NAME_CHARACTERS = 80


@transaction.atomic
def create_group(
    name: str, *, by: Membership, at: datetime, fallback_email: str = "", member_ids: Iterable[UUID] = ()
) -> Group:
    """A new group of staff; `fallback_email` is where a message goes when nobody else can be told."""
    require_administrator(by)
    group = Group(office_id=by.office_id)
    _fill(group, name=name, fallback_email=fallback_email)
    group.save(force_insert=True)
    members = _set_members(group, member_ids)
    _record(Verb.GROUP_CREATED, group, by=by, at=at, members=members)
    return group


@transaction.atomic
def change_group(
    group_id: UUID,
    *,
    by: Membership,
    at: datetime,
    name: str,
    fallback_email: str,
    member_ids: Iterable[UUID],
) -> Group:
    """Replace a group's name, address and members. Who is left out loses its dossiers at once."""
    group = _locked(group_id, by=by)
    _fill(group, name=name, fallback_email=fallback_email)
    group.save(update_fields=["name", "fallback_email"])
    members = _set_members(group, member_ids)
    _record(Verb.GROUP_CHANGED, group, by=by, at=at, members=members)
    return group


@transaction.atomic
def delete_group(group_id: UUID, *, by: Membership, at: datetime) -> None:
    """Dissolve a group; its dossiers stay with their managers."""
    group = _locked(group_id, by=by)
    members = [str(pk) for pk in GroupMember.objects.filter(group=group).values_list("member", flat=True)]
    group.delete()
    group.pk = group_id  # for the history, whose readers find the group gone already
    _record(Verb.GROUP_DELETED, group, by=by, at=at, members=members)


def _locked(group_id: UUID, *, by: Membership) -> Group:
    group = Group.objects.visible_to(by).select_for_update().filter(pk=group_id).first()
    if group is None:
        raise NotFound
    require_administrator(by)
    return group


def _fill(group: Group, *, name: str, fallback_email: str) -> None:
    group.name = clean_line(name)[:NAME_CHARACTERS]
    if not group.name:
        raise Invalid(_("Please give the group a name."), field="name")
    if Group.objects.filter(office=group.office_id, name=group.name).exclude(pk=group.pk).exists():
        raise Invalid(_("There is a group with this name already."), field="name")
    try:
        group.fallback_email = normal_email(fallback_email) if fallback_email.strip() else ""
    except Invalid as error:
        raise Invalid(error.text, field="fallback_email") from error


def _set_members(group: Group, member_ids: Iterable[UUID]) -> list[str]:
    """Exactly these, who must be staff of the same office; returns their ids for the record."""
    wanted = set(member_ids)
    staff = Membership.objects.active().filter(office=group.office_id, company__isnull=True, pk__in=wanted)
    if staff.count() != len(wanted):
        raise Invalid(_("A group has members of the office’s staff only."), field="members")
    present = set(GroupMember.objects.filter(group=group).values_list("member", flat=True))
    GroupMember.objects.filter(group=group).exclude(member__in=wanted).delete()
    GroupMember.objects.bulk_create([GroupMember(group=group, member_id=pk) for pk in wanted - present])
    return sorted(map(str, wanted))


def _record(verb: Verb, group: Group, *, by: Membership, at: datetime, members: list[str]) -> None:
    record(verb, group.pk, office_id=group.office_id, by_id=by.pk, at=at, name=group.name, members=members)
