"""Questions: what is asked about an invoice, a payment or a period, and what became of it; answers are answering.py's."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from comptoir.conversations.models import Conversation, Message
from comptoir.core.ids import new_id
from comptoir.ledger.models import Invoice, Payment
from comptoir.people.models import Company, Membership, Office
from comptoir.questions.answering import Answer, AnswerFile
from comptoir.questions.querysets import AccountsOfDirectors, OfTheDossier, OfTheOffice, QuestionQuerySet
from comptoir.questions.scheduling import LaterAsking
from comptoir.questions.states import OPEN, State

__all__ = [
    "Answer",
    "AnswerFile",
    "AnswerRule",
    "DirectorAccounts",
    "LaterAsking",
    "OfficeThresholds",
    "Question",
]

FREE = "free"  # asked by hand, in words of one's own
Facts = models.JSONField[dict[str, Any], dict[str, Any]]

STATES = [
    (State.DRAFT, _("Draft")),
    (State.ASKED, _("Asked")),
    (State.DELIVERED, _("Delivered")),
    (State.SEEN, _("Seen")),
    (State.ANSWERED, _("Answered")),
    (State.ACCEPTED, _("Accepted")),
    (State.SENT_BACK, _("Sent back")),
    (State.WITHDRAWN, _("Withdrawn")),
]


def _member() -> models.ForeignKey[Membership | None, Membership | None]:
    return models.ForeignKey(
        Membership, on_delete=models.SET_NULL, null=True, related_name="+", db_index=False
    )


class Question(models.Model):
    """`id` is the UUID that the program of whoever drafts it made: the same draft again is the same row."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    office = models.ForeignKey(Office, on_delete=models.CASCADE, related_name="+", db_index=False)
    company = models.ForeignKey(Company, on_delete=models.CASCADE, related_name="+", db_index=False)
    type = models.CharField(max_length=10, help_text="Of the catalogue; `free` for one's own words.")
    by_data = models.BooleanField(default=False)
    key = models.CharField(max_length=200, blank=True, help_text="What the data found, once; '' by hand.")
    state = models.CharField(max_length=10, choices=STATES, default=State.DRAFT)

    # What it is about.
    invoice = models.ForeignKey(Invoice, on_delete=models.SET_NULL, null=True, related_name="+")
    payment = models.ForeignKey(Payment, on_delete=models.SET_NULL, null=True, related_name="+")
    about = models.ForeignKey(
        Conversation, on_delete=models.SET_NULL, null=True, related_name="+", db_index=False
    )
    subject_text = models.CharField(max_length=120, blank=True, help_text="A period, a missing number.")
    party = models.CharField(max_length=200, blank=True)
    party_key = models.CharField(
        max_length=200, blank=True, help_text="The same for one party however spelled."
    )
    reason = models.CharField(max_length=30, blank=True, help_text="Of reasons.py; '' by hand.")
    facts: Facts = models.JSONField(
        default=dict, help_text="Days and amounts as text, 2026-11-12 and 428.90."
    )
    wording = models.TextField(
        blank=True, help_text="The accountant's; '' is the catalogue's, in the reader's language."
    )
    due_on = models.DateField(null=True)

    leaves = models.ForeignKey(
        LaterAsking,
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        help_text="A draft that waits to.",
    )
    drafted_by = _member()
    drafted_at = models.DateTimeField()
    asked_by = _member()
    asked_at = models.DateTimeField(null=True)
    addressee = _member()
    conversation = models.ForeignKey(
        Conversation, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    message = models.ForeignKey(Message, on_delete=models.PROTECT, null=True, related_name="+")
    place = models.SmallIntegerField(default=0, help_text="1, 2, 3 … in its message.")
    delivered_at = models.DateTimeField(null=True)
    seen_at = models.DateTimeField(null=True)
    seen_by = _member()
    answered_at = models.DateTimeField(null=True)
    passed_to = _member()
    passed_by = _member()
    passed_at = models.DateTimeField(null=True)
    decided_by = _member()
    decided_at = models.DateTimeField(null=True)
    withdrawn_why = models.CharField(
        max_length=20, blank=True, help_text="Of withdrawals.WHY, or question_words.BY_PEOPLE."
    )
    withdrawn_facts: Facts = models.JSONField(default=dict)
    merged_into = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, related_name="+")

    objects = QuestionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["company", "key"], name="question_raised_once", condition=~Q(key="")
            ),
            models.CheckConstraint(
                condition=Q(state__in=[State.DRAFT, State.WITHDRAWN]) | Q(message__isnull=False),
                name="question_asked_in_a_message",
            ),
        ]
        indexes = [
            models.Index(fields=["office", "company", "state"], name="question_of_company"),
            models.Index(fields=["conversation"], name="question_of_conversation"),
            models.Index(fields=["office", "state", "answered_at"], name="question_by_answer"),
        ]

    @property
    def is_open(self) -> bool:
        return self.state in OPEN

    @property
    def is_free(self) -> bool:
        return self.type == FREE


class AnswerRule(models.Model):
    """What a dossier remembers of an answer: the next such question about this party is not asked."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    office = models.ForeignKey(Office, on_delete=models.CASCADE, related_name="+", db_index=False)
    company = models.ForeignKey(Company, on_delete=models.CASCADE, related_name="+", db_index=False)
    type = models.CharField(max_length=10)
    party = models.CharField(max_length=200)
    party_key = models.CharField(max_length=200)
    choice = models.CharField(max_length=20)
    detail: Facts = models.JSONField(default=dict)
    since_on = models.DateField()
    from_answer = models.ForeignKey(
        Answer, on_delete=models.SET_NULL, null=True, related_name="+", db_index=False
    )
    made_by = _member()
    made_at = models.DateTimeField()
    ended_by = _member()
    ended_at = models.DateTimeField(null=True)
    dropped_count = models.IntegerField(default=0, help_text="Questions that it answered.")
    last_dropped_at = models.DateTimeField(null=True)

    objects = OfTheDossier.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["company", "type", "party_key"],
                name="answer_rule_once",
                condition=Q(ended_at__isnull=True),
            )
        ]
        indexes = [models.Index(fields=["office", "company"], name="answer_rule_of_company")]


class OfficeThresholds(models.Model):
    """From when on something is worth a question, where the office wants it otherwise than thresholds.DEFAULT."""

    office = models.OneToOneField(Office, on_delete=models.CASCADE, related_name="+", primary_key=True)
    values: Facts = models.JSONField(
        default=dict, help_text="By the names of thresholds.Thresholds, as text."
    )

    objects = OfTheOffice.as_manager()


class DirectorAccounts(models.Model):
    """Private accounts of a dossier's director: what goes there or comes from there may be private."""

    company = models.OneToOneField(Company, on_delete=models.CASCADE, related_name="+", primary_key=True)
    office = models.ForeignKey(Office, on_delete=models.CASCADE, related_name="+", db_index=False)
    ibans: models.JSONField[list[str], list[str]] = models.JSONField(
        default=list, help_text="Without blanks, checked."
    )

    objects = AccountsOfDirectors.as_manager()
