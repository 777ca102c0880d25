"""What the database knows of a stored file: attachments of messages, and files that a package above keeps.

The bytes lie under `key`, see disk.py; the sweep knows the keys of both.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from comptoir.core.ids import new_id
from comptoir.files.kinds import ANYTHING, family_of
from comptoir.files.names import NAME_LENGTH
from comptoir.people.models import Membership, Office

if TYPE_CHECKING:
    from datetime import datetime


class State(models.TextChoices):
    READY = "ready", _("Ready")
    REFUSED = "refused", _("Refused")


class PreviewState(models.TextChoices):
    NONE = "none", _("None")
    PENDING = "pending", _("Being made")
    READY = "ready", _("Ready")
    FAILED = "failed", _("Could not be made")


class AttachmentQuerySet(models.QuerySet["Attachment"]):
    def unclaimed(self) -> AttachmentQuerySet:
        return self.filter(claimed_at__isnull=True)

    def unclaimed_by(self, member: Membership) -> AttachmentQuerySet:
        """Uploaded by this very membership and not yet sent: nobody else may see or send these.

        Once a message has taken one, only the message says who may see it (conversations). By the link of a mail one
        sees only what was uploaded since it was opened.
        """
        own = self.unclaimed().filter(office_id=member.office_id, uploaded_by_id=member.pk, state=State.READY)
        return own if member.only_since is None else own.filter(created_at__gte=member.only_since)

    def left_behind(self, before: datetime) -> AttachmentQuerySet:
        return self.unclaimed().filter(created_at__lt=before)


class Attachment(models.Model):
    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    office = models.ForeignKey(Office, on_delete=models.CASCADE, related_name="+")
    uploaded_by = models.ForeignKey(Membership, on_delete=models.RESTRICT, related_name="+")
    name = models.CharField(max_length=NAME_LENGTH, help_text="Cleaned; only shown, never a path.")
    media_type = models.CharField(max_length=100, help_text="From our list, and agreed to by the content.")
    size = models.BigIntegerField(help_text="Bytes.")
    sha256 = models.CharField(max_length=64)
    key = models.UUIDField(unique=True, help_text="What the file is called on disk.")
    state = models.CharField(max_length=7, choices=State, default=State.READY)
    preview_key = models.UUIDField(unique=True, null=True)
    preview_state = models.CharField(max_length=7, choices=PreviewState, default=PreviewState.NONE)
    width = models.IntegerField(null=True, help_text="Of the preview, in pixels.")
    height = models.IntegerField(null=True, help_text="Of the preview, in pixels.")
    pages = models.IntegerField(null=True, help_text="Of a PDF.")
    claimed_at = models.DateTimeField(null=True, help_text="When a message took it.")
    created_at = models.DateTimeField()

    objects = AttachmentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(size__gt=0), name="attachment_not_empty"),
            models.CheckConstraint(
                condition=Q(preview_state=PreviewState.READY, preview_key__isnull=False)
                | (~Q(preview_state=PreviewState.READY) & Q(preview_key__isnull=True)),
                name="attachment_preview_has_key",
            ),
        ]
        indexes = [
            models.Index(
                fields=["office", "uploaded_by"],
                condition=Q(claimed_at__isnull=True),
                name="attachment_unclaimed",
            ),
        ]

    @property
    def has_preview(self) -> bool:
        return self.preview_key is not None

    @property
    def kind_shown(self) -> str:
        """`PDF`, `XLSX`: the ending of the name, where the content agrees with it."""
        if self.media_type == ANYTHING:
            return gettext("unverified file")
        return self.name.rpartition(".")[2].upper()

    @property
    def family(self) -> str:
        """`pdf`, `picture`, `sheet`, …: for the icon and the word beside the name."""
        return family_of(self.media_type)


class KeptFile(models.Model):
    """A file that came in otherwise than with a message, and what it carried inside. Kept as long as its row is.

    Who may see it is said by the row above that names it.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    office = models.ForeignKey(Office, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=NAME_LENGTH, help_text="Cleaned; only shown, never a path.")
    media_type = models.CharField(max_length=100, help_text="From our list, and agreed to by the content.")
    size = models.BigIntegerField(help_text="Bytes.")
    sha256 = models.CharField(max_length=64)
    key = models.UUIDField(unique=True, help_text="What the file is called on disk.")
    created_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["office"], name="kept_file_of_office")]
