"""Files that were brought into the accounts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from comptoir.core.ids import new_id
from comptoir.files.models import KeptFile
from comptoir.ledger.querysets import OfTheDesk
from comptoir.people.models import Company, Membership, Office

if TYPE_CHECKING:
    from comptoir.ledger.models.columns import Content


class ImportState(models.TextChoices):
    WAITING = "waiting", _("Being read")
    READ = "read", _("Read")
    COLUMNS = "columns", _("Needs columns")
    UNREADABLE = "unreadable", _("Not readable")


class Source(models.TextChoices):
    PAGE = "page", _("Page")
    API = "api", _("API")
    COMMAND = "command", _("Command")
    MAIL = "mail", _("E-mail")


class ImportedFile(models.Model):
    """A file that was brought, once by its content. `findings` are what is doubtful of it as a whole, or why it cannot be read."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    office = models.ForeignKey(Office, on_delete=models.CASCADE, related_name="+")
    company = models.ForeignKey(Company, on_delete=models.CASCADE, related_name="+")
    file = models.OneToOneField(KeptFile, on_delete=models.RESTRICT, related_name="+")
    sha256 = models.CharField(max_length=64)
    kind = models.CharField(
        max_length=8, blank=True, help_text="ubl, cii, facturx, coda, camt, mt940 or csv."
    )
    state = models.CharField(max_length=10, choices=ImportState, default=ImportState.WAITING)
    source = models.CharField(max_length=7, choices=Source)
    findings: models.JSONField[list[Any], list[Any]] = models.JSONField(default=list)
    options: Content = models.JSONField(default=dict, help_text="A CSV's columns and account.")
    invoice_count = models.IntegerField(default=0)
    payment_count = models.IntegerField(default=0)
    doubt_count = models.IntegerField(default=0, help_text="Warnings, of the file and of what is in it.")
    brought_by = models.ForeignKey(
        Membership, on_delete=models.SET_NULL, null=True, related_name="+", help_text="None: the operator."
    )
    created_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)

    objects = OfTheDesk.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["company", "sha256"], name="imported_file_once")]
        indexes = [models.Index(fields=["office", "company", "created_at"], name="imported_file_of_company")]


class ColumnNaming(models.Model):
    """Which heading of a bank's CSV is which, as somebody said; for the next file with the same headings.

    In the same dossier the account is taken over as well; in another one of the office only the columns.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    office = models.ForeignKey(Office, on_delete=models.CASCADE, related_name="+")
    company = models.ForeignKey(Company, on_delete=models.CASCADE, related_name="+")
    headings = models.CharField(max_length=64, help_text="Digest of the headings, folded, in their order.")
    columns: Content = models.JSONField()
    account = models.CharField(max_length=34, blank=True)
    named_by = models.ForeignKey(Membership, on_delete=models.SET_NULL, null=True, related_name="+")
    named_at = models.DateTimeField()

    objects = OfTheDesk.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["company", "headings"], name="column_naming_once")]
        indexes = [models.Index(fields=["office", "headings"], name="column_naming_of_office")]
