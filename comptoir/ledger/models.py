"""The accounts of a dossier as far as files tell them: what was brought, its invoices, its statements and payments.

Amounts have at most twelve digits before the point and three behind: SQLite keeps fifteen exactly, and no currency
in use has more decimals. What a file says beyond these columns stands in `content`, as text.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from comptoir.core.ids import new_id
from comptoir.files.models import KeptFile
from comptoir.ledger.matching.settlement import Settlement, settlement
from comptoir.ledger.querysets import OfAccounts, OfTheDesk
from comptoir.people.models import Company, Membership, Office

Content = models.JSONField[dict[str, Any], dict[str, Any]]


def _amount(**options: Any) -> models.DecimalField[Decimal, Decimal]:
    return models.DecimalField(max_digits=15, decimal_places=3, **options)


def _amount_or_none() -> models.DecimalField[Decimal | None, Decimal | None]:
    return models.DecimalField(max_digits=15, decimal_places=3, null=True)


class ImportState(models.TextChoices):
    WAITING = "waiting", _("Being read")
    READ = "read", _("Read")
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
    gross = _amount()
    net = _amount_or_none()
    tax = _amount_or_none()
    payable = _amount(help_text="What remained to be paid when it was made out.")
    paid = _amount(default=Decimal(0), help_text="The sum of its matches that stand.")
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
    opening = _amount_or_none()
    closing = _amount_or_none()
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
    amount = _amount()
    currency = models.CharField(max_length=3)
    matched = _amount(default=Decimal(0), help_text="What of the amount stands matched; same sign.")
    booked_on = models.DateField()
    valued_on = models.DateField(null=True)
    party = models.CharField(max_length=200, blank=True)
    party_iban = models.CharField(max_length=34, blank=True)
    structured = models.CharField(max_length=25, blank=True, help_text="Twelve digits or RF…, checked.")
    text = models.TextField(blank=True)
    bank_reference = models.CharField(max_length=40, blank=True)
    content: Content = models.JSONField(default=dict)
    search = models.TextField(blank=True)

    objects = OfAccounts.as_manager()

    class Meta:
        indexes = [models.Index(fields=["office", "company", "booked_on"], name="payment_of_company")]


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
    amount = _amount()
    paid = _amount()
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
