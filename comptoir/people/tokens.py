"""What is handed out to people and programs: secrets that work once, and keys of the API."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from comptoir.core.ids import new_id

if TYPE_CHECKING:
    from uuid import UUID


class Purpose(models.TextChoices):
    INVITATION = "invitation", _("Invitation")
    ITEM = "item", _("Link to an item")


class Token(models.Model):
    """A secret sent to somebody, stored as its digest only, good for one purpose, once, until a moment.

    That of an item opens it in the browser that used it first, until `expires_at`, which then moves to ten minutes on.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    digest = models.CharField(max_length=64, unique=True)
    purpose = models.CharField(max_length=20, choices=Purpose)
    office = models.ForeignKey("people.Office", on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey("people.Person", on_delete=models.CASCADE, null=True, related_name="+")
    email = models.EmailField(help_text="The one address that may use it.")
    scope: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField(default=dict)
    made_by = models.ForeignKey("people.Membership", on_delete=models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    browser = models.CharField(
        max_length=64, blank=True, help_text="Digest of the secret of the browser that used it."
    )
    code_digest = models.CharField(
        max_length=64, blank=True, help_text="Of the short code that stands for the secret; under our key."
    )
    code_attempts = models.IntegerField(default=0, help_text="Wrong ones.")

    class Meta:
        indexes = [
            models.Index(fields=["office", "purpose", "expires_at"], name="token_of_office"),
            models.Index(fields=["browser"], name="token_of_browser", condition=~models.Q(browser="")),
        ]


class ApiToken(models.Model):
    """A program's key: acts as one membership, within scopes. 256 random bits need no slow hash."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    member = models.ForeignKey("people.Membership", on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=80)
    shown = models.CharField(max_length=16, help_text="Its first characters, to tell one from another.")
    digest = models.CharField(max_length=64, unique=True)
    scopes: models.JSONField[list[str], list[str]] = models.JSONField(default=list)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)
    last_used_on = models.DateField(null=True)

    def is_of(self, member_id: UUID) -> bool:
        return self.member_id == member_id
