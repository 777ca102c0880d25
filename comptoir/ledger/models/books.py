"""How far the books of a dossier are complete, as its accountant says."""

from __future__ import annotations

from django.db import models

from comptoir.ledger.querysets import OfAccounts
from comptoir.people.models import Company, Membership, Office


class BooksUpTo(models.Model):
    company = models.OneToOneField(Company, on_delete=models.CASCADE, primary_key=True, related_name="+")
    office = models.ForeignKey(Office, on_delete=models.CASCADE, related_name="+")
    day = models.DateField()
    said_by = models.ForeignKey(Membership, on_delete=models.SET_NULL, null=True, related_name="+")
    said_at = models.DateTimeField()

    objects = OfAccounts.as_manager()
