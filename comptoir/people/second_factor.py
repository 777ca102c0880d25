"""Who must have a second factor beside the password, and whether they have one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allauth.mfa.models import Authenticator

from comptoir.people.models import Membership

if TYPE_CHECKING:
    from comptoir.people.models import Person

# Recovery codes come with one of these; alone they prove nothing.
SECOND_FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


def has_second_factor(person: Person) -> bool:
    return bool(Authenticator.objects.filter(user=person.pk, type__in=SECOND_FACTORS).exists())


def needs_second_factor(person: Person) -> bool:
    """Whether an office where this person is on the staff asks for one that is not there yet."""
    asked = (
        Membership.objects.active()
        .filter(person=person.pk, company__isnull=True, office__requires_second_factor=True)
        .exists()
    )
    return asked and not has_second_factor(person)
