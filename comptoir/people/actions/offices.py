"""An office: created with its first administrator, branded, and its policies."""

from __future__ import annotations

from typing import TYPE_CHECKING
from zlib import crc32

from allauth.account.models import EmailAddress
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from comptoir.activity.record import record
from comptoir.activity.verbs import Verb
from comptoir.core.errors import Invalid, NotAllowed
from comptoir.core.text import clean_line
from comptoir.people.addresses import folded_address
from comptoir.people.gate import require_administrator
from comptoir.people.models import Membership, Office, Person
from comptoir.people.profiles import Profile

if TYPE_CHECKING:
    from datetime import datetime


def normal_email(email: str) -> str:
    """The one spelling under which an address is kept; `Invalid` if it is none."""
    address = folded_address(email)
    try:
        validate_email(address)
    except ValidationError as error:
        raise Invalid(_("This is not an e-mail address."), field="email") from error
    return address


def make_person(*, email: str, name: str, password: str | None, language: str) -> Person:
    """A person with a proven address. `password` None: they sign in by code or passkey. Caller records."""
    person = Person(email=normal_email(email), name=clean_line(name)[:120], language=language)
    if not person.name:
        raise Invalid(_("Please give a name."), field="name")
    if password is None:
        person.set_unusable_password()
    else:
        try:
            validate_password(password, person)
        except ValidationError as error:
            raise Invalid(" ".join(error.messages), field="password") from error
        person.set_password(password)
    person.save(force_insert=True)
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    return person


@transaction.atomic
def create_office(
    name: str,
    *,
    administrator: Person,
    at: datetime,
    requires_second_factor: bool = True,
    is_demo: bool = False,
) -> Membership:
    """A new office and its first administrator's membership."""
    title = clean_line(name)[:120]
    if not title:
        raise Invalid(_("Please give the office a name."), field="name")
    office = Office.objects.create(
        name=title, requires_second_factor=requires_second_factor, is_demo=is_demo, created_at=at
    )
    member = Membership.objects.create(
        office=office, person=administrator, profile=Profile.ADMINISTRATOR, joined_at=at
    )
    record(Verb.OFFICE_CREATED, office.pk, office_id=office.pk, by_id=member.pk, at=at, name=title)
    return member


@transaction.atomic
def change_branding(
    *,
    by: Membership,
    at: datetime,
    name: str,
    address_line: str,
    brand_hue: int,
    brand_chroma: float,
    logo: bytes | None = None,
) -> Office:
    """The office's name, address line, colour and (if given) logo. `logo` is a PNG made by this program."""
    require_administrator(by)
    office = Office.objects.select_for_update().get(pk=by.office_id)
    office.name = clean_line(name)[:120] or office.name
    office.address_line = clean_line(address_line)[:200]
    office.brand_hue = brand_hue % 360
    office.brand_chroma = min(
        max(brand_chroma, 0.0), 0.17
    )  # above it, white on the accent falls below 4.5:1 in the dark theme
    if logo is not None:
        office.logo, office.logo_version = logo, f"{crc32(logo):08x}"
    office.save(update_fields=["name", "address_line", "brand_hue", "brand_chroma", "logo", "logo_version"])
    record(Verb.OFFICE_BRANDED, office.pk, office_id=office.pk, by_id=by.pk, at=at, name=office.name)
    return office


@transaction.atomic
def require_second_factor(*, by: Membership, at: datetime, required: bool) -> Office:
    """The office's policy: whether its staff need a second factor to sign in."""
    require_administrator(by)
    office = Office.objects.select_for_update().get(pk=by.office_id)
    if office.is_demo and required:
        # Its accounts are everybody's and keep no second factor: nobody would come in any more.
        raise NotAllowed(
            _("In the demonstration, nobody can set up a second factor, so it cannot be asked for.")
        )
    office.requires_second_factor = required
    office.save(update_fields=["requires_second_factor"])
    record(
        Verb.OFFICE_POLICY_CHANGED,
        office.pk,
        office_id=office.pk,
        by_id=by.pk,
        at=at,
        requires_second_factor=required,
    )
    return office
