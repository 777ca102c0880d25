"""What an office sets otherwise than the law, and the private addresses of calendars.

Campaigns are collecting.py's, what they ask of each dossier requests.py's.
"""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from comptoir.campaigns.collecting import (
    Campaign,
    CampaignSettings,
    CampaignState,
    ChasingSettings,
    ChecklistLine,
    Wanted,
)
from comptoir.campaigns.deadlines.rules import Obligation
from comptoir.campaigns.querysets import CalendarFeedQuerySet, OwnDeadlineQuerySet
from comptoir.campaigns.requests import DocumentRequest, Ended, ItemFile, RequestItem
from comptoir.core.ids import new_id
from comptoir.people.models import Company, Membership, Office, VatRegime

__all__ = [
    "CalendarFeed",
    "Campaign",
    "CampaignSettings",
    "CampaignState",
    "ChasingSettings",
    "ChecklistLine",
    "DocumentRequest",
    "Ended",
    "ItemFile",
    "OwnDeadline",
    "RequestItem",
    "Wanted",
]

REASON = 200


class Owed(models.TextChoices):
    """The obligations of `deadlines`, in words."""

    RETURN = Obligation.RETURN.value, _("VAT return")
    PAYMENT = Obligation.PAYMENT.value, _("VAT payment")
    IC_LISTING = Obligation.IC_LISTING.value, _("Intra-Community listing")
    PREPAYMENT = Obligation.PREPAYMENT.value, _("December prepayment")
    CLIENT_LISTING = Obligation.CLIENT_LISTING.value, _("Yearly client listing")


class OwnDeadline(models.Model):
    """The office's own date for one period, or else its own day for all periods that begin from … to ….

    Never changed: a new one takes the place of what was in force, which stays to be read.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    office = models.ForeignKey(Office, on_delete=models.CASCADE, related_name="+")
    obligation = models.CharField(max_length=14, choices=Owed)
    regime = models.CharField(max_length=9, choices=VatRegime)
    period = models.CharField(max_length=7, blank=True, help_text="2026-10, 2026-Q4, 2026; empty for a rule.")
    due_on = models.DateField(null=True)
    valid_from = models.DateField(null=True, help_text="For periods that begin on this day or later.")
    valid_to = models.DateField(null=True, help_text="And on this day or before.")
    day = models.SmallIntegerField(null=True, help_text="Of the month in which the law's date lies.")
    shifts = models.BooleanField(
        default=False, help_text="From a weekend or holiday to the next working day."
    )
    reason = models.CharField(max_length=REASON)
    set_by = models.ForeignKey(Membership, on_delete=models.SET_NULL, null=True, related_name="+")
    set_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    objects = OwnDeadlineQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["office", "obligation", "regime", "period"],
                condition=Q(withdrawn_at__isnull=True) & ~Q(period=""),
                name="own_deadline_once",
            ),
            models.CheckConstraint(
                condition=Q(~Q(period=""), due_on__isnull=False, day__isnull=True)
                | Q(period="", due_on__isnull=True, day__range=(1, 31), valid_from__isnull=False),
                name="own_deadline_date_or_rule",
            ),
        ]
        indexes = [models.Index(fields=["office", "withdrawn_at"], name="own_deadline_of_office")]


class CalendarFeed(models.Model):
    """An address from which a program fetches deadlines, as one of the staff: all of them, or those of one dossier."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    office = models.ForeignKey(Office, on_delete=models.CASCADE, related_name="+")
    member = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="+")
    company = models.ForeignKey(Company, on_delete=models.CASCADE, null=True, related_name="+")
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    last_used_on = models.DateField(null=True)

    objects = CalendarFeedQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["member", "revoked_at"], name="calendar_feed_of_member")]
