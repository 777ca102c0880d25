"""Who there is: offices, their dossiers and groups, persons, and the memberships that join them.

What was handed out to them, links and keys, is tokens.py's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from comptoir.core.ids import new_id
from comptoir.people.profiles import CLIENT_PROFILES, OFFICE_PROFILES, Profile
from comptoir.people.querysets import CompanyQuerySet, GroupQuerySet, MembershipQuerySet
from comptoir.people.tokens import ApiToken, Purpose, Token

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

__all__ = [
    "ApiToken",
    "Company",
    "Group",
    "GroupMember",
    "Language",
    "Membership",
    "Office",
    "Person",
    "Purpose",
    "Theme",
    "Token",
    "VatRegime",
]


class Language(models.TextChoices):
    FRENCH = "fr", "Français"
    DUTCH = "nl", "Nederlands"
    ENGLISH = "en", "English"
    GERMAN = "de", "Deutsch"


class Theme(models.TextChoices):
    AUTO = "auto", _("As the device")
    LIGHT = "light", _("Light")
    DARK = "dark", _("Dark")


class Office(models.Model):
    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    name = models.CharField(max_length=120)
    address_line = models.CharField(max_length=200, blank=True)
    # The colour is a hue in degrees and a chroma; lightness is the product's, so contrast holds for every hue.
    brand_hue = models.SmallIntegerField(default=259)
    brand_chroma = models.FloatField(default=0.17)
    logo = models.BinaryField(null=True, help_text="A PNG that this program made itself; at most 256 x 256.")
    logo_version = models.CharField(
        max_length=8, blank=True, help_text="Changes with the logo; empty without one."
    )
    requires_second_factor = models.BooleanField(default=True)
    is_demo = models.BooleanField(default=False)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("created_at",)


class PersonManager(BaseUserManager["Person"]):
    def get_by_natural_key(self, email: str | None) -> Person:
        return self.get(email=(email or "").lower())


class Person(AbstractBaseUser):
    """One human, one e-mail address, one login; what they may see is said by their memberships."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    email = models.EmailField(unique=True)
    name = models.CharField(max_length=120)
    phone = models.CharField(max_length=40, blank=True)
    language = models.CharField(max_length=2, choices=Language, default=Language.FRENCH)
    time_zone = models.CharField(max_length=40, default="Europe/Brussels")
    theme = models.CharField(max_length=5, choices=Theme, default=Theme.AUTO)
    enter_sends = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)
    epoch = models.BigIntegerField(default=0, help_text="Raised to end every session at once.")
    created_at = models.DateTimeField(default=timezone.now)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    objects: ClassVar[PersonManager] = PersonManager()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(email=Lower("email")), name="person_email_lower")]

    def get_session_auth_hash(self) -> str:
        """What every session is bound to: a new password or a raised epoch ends them all."""
        return salted_hmac("comptoir.session", f"{self.password}{self.epoch}", algorithm="sha256").hexdigest()

    def _legacy_get_session_auth_hash(self) -> str:
        return self.get_session_auth_hash()

    def get_full_name(self) -> str:
        return self.name

    @property
    def first_name(self) -> str:
        return self.name.split(" ")[0]


class Group(models.Model):
    """Staff who hold dossiers together; the address is where a message goes when nobody else can be told."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    office = models.ForeignKey(Office, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=80)
    fallback_email = models.EmailField(blank=True)
    members: models.ManyToManyField[Membership, GroupMember] = models.ManyToManyField(
        "Membership", through="GroupMember", related_name="groups"
    )

    objects = GroupQuerySet.as_manager()

    class Meta:
        ordering = ("name",)
        constraints = [models.UniqueConstraint(fields=["office", "name"], name="group_name_once")]


class VatRegime(models.TextChoices):
    MONTHLY = "monthly", _("Monthly")
    QUARTERLY = "quarterly", _("Quarterly")
    EXEMPT = "exempt", _("Exempt")


class Company(models.Model):
    """A client company with its accounts: a dossier of one office."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    office = models.ForeignKey(Office, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=120)
    enterprise_number = models.CharField(max_length=10, help_text="Ten digits, checked, without BE and dots.")
    vat_regime = models.CharField(max_length=9, choices=VatRegime, default=VatRegime.QUARTERLY)
    language = models.CharField(max_length=2, choices=Language, default=Language.FRENCH)
    manager = models.ForeignKey("Membership", on_delete=models.SET_NULL, null=True, related_name="+")
    group = models.ForeignKey(Group, on_delete=models.SET_NULL, null=True, related_name="+")
    archived_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(default=timezone.now)

    objects = CompanyQuerySet.as_manager()

    class Meta:
        ordering = ("name",)
        constraints = [
            models.UniqueConstraint(fields=["office", "enterprise_number"], name="company_number_once"),
        ]
        indexes = [models.Index(fields=["office", "manager"], name="company_of_manager")]

    @property
    def number_shown(self) -> str:
        """`0712.458.367`, as Belgians write it."""
        n = self.enterprise_number
        return f"{n[:4]}.{n[4:7]}.{n[7:]}"


class Membership(models.Model):
    """One person in one company, or on the staff of one office, with one profile. Everything is seen as one."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    office = models.ForeignKey(Office, on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    company = models.ForeignKey(Company, on_delete=models.CASCADE, null=True, related_name="+")
    profile = models.CharField(max_length=19, choices=Profile)
    joined_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True)

    # Not stored. Of a visitor who came by the link of a mail: the one conversation that every gate lets through, and
    # from when to when; None for whoever signed in. `prepared` must know what a query depends on beside the fields.
    only_conversation: UUID | None = None
    only_since: datetime | None = None
    only_until: datetime | None = None
    beside_fields: ClassVar = ("only_conversation", "only_since")

    objects = MembershipQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "company"],
                condition=Q(company__isnull=False),
                name="membership_once_in_company",
            ),
            models.UniqueConstraint(
                fields=["person", "office"],
                condition=Q(company__isnull=True),
                name="membership_once_on_staff",
            ),
            models.CheckConstraint(
                condition=Q(company__isnull=True, profile__in=sorted(OFFICE_PROFILES))
                | Q(company__isnull=False, profile__in=sorted(CLIENT_PROFILES)),
                name="membership_profile_fits_side",
            ),
        ]
        indexes = [models.Index(fields=["office", "company"], name="membership_of_company")]

    @property
    def is_office(self) -> bool:
        return self.company_id is None

    @property
    def is_active(self) -> bool:
        return self.ended_at is None

    @property
    def is_by_link(self) -> bool:
        return self.only_conversation is not None

    @property
    def side(self) -> str:
        return "office" if self.is_office else "client"


class GroupMember(models.Model):
    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="+")
    member = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["group", "member"], name="group_member_once")]
