"""How far each has read: one mark a member and conversation, and the steps by which it came there.

The indexes of these tables are paid for by every page that is opened; see models.py.
"""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from comptoir.core.ids import new_id
from comptoir.people.models import Membership


class Reader(models.Model):
    """How far one member has received and seen one conversation. Absent = nothing of it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    conversation = models.ForeignKey(
        "conversations.Conversation", on_delete=models.CASCADE, related_name="readers", db_index=False
    )
    member = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="+")
    delivered_upto = models.BigIntegerField(default=0)
    seen_upto = models.BigIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["conversation", "member"], name="reader_once")]


class ReceiptKind(models.TextChoices):
    DELIVERED = "delivered", _("Delivered")
    SEEN = "seen", _("Seen")


class Receipt(models.Model):
    """One step of a reader: when, and up to which position, messages reached or were opened by a member."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    conversation = models.ForeignKey(
        "conversations.Conversation", on_delete=models.CASCADE, related_name="+", db_index=False
    )
    member = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="+", db_index=False)
    kind = models.CharField(max_length=9, choices=ReceiptKind)
    upto = models.BigIntegerField()
    at = models.DateTimeField()
    how = models.CharField(max_length=10, default="portal", help_text="portal, api, mail or push.")

    class Meta:
        indexes = [models.Index(fields=["conversation", "upto"], name="receipt_of_conversation")]
