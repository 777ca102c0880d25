"""The wishes of members, read from the database: their own row, or else their side's and their office's defaults."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from comptoir.notifications.models import OfficePolicy, Preference
from comptoir.notifications.routing import MONDAY_TO_FRIDAY, Wishes

if TYPE_CHECKING:
    from collections.abc import Iterable
    from uuid import UUID

    from comptoir.people.models import Membership

DIGEST_HOUR = 8


def policy_of(office_id: UUID) -> OfficePolicy:
    return OfficePolicy.objects.filter(pk=office_id).first() or OfficePolicy(office_id=office_id)


def preference_of(member: Membership) -> Preference:
    return Preference.objects.filter(pk=member.pk).first() or default_preference(member)


def default_preference(member: Membership) -> Preference:
    """Unsaved. Staff: one digest on each working day. Clients: what their office says, on every day."""
    if member.is_office:
        return Preference(member=member, digest_hour=DIGEST_HOUR, working_days=MONDAY_TO_FRIDAY)
    return Preference(member=member)


def preferences_of(members: Iterable[Membership]) -> dict[UUID, Preference]:
    """By membership; one query."""
    known = {member.pk: member for member in members}
    own = Preference.objects.in_bulk(list(known))
    return {pk: own.get(pk) or default_preference(member) for pk, member in known.items()}


def policies_of(members: Iterable[Membership]) -> dict[UUID, OfficePolicy]:
    """By office; one query."""
    ids = {member.office_id for member in members}
    own = OfficePolicy.objects.in_bulk(ids)
    return {pk: own.get(pk) or OfficePolicy(office_id=pk) for pk in ids}


def wishes_of(members: Iterable[Membership]) -> dict[UUID, Wishes]:
    """By membership; two queries. Each must come with its person."""
    known = {member.pk: member for member in members}
    preferences, policies = preferences_of(known.values()), policies_of(known.values())
    return {
        pk: as_wishes(preferences[pk], member, policy=policies[member.office_id])
        for pk, member in known.items()
    }


def as_wishes(preference: Preference, member: Membership, *, policy: OfficePolicy) -> Wishes:
    minutes = preference.delay_minutes
    if minutes is None:
        minutes = policy.delay_minutes
    wishes = Wishes(
        zone=ZoneInfo(member.person.time_zone),
        by_mail=preference.email_on,
        by_push=preference.push_on,
        delay=timedelta(minutes=minutes),
        digest_hour=preference.digest_hour,
        urgent_at_once=preference.urgent_at_once,
        working_days=preference.working_days,
    )
    if preference.quiet_from is None or preference.quiet_to is None:
        return wishes
    return replace(wishes, quiet=(preference.quiet_from, preference.quiet_to))
