"""Invoices and credit notes, bought and sold."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from comptoir.core.ids import new_id
from comptoir.files.models import KeptFile
from comptoir.ledger.matching.settlement import Settlement, settlement
from comptoir.ledger.models.columns import Content, money, money_or_none
from comptoir.ledger.models.imports import ImportedFile
from comptoir.ledger.querysets import OfAccounts
from comptoir.people.models import Company, Office


class Direction(models.TextChoices):
    PURCHASE = "purchase", _("Purchase")
    SALE = "sale", _("Sale")
    OTHER = "other", _("Of another party")


class Invoice(models.Model):
    """An invoice or credit note; amounts are positive in both. `party` is the other side: the seller of a purchase."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    office = models.ForeignKey(Office, on_delete=models.CASCADE, related_name="+")
    company = models.ForeignKey(Company, on_delete=models.CASCADE, related_name="+")
    source = models.ForeignKey(ImportedFile, on_delete=models.RESTRICT, related_name="+")
    identity = models.CharField(max_length=64, help_text="Digest of seller, number, year and kind.")
    direction = models.CharField(max_length=8, choices=Direction)
    is_credit_note = models.BooleanField(default=False)
    number = models.CharField(max_length=100)
    issued_on = models.DateField(null=True)
    due_on = models.DateField(null=True)
    currency = models.CharField(max_length=3)
    gross = money()
    net = money_or_none()
    tax = money_or_none()
    payable = money(help_text="What remained to be paid when it was made out.")
    paid = money(default=Decimal(0), help_text="The sum of its matches that stand.")
    party = models.CharField(max_length=200, blank=True)
    party_number = models.CharField(max_length=30, blank=True, help_text="Enterprise or VAT number.")
    iban = models.CharField(max_length=34, blank=True)
    reference = models.CharField(max_length=140, blank=True, help_text="Twelve digits, RF…, or any text.")
    content: Content = models.JSONField(default=dict)
    findings: models.JSONField[list[Any], list[Any]] = models.JSONField(default=list)
    search = models.TextField(blank=True, help_text="Folded: number, party, amount, reference.")
    created_at = models.DateTimeField()

    objects = OfAccounts.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["company", "identity"], name="invoice_once")]
        indexes = [
            models.Index(fields=["office", "company", "direction", "issued_on"], name="invoice_of_company")
        ]

    @property
    def settlement(self) -> Settlement:
        return settlement(self.payable, self.paid)

    @property
    def comes_in(self) -> bool:
        """Whether paying it raises the balance of the dossier's account."""
        return (self.direction == Direction.SALE) != self.is_credit_note

    @property
    def open(self) -> Decimal:
        return max(self.payable - self.paid, Decimal(0))


class InvoiceFile(models.Model):
    """What an invoice carries inside: mostly its picture as a PDF."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    office = models.ForeignKey(Office, on_delete=models.CASCADE, related_name="+")
    company = models.ForeignKey(Company, on_delete=models.CASCADE, related_name="+")
    invoice = models.ForeignKey(Invoice, on_delete=models.CASCADE, related_name="files")
    file = models.ForeignKey(KeptFile, on_delete=models.RESTRICT, related_name="+")
    place = models.IntegerField()

    objects = OfAccounts.as_manager()
