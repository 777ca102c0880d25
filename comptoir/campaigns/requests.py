"""Document requests: what one dossier is asked for, what came of each thing, and when it is chased."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from comptoir.campaigns.collecting import IBAN, LABEL, Campaign, Wanted
from comptoir.campaigns.items import OPEN, State
from comptoir.campaigns.querysets import DocumentRequestQuerySet, OfRequests
from comptoir.conversations.models import Conversation
from comptoir.core.ids import new_id
from comptoir.files.models import Attachment
from comptoir.people.models import Company, Membership, Office

REASON = 300


class Ended(models.TextChoices):
    HANDED_IN = "handed_in", _("Handed in")
    CLOSED = "closed", _("Closed")
    NOT_NEEDED = "not_needed", _("Not needed")


STATES = [
    (State.OPEN, _("To be handed in")),
    (State.PART, _("Partly in")),
    (State.IN, _("In")),
    (State.NOTHING, _("Nothing this period")),
    (State.LATER, _("Later")),
    (State.SENT_BACK, _("Sent back")),
    (State.NOT_NEEDED, _("Not needed")),
]


def _member() -> models.ForeignKey[Membership | None, Membership | None]:
    return models.ForeignKey(
        Membership, on_delete=models.SET_NULL, null=True, related_name="+", db_index=False
    )


class DocumentRequest(models.Model):
    """`next_step_at`: when the ladder is to be asked again, None for never; the job finds by it what is due."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    office = models.ForeignKey(Office, on_delete=models.CASCADE, related_name="+", db_index=False)
    company = models.ForeignKey(Company, on_delete=models.CASCADE, related_name="+", db_index=False)
    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="requests", db_index=False)
    conversation = models.OneToOneField(Conversation, on_delete=models.PROTECT, related_name="+")
    due_on = models.DateField()
    asked_by = _member()
    asked_at = models.DateTimeField()
    snoozed_until = models.DateField(null=True)
    last_rung = models.SmallIntegerField(null=True, help_text="Days before the due day, of the newest chase.")
    last_chased_at = models.DateTimeField(null=True)
    chase_count = models.SmallIntegerField(default=0)
    next_step_at = models.DateTimeField(null=True)
    escalated_at = models.DateTimeField(null=True)
    called_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    ended_by = _member()
    ended_how = models.CharField(max_length=10, choices=Ended, blank=True)

    objects = DocumentRequestQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["campaign", "company"], name="document_request_once"),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ended_how="")
                | Q(ended_at__isnull=False, next_step_at__isnull=True) & ~Q(ended_how=""),
                name="document_request_ended_rests",
            ),
        ]
        indexes = [
            models.Index(
                fields=["next_step_at"],
                condition=Q(next_step_at__isnull=False),
                name="document_request_due",
            ),
            models.Index(fields=["office", "company", "-due_on"], name="document_request_of_company"),
        ]

    @property
    def is_open(self) -> bool:
        return self.ended_at is None


class RequestItem(models.Model):
    """`source`: what the accounts hold of it, by themselves: see filling.py."""

    to_request = "request__"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    request = models.ForeignKey(
        DocumentRequest, on_delete=models.CASCADE, related_name="items", db_index=False
    )
    kind = models.CharField(max_length=9, choices=Wanted)
    label = models.CharField(max_length=LABEL, blank=True, help_text="'' is the kind's name.")
    account = models.CharField(max_length=IBAN, blank=True)
    place = models.SmallIntegerField()
    state = models.CharField(max_length=10, choices=STATES, default=State.OPEN)
    later_on = models.DateField(null=True)
    received_count = models.IntegerField(default=0, help_text="Files handed in, and what the accounts hold.")
    expected_count = models.IntegerField(null=True)
    source: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField(default=dict)
    sent_back_reason = models.CharField(max_length=REASON, blank=True)
    changed_by = _member()
    changed_at = models.DateTimeField()

    objects = OfRequests.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["request", "place"], name="request_item_place_once"),
            models.CheckConstraint(
                condition=Q(state=State.LATER, later_on__isnull=False)
                | ~Q(state=State.LATER) & Q(later_on__isnull=True),
                name="request_item_later_on_a_day",
            ),
        ]

    @property
    def is_open(self) -> bool:
        return self.state in OPEN

    @property
    def title(self) -> str:
        return self.label or str(Wanted(self.kind).label)

    def title_in(self, language: str) -> str:
        with override(language):
            return self.title


class ItemFile(models.Model):
    """`id` is the UUID that the client's page made for the file: the same again is the same row."""

    to_request = "item__request__"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    item = models.ForeignKey(RequestItem, on_delete=models.CASCADE, related_name="files")
    attachment = models.OneToOneField(Attachment, on_delete=models.PROTECT, related_name="+")
    handed_in_by = _member()
    handed_in_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, help_text="Taken back by whoever handed it in.")

    objects = OfRequests.as_manager()
