"""Conversations: what is said, to whom it is shown, and what waits for whom; how far each has read is reading.py's.

A foreign key has an index of its own only where something is found by it alone: every message sent pays for each
index of these tables, on PostgreSQL also for those of columns that it leaves as they are.
"""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from comptoir.conversations.querysets import ConversationQuerySet, MessageQuerySet, NoteQuerySet
from comptoir.conversations.reading import Reader, Receipt, ReceiptKind
from comptoir.core.ids import new_id
from comptoir.files.models import Attachment
from comptoir.people.models import Company, Membership, Office

__all__ = [
    "Conversation",
    "Kind",
    "Message",
    "MessageAttachment",
    "MessageVersion",
    "Note",
    "Reader",
    "Receipt",
    "ReceiptKind",
    "SearchEntry",
]


class Conversation(models.Model):
    """`id` is the UUID that the starter's program made: sending the same start again finds the same row."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    office = models.ForeignKey(Office, on_delete=models.CASCADE, related_name="+", db_index=False)
    company = models.ForeignKey(Company, on_delete=models.CASCADE, related_name="+", db_index=False)
    subject = models.CharField(max_length=200)
    started_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+", db_index=False)
    started_by_office = models.BooleanField()
    started_hash = models.CharField(
        max_length=64, help_text="Of what was sent, to tell a retry from another start."
    )
    addressee = models.ForeignKey(
        Membership,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        db_index=False,
        help_text="Named: private. None: shared.",
    )
    created_at = models.DateTimeField()

    # Raised under this row's lock by every change that both sides may see, so that it has no gap.
    revision = models.BigIntegerField(default=0)
    # The same for what only the office sees (notes, assignment): a client must not even notice those.
    desk_revision = models.BigIntegerField(default=0)

    last_position = models.BigIntegerField(default=0, help_text="Of the newest message.")
    last_message_at = models.DateTimeField()
    last_author = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+", db_index=False)
    last_line = models.CharField(max_length=160, blank=True)
    last_has_files = models.BooleanField(default=False)

    # What waits for whom: facts set by the verbs, never guessed from who spoke last.
    awaiting_office_since = models.DateTimeField(null=True)
    awaiting_client_since = models.DateTimeField(null=True)
    to_be_seen = models.BooleanField(
        default=False, help_text="Begun by the office, no answer expected: seen is enough."
    )
    open_questions = models.IntegerField(default=0, help_text="Until it is 0, the client is waited for.")

    assignee = models.ForeignKey(
        Membership, on_delete=models.SET_NULL, null=True, related_name="+", db_index=False
    )
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(
        Membership, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    reopened_at = models.DateTimeField(null=True, help_text="The last time; a late answer raises an alarm.")

    objects = ConversationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True)
                | Q(awaiting_office_since__isnull=True, awaiting_client_since__isnull=True)
                & Q(to_be_seen=False, open_questions=0),
                name="conversation_closed_waits_for_nobody",
            ),
            models.CheckConstraint(condition=Q(open_questions__gte=0), name="conversation_questions_counted"),
        ]
        indexes = [
            models.Index(fields=["office", "company", "-last_message_at"], name="conversation_of_company"),
            models.Index(fields=["office", "-last_message_at"], name="conversation_of_office"),
            models.Index(
                fields=["office", "company", "awaiting_office_since"],
                name="conversation_awaits_office",
                condition=Q(awaiting_office_since__isnull=False),
            ),
            models.Index(
                fields=["office", "company"],
                name="conversation_awaits_client",
                condition=Q(awaiting_client_since__isnull=False) | Q(to_be_seen=True),
            ),
            models.Index(
                fields=["office", "company", "-last_message_at"],
                name="conversation_open",
                condition=Q(closed_at__isnull=True),
            ),
            models.Index(
                fields=["office", "company", "-last_message_at"],
                name="conversation_closed",
                condition=Q(closed_at__isnull=False),
            ),
        ]

    @property
    def is_open(self) -> bool:
        return self.closed_at is None

    @property
    def is_private(self) -> bool:
        return self.addressee_id is not None


class Kind(models.TextChoices):
    TEXT = "text", _("Message")
    STARTED = "started", _("Conversation started")
    CLOSED = "closed", _("Conversation closed")
    REOPENED = "reopened", _("Conversation reopened")
    PASSED_ON = "passed_on", _("Question passed on")


class Message(models.Model):
    """One message, or one line that the system writes for both sides (closed, reopened, passed on).

    `id` is the UUID that the author's program made, unique for ever: the row is the record of the send.
    `position` is the conversation's revision when it was written: the order, without a gap of its own to betray.
    `revision` is that of its last change, which is what a page that catches up asks for.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    office = models.ForeignKey(Office, on_delete=models.CASCADE, related_name="+", db_index=False)
    company = models.ForeignKey(Company, on_delete=models.CASCADE, related_name="+", db_index=False)
    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="+", db_index=False)
    author = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+", db_index=False)
    by_office = models.BooleanField()
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.TEXT)
    body = models.TextField(blank=True)
    html = models.TextField(blank=True, help_text="The body with its links, made when it was written.")
    content_hash = models.CharField(
        max_length=64, help_text="Of what was first sent: the same again, or another?"
    )
    expects_answer = models.BooleanField(default=False)
    ended_waiting = models.BooleanField(default=False, help_text="It answered what waited for its side.")
    position = models.BigIntegerField()
    revision = models.BigIntegerField()
    sent_at = models.DateTimeField()
    edited_at = models.DateTimeField(null=True)
    deleted_at = models.DateTimeField(null=True)

    # The first recipient whom it reached, and the first who opened it; every one stands in Receipt.
    delivered_at = models.DateTimeField(null=True)
    delivered_to = models.ForeignKey(
        Membership, on_delete=models.SET_NULL, null=True, related_name="+", db_index=False
    )
    delivered_how = models.CharField(max_length=10, blank=True, help_text="As in Receipt.")
    seen_at = models.DateTimeField(null=True)
    seen_by = models.ForeignKey(
        Membership, on_delete=models.SET_NULL, null=True, related_name="+", db_index=False
    )

    objects = MessageQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["conversation", "position"], name="message_position_once")
        ]
        indexes = [models.Index(fields=["conversation", "revision"], name="message_by_revision")]

    @property
    def state(self) -> str:
        """`sent`, `delivered` (it reached a recipient) or `seen` (a recipient opened it)."""
        if self.seen_at:
            return "seen"
        return "delivered" if self.delivered_at else "sent"


class MessageAttachment(models.Model):
    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="+")
    # One file hangs on one message: its visibility is that message's.
    attachment = models.OneToOneField(Attachment, on_delete=models.PROTECT, related_name="+")
    place = models.SmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["message", "place"], name="message_attachment_place_once")
        ]


class MessageVersion(models.Model):
    """An earlier text, kept for the legal retention; an administrator reads it through the audit trail only."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    office = models.ForeignKey(Office, on_delete=models.CASCADE, related_name="+")
    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="+")
    sealed_body = models.BinaryField(help_text="Encrypted: neither a page nor a careless query shows it.")
    written_at = models.DateTimeField()
    replaced_at = models.DateTimeField()


class Note(models.Model):
    """An internal note: staff only, in a table and an endpoint of its own."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    office = models.ForeignKey(Office, on_delete=models.CASCADE, related_name="+")
    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="+")
    author = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    body = models.TextField()
    html = models.TextField()
    position = models.BigIntegerField(
        help_text="The conversation's revision when it was written: where it stands."
    )
    revision = models.BigIntegerField(help_text="The conversation's desk revision at its last change.")
    written_at = models.DateTimeField()
    edited_at = models.DateTimeField(null=True)
    deleted_at = models.DateTimeField(null=True)

    objects = NoteQuerySet.as_manager()


class SearchEntry(models.Model):
    """What full-text search finds: a subject, a message or a file's name, folded; see search.py."""

    id = models.BigAutoField(primary_key=True)
    office = models.ForeignKey(Office, on_delete=models.CASCADE, related_name="+", db_index=False)
    company = models.ForeignKey(Company, on_delete=models.CASCADE, related_name="+", db_index=False)
    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="+", db_index=False)
    message = models.ForeignKey(Message, on_delete=models.CASCADE, null=True, related_name="+")
    scope = models.CharField(
        max_length=80, help_text="Words that name office and company, indexed with the text."
    )
    folded = models.TextField()
