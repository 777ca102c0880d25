"""Campaigns: what is asked of which dossiers for a VAT period, and how an office goes about it."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from comptoir.campaigns.querysets import CampaignQuerySet, KeptOfDossiers, SetByOffices
from comptoir.core.ids import new_id
from comptoir.people.models import Company, Membership, Office, VatRegime

LABEL = 80
IBAN = 34


class Wanted(models.TextChoices):
    """What may be asked for; in words the client knows."""

    PURCHASES = "purchases", _("Purchase invoices")
    SALES = "sales", _("Sales")
    BANK = "bank", _("Bank statements")
    CASH = "cash", _("Cash book")
    CARDS = "cards", _("Card statements")
    PAYROLL = "payroll", _("Payroll")
    OTHER = "other", _("Other documents")


class ChecklistLine(models.Model):
    """Of a dossier that is asked for something else than the usual."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    office = models.ForeignKey(Office, on_delete=models.CASCADE, related_name="+", db_index=False)
    company = models.ForeignKey(Company, on_delete=models.CASCADE, related_name="+", db_index=False)
    kind = models.CharField(max_length=9, choices=Wanted)
    label = models.CharField(max_length=LABEL, blank=True, help_text="'' is the kind's name.")
    account = models.CharField(max_length=IBAN, blank=True, help_text="Of the bank: the IBAN without blanks.")
    place = models.SmallIntegerField()

    objects = KeptOfDossiers.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["company", "place"], name="checklist_line_place_once")]


class CampaignState(models.TextChoices):
    PREPARED = "prepared", _("Prepared")
    OPEN = "open", _("Running")
    ENDED = "ended", _("Ended")


class Campaign(models.Model):
    """One VAT period of one kind of filer. The dates are kept as they were when it was opened."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    office = models.ForeignKey(Office, on_delete=models.CASCADE, related_name="+", db_index=False)
    regime = models.CharField(max_length=9, choices=VatRegime)
    period = models.CharField(max_length=7, help_text="2026-10, 2026-Q4")
    due_on = models.DateField(help_text="The day by which clients should hand in.")
    legal_on = models.DateField(help_text="The day by which the return is to be filed.")
    texts: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField(
        default=dict, help_text="By language: subject and body, with merge fields; missing: the usual."
    )
    state = models.CharField(max_length=8, choices=CampaignState, default=CampaignState.PREPARED)
    prepared_at = models.DateTimeField()
    opened_by = models.ForeignKey(
        Membership, on_delete=models.SET_NULL, null=True, related_name="+", db_index=False
    )
    opened_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    objects = CampaignQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["office", "regime", "period"], name="campaign_once"),
            models.CheckConstraint(
                condition=Q(state=CampaignState.PREPARED, opened_at__isnull=True)
                | Q(~Q(state=CampaignState.PREPARED), opened_at__isnull=False),
                name="campaign_opened_since",
            ),
            models.CheckConstraint(
                condition=Q(due_on__lte=models.F("legal_on")), name="campaign_due_before_the_law"
            ),
        ]
        indexes = [models.Index(fields=["office", "state", "legal_on"], name="campaign_of_office")]

    @property
    def is_open(self) -> bool:
        return self.state == CampaignState.OPEN


class CampaignSettings(models.Model):
    """How an office has its campaigns begin."""

    office = models.OneToOneField(Office, on_delete=models.CASCADE, related_name="+", primary_key=True)
    starts_itself = models.BooleanField(default=False, help_text="Else a prepared one waits for one click.")
    opens_as = models.ForeignKey(
        Membership, on_delete=models.SET_NULL, null=True, related_name="+", db_index=False
    )

    objects = SetByOffices.as_manager()


class ChasingSettings(models.Model):
    """An office's own ladder, or that of one dossier, which goes before it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    office = models.ForeignKey(Office, on_delete=models.CASCADE, related_name="+", db_index=False)
    company = models.ForeignKey(
        Company, on_delete=models.CASCADE, null=True, related_name="+", db_index=False
    )
    rungs: models.JSONField[list[int], list[int]] = models.JSONField(help_text="Days before the due day.")
    opens = models.TimeField()
    closes = models.TimeField()

    objects = KeptOfDossiers.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["company"], name="chasing_once_a_dossier"),
            models.UniqueConstraint(
                fields=["office"], condition=Q(company__isnull=True), name="chasing_once_an_office"
            ),
        ]
