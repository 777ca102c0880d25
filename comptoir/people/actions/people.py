"""A person: their own preferences, their sign-ins, and their way out of an office."""

from __future__ import annotations

from typing import TYPE_CHECKING
from zoneinfo import available_timezones

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from comptoir.activity.record import record
from comptoir.activity.verbs import Verb
from comptoir.core.errors import Invalid, NotAllowed, NotFound
from comptoir.core.text import clean_line
from comptoir.people.actions.memberships import end_membership
from comptoir.people.gate import require_administrator
from comptoir.people.models import Language, Membership, Person, Theme

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime
    from typing import Any
    from uuid import UUID

    from django.contrib.auth.models import AbstractBaseUser

NAME_CHARACTERS, PHONE_CHARACTERS = 120, 40
PREFERENCES = ["name", "phone", "language", "time_zone", "theme", "enter_sends"]


@transaction.atomic
def change_preferences(
    person: Person,
    *,
    by: Membership,
    at: datetime,
    name: str | None = None,
    phone: str | None = None,
    language: str | None = None,
    time_zone: str | None = None,
    theme: str | None = None,
    enter_sends: bool | None = None,
) -> Person:
    """One's own name and tastes; None leaves one as it is. A new name is shown to others, so it is recorded."""
    _require_oneself(person, by)
    stored = Person.objects.select_for_update().get(pk=person.pk)
    before = stored.name
    if name is not None:
        stored.name = clean_line(name)[:NAME_CHARACTERS]
    if not stored.name:
        raise Invalid(_("Please give a name."), field="name")
    if phone is not None:
        stored.phone = clean_line(phone)[:PHONE_CHARACTERS]
    stored.language = _one_of(Language.values, language, stored.language, field="language")
    stored.time_zone = _one_of(available_timezones(), time_zone, stored.time_zone, field="time_zone")
    stored.theme = _one_of(Theme.values, theme, stored.theme, field="theme")
    if enter_sends is not None:
        stored.enter_sends = enter_sends
    stored.save(update_fields=PREFERENCES)
    if stored.name != before:
        _record_everywhere(Verb.MEMBER_CHANGED, stored, at=at, name=[before, stored.name])
    return stored


@transaction.atomic
def sign_out_everywhere(person: Person, *, by: Membership, at: datetime) -> None:
    """End every session of this person on every device, this one too."""
    _require_oneself(person, by)
    Person.objects.filter(pk=person.pk).update(epoch=F("epoch") + 1)
    _record_everywhere(Verb.PERSON_SIGNED_OUT_EVERYWHERE, person, at=at)


@transaction.atomic
def deactivate_person(
    person_id: UUID, *, by: Membership, at: datetime, successor_id: UUID | None = None
) -> list[Membership]:
    """End all memberships of a person in the administrator's office; other offices keep theirs."""
    require_administrator(by)
    members = Membership.objects.visible_to(by).filter(person=person_id, ended_at__isnull=True)
    ids = list(members.values_list("pk", flat=True))
    if not ids:
        raise NotFound
    return [end_membership(member_id, by=by, at=at, successor_id=successor_id) for member_id in ids]


@transaction.atomic
def record_sign_in(person: AbstractBaseUser, *, at: datetime, method: str) -> None:
    """Tell every office where the person is a member that they signed in. `method`: password, code, passkey …"""
    _record_everywhere(Verb.PERSON_SIGNED_IN, person, at=at, method=method)


@transaction.atomic
def record_failed_sign_in(email: str, *, at: datetime) -> None:
    """Tell them of an attempt that failed, where the address is somebody's. `by` stays empty: nobody signed in."""
    person = Person.objects.filter(email=email.strip().lower()).first()
    if person is not None:
        for member in _memberships(person):
            record(
                Verb.PERSON_SIGN_IN_FAILED,
                person.pk,
                office_id=member.office_id,
                company_id=member.company_id,
                by_id=None,
                at=at,
            )


def _require_oneself(person: Person, by: Membership) -> None:
    if by.person_id != person.pk:
        raise NotAllowed


def _one_of(choices: Collection[str], value: str | None, now: str, *, field: str) -> str:
    if value is None:
        return now
    if value not in choices:
        raise Invalid(_("Choose one of the list."), field=field)
    return value


def _memberships(person: AbstractBaseUser) -> list[Membership]:
    return list(Membership.objects.filter(person=person.pk, ended_at__isnull=True))


def _record_everywhere(verb: Verb, person: AbstractBaseUser, *, at: datetime, **facts: Any) -> None:
    for member in _memberships(person):
        record(
            verb,
            member.pk if verb == Verb.MEMBER_CHANGED else person.pk,
            office_id=member.office_id,
            company_id=member.company_id,
            by_id=member.pk,
            at=at,
            **facts,
        )
