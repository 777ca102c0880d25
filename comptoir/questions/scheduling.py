"""Drafts that leave at a moment of somebody's choosing: what is to be sent, by whom, and what became of it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from comptoir.core.ids import new_id
from comptoir.people.models import Company, Membership, Office
from comptoir.questions.querysets import LaterAskings


class LaterAsking(models.Model):
    """`id` is the UUID of whoever schedules it, and that of the conversation which it becomes."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    office = models.ForeignKey(Office, on_delete=models.CASCADE, related_name="+", db_index=False)
    company = models.ForeignKey(Company, on_delete=models.CASCADE, related_name="+", db_index=False)
    by = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="+", db_index=False)
    send_at = models.DateTimeField()
    subject = models.CharField(max_length=200)
    body = models.TextField()
    addressee = models.ForeignKey(
        Membership, on_delete=models.CASCADE, null=True, related_name="+", db_index=False
    )
    due_on = models.DateField(null=True)
    message_key = models.UUIDField()
    made_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    refused_at = models.DateTimeField(null=True)
    refused_why = models.TextField(blank=True, help_text="In the words that its asker would have read.")
    cancelled_at = models.DateTimeField(null=True)

    objects = LaterAskings.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(sent_at__isnull=True) | Q(refused_at__isnull=True, cancelled_at__isnull=True),
                name="later_asking_ends_once",
            )
        ]
        indexes = [
            models.Index(
                fields=["office", "company"],
                name="later_asking_waits",
                condition=Q(sent_at__isnull=True, cancelled_at__isnull=True),
            )
        ]

    @property
    def waits(self) -> bool:
        return self.sent_at is None and self.refused_at is None and self.cancelled_at is None
