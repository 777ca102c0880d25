"""Accounts at banks, their statements and movements, and what documents a movement."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.db import models
from django.db.models import Q

from comptoir.core.ids import new_id
from comptoir.files.models import Attachment
from comptoir.ledger.models.columns import Content, money, money_or_none
from comptoir.ledger.models.imports import ImportedFile
from comptoir.ledger.querysets import OfAccounts
from comptoir.people.models import Company, Membership, Office


class BankAccount(models.Model):
    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    office = models.ForeignKey(Office, on_delete=models.CASCADE, related_name="+")
    company = models.ForeignKey(Company, on_delete=models.CASCADE, related_name="+")
    number = models.CharField(max_length=34, help_text="IBAN without blanks, or what the bank calls it.")
    currency = models.CharField(max_length=3)
    holder = models.CharField(max_length=140, blank=True)

    objects = OfAccounts.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["company", "number", "currency"], name="bank_account_once")
        ]


class Statement(models.Model):
    """`is_whole`: it has both balances, so that the next one can be held against it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    office = models.ForeignKey(Office, on_delete=models.CASCADE, related_name="+")
    company = models.ForeignKey(Company, on_delete=models.CASCADE, related_name="+")
    account = models.ForeignKey(BankAccount, on_delete=models.RESTRICT, related_name="statements")
    source = models.ForeignKey(ImportedFile, on_delete=models.RESTRICT, related_name="+")
    identity = models.CharField(max_length=64)
    number = models.CharField(max_length=40, blank=True)
    opened_on = models.DateField(null=True)
    closed_on = models.DateField(null=True)
    opening = money_or_none()
    closing = money_or_none()
    findings: models.JSONField[list[Any], list[Any]] = models.JSONField(default=list)
    created_at = models.DateTimeField()

    objects = OfAccounts.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account", "identity"], name="statement_once")]
        indexes = [models.Index(fields=["office", "company", "closed_on"], name="statement_of_company")]

    @property
    def is_whole(self) -> bool:
        return self.opening is not None and self.closing is not None


class Payment(models.Model):
    """A movement of an account: positive came in, negative went out."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    office = models.ForeignKey(Office, on_delete=models.CASCADE, related_name="+")
    company = models.ForeignKey(Company, on_delete=models.CASCADE, related_name="+")
    statement = models.ForeignKey(Statement, on_delete=models.RESTRICT, related_name="payments")
    account = models.ForeignKey(BankAccount, on_delete=models.RESTRICT, related_name="+")
    place = models.IntegerField(help_text="1, 2, 3 … in its statement.")
    amount = money()
    currency = models.CharField(max_length=3)
    matched = money(default=Decimal(0), help_text="What of the amount stands matched; same sign.")
    booked_on = models.DateField()
    valued_on = models.DateField(null=True)
    party = models.CharField(max_length=200, blank=True)
    party_iban = models.CharField(max_length=34, blank=True)
    structured = models.CharField(max_length=25, blank=True, help_text="Twelve digits or RF…, checked.")
    text = models.TextField(blank=True)
    bank_reference = models.CharField(max_length=40, blank=True)
    content: Content = models.JSONField(default=dict)
    search = models.TextField(blank=True)
    document_count = models.IntegerField(
        default=0, help_text="What documents it, e.g. a photographed receipt."
    )

    objects = OfAccounts.as_manager()

    class Meta:
        indexes = [models.Index(fields=["office", "company", "booked_on"], name="payment_of_company")]

    @property
    def has_document(self) -> bool:
        """Of its own; an invoice that it pays is another matter."""
        return self.document_count > 0


class PaymentDocument(models.Model):
    """A file that documents a payment: a receipt, mostly photographed. Whoever sees the accounts sees it.

    `file` may hang on a message as well: in the conversation only its participants see that, here it is the dossier's.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    office = models.ForeignKey(Office, on_delete=models.CASCADE, related_name="+")
    company = models.ForeignKey(Company, on_delete=models.CASCADE, related_name="+")
    payment = models.ForeignKey(Payment, on_delete=models.CASCADE, related_name="documents")
    file = models.ForeignKey(Attachment, on_delete=models.RESTRICT, related_name="+")
    tied_by = models.ForeignKey(Membership, on_delete=models.SET_NULL, null=True, related_name="+")
    tied_at = models.DateTimeField()
    untied_at = models.DateTimeField(null=True, help_text="Taken off again; kept for the history.")

    objects = OfAccounts.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["payment", "file"], condition=Q(untied_at__isnull=True), name="payment_document_once"
            )
        ]
