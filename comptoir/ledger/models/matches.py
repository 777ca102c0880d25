"""Which payment pays which invoice."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from comptoir.core.ids import new_id
from comptoir.ledger.models.bank import Payment
from comptoir.ledger.models.columns import Content, money
from comptoir.ledger.models.invoices import Invoice
from comptoir.ledger.querysets import OfAccounts
from comptoir.people.models import Company, Membership, Office


class MatchState(models.TextChoices):
    PROPOSED = "proposed", _("Proposed")
    STANDS = "stands", _("Stands")
    UNDONE = "undone", _("Undone")


class Match(models.Model):
    """So much of an invoice is paid by so much of a payment, and why. Several of one payment stand or fall together.

    `amount` is in the invoice's currency; `paid` in the payment's, with the sign of the payment.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    office = models.ForeignKey(Office, on_delete=models.CASCADE, related_name="+")
    company = models.ForeignKey(Company, on_delete=models.CASCADE, related_name="+")
    payment = models.ForeignKey(Payment, on_delete=models.CASCADE, related_name="matches")
    invoice = models.ForeignKey(Invoice, on_delete=models.CASCADE, related_name="matches")
    amount = money()
    paid = money()
    reason = models.CharField(max_length=20)
    certainty = models.CharField(max_length=8)
    facts: Content = models.JSONField(default=dict)
    state = models.CharField(max_length=8, choices=MatchState)
    decided_by = models.ForeignKey(
        Membership,
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        help_text="None: by what is certain.",
    )
    decided_at = models.DateTimeField()

    objects = OfAccounts.as_manager()

    class Meta:
        indexes = [models.Index(fields=["office", "company", "state"], name="match_of_company")]


class MatchingDue(models.Model):
    """Something of this dossier changed since it was matched; a job is on its way, which takes this row away."""

    company = models.OneToOneField(Company, on_delete=models.CASCADE, primary_key=True, related_name="+")
    office = models.ForeignKey(Office, on_delete=models.CASCADE, related_name="+")
    since = models.DateTimeField()
    changed_at = models.DateTimeField()
