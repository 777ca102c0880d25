"""How people are told: one's own wishes, the office's rules, and the link that ends all mails."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from comptoir.activity.record import record
from comptoir.activity.verbs import Verb
from comptoir.core.errors import Invalid, NotFound
from comptoir.notifications.models import OfficePolicy, Preference, TextInMails
from comptoir.notifications.routing import EVERY_DAY
from comptoir.notifications.wishes import policy_of, preference_of
from comptoir.people.gate import require_administrator
from comptoir.people.models import Membership

if TYPE_CHECKING:
    from datetime import datetime, time
    from uuid import UUID

# A mail within the minute would be one for each message of a talk that is going on.
SHORTEST_DELAY, LONGEST_DELAY = 5, 7 * 24 * 60
HOURS = range(24)


@transaction.atomic
def change_telling(
    member_id: UUID,
    *,
    by: Membership,
    at: datetime,
    email_on: bool,
    push_on: bool,
    urgent_at_once: bool,
    delay_minutes: int | None,
    digest_hour: int | None,
    quiet_from: time | None,
    quiet_to: time | None,
    working_days: int,
) -> Preference:
    """One's own membership, whichever one is signed in as; another's is missing."""
    member = Membership.objects.active().filter(pk=member_id, person=by.person_id).first()
    if member is None:
        raise NotFound
    _check_delay(delay_minutes)
    if digest_hour is not None and digest_hour not in HOURS:
        raise Invalid(field="digest_hour")
    if not 0 < working_days <= EVERY_DAY:
        raise Invalid(_("Choose one day at least."), field="days")
    if (quiet_from is None) != (quiet_to is None):
        raise Invalid(_("Quiet hours have a beginning and an end."), field="quiet_to")
    values = {
        "email_on": email_on,
        "push_on": push_on,
        "urgent_at_once": urgent_at_once,
        "delay_minutes": delay_minutes,
        "digest_hour": digest_hour,
        "quiet_from": quiet_from,
        "quiet_to": quiet_to,
        "working_days": working_days,
    }
    preference, _is_new = Preference.objects.update_or_create(member=member, defaults=values)
    _record(Verb.TELLING_CHANGED, member, at=at, email=email_on)
    return preference


def _check_delay(minutes: int | None) -> None:
    if minutes is not None and not SHORTEST_DELAY <= minutes <= LONGEST_DELAY:
        raise Invalid(_("Between five minutes and a week, please."), field="delay_minutes")


@transaction.atomic
def change_policy(*, by: Membership, at: datetime, delay_minutes: int, text_in_mails: str) -> OfficePolicy:
    """The office's rules: how long a message may stay unread, and how much of it a mail may say."""
    require_administrator(by)
    _check_delay(delay_minutes)
    if text_in_mails not in TextInMails.values:
        raise Invalid(field="text_in_mails")
    before = policy_of(by.office_id)
    after: dict[str, Any] = {"delay_minutes": delay_minutes, "text_in_mails": text_in_mails}
    policy, _is_new = OfficePolicy.objects.update_or_create(pk=by.office_id, defaults=after)
    record(
        Verb.OFFICE_POLICY_CHANGED,
        by.office_id,
        office_id=by.office_id,
        by_id=by.pk,
        at=at,
        changes={n: [getattr(before, n), v] for n, v in after.items() if getattr(before, n) != v},
    )
    return policy


@transaction.atomic
def set_mails(person_id: UUID, *, office_id: UUID, at: datetime, on: bool) -> int:
    """Of every membership in one office, by the link at the foot of its mails: whoever holds it may, signed in or not.

    Returns how many changed; none when that was already so.
    """
    members = Membership.objects.active().filter(person=person_id, office=office_id)
    changed = 0
    for member in members:
        preference = preference_of(member)
        if preference.email_on != on:
            preference.email_on = on
            preference.save()
            _record(Verb.TELLING_CHANGED if on else Verb.TELLING_STOPPED, member, at=at, email=on)
            changed += 1
    return changed


def _record(verb: Verb, member: Membership, *, at: datetime, email: bool) -> None:
    record(
        verb,
        member.pk,
        office_id=member.office_id,
        company_id=member.company_id,
        by_id=member.pk,
        at=at,
        email=email,
    )
