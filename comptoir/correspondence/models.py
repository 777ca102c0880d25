"""Mails that came in, as they came; what became of each; and the addresses to which documents are sent."""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from comptoir.conversations.models import Conversation, Message
from comptoir.core.ids import new_id
from comptoir.correspondence.querysets import (
    DocumentQuerySet,
    DocumentSenderQuerySet,
    DossierAddressQuerySet,
    InboundMailQuerySet,
)
from comptoir.files.models import Attachment
from comptoir.people.models import Company, Membership, Office

if TYPE_CHECKING:
    from datetime import datetime

ADDRESS, NAME, SUBJECT = 320, 200, 300


class RawMail(models.Model):
    """The bytes of one mail, before anybody looked at them. In the database, so that the one commit keeps both these
    and the note that they are to be read.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    digest = models.CharField(max_length=64, unique=True, help_text="SHA-256 of the bytes.")
    packed = models.BinaryField(help_text="Compressed.")
    size = models.BigIntegerField(help_text="Bytes, unpacked.")
    stored_at = models.DateTimeField()

    @property
    def content(self) -> bytes:
        return zlib.decompress(self.packed)


class Transport(models.TextChoices):
    LMTP = "lmtp", "LMTP"
    SMTP = "smtp", "SMTP"
    IMAP = "imap", "IMAP"
    WEBHOOK = "webhook", "Webhook"


class State(models.TextChoices):
    NEW = "new", _("Not read yet")
    POSTED = "posted", _("In the conversation")
    FILED = "filed", _("In the dossier")
    KEPT = "kept", _("To be checked")
    AUTOMATIC = "automatic", _("Sent by a program")
    REPEATED = "repeated", _("Came twice")
    ASSIGNED = "assigned", _("Given to a dossier")
    DROPPED = "dropped", _("Put away")


class Reason(models.TextChoices):
    """Why a mail is kept for the office to look at, rather than taken as somebody's word."""

    UNKNOWN_ADDRESS = "unknown_address", _("It was sent to none of the addresses that we gave out.")
    EXPIRED = "expired", _("The address that it was sent to is too old, or was withdrawn.")
    OTHER_CONVERSATION = "other_conversation", _("It answers another conversation than its address is for.")
    OTHER_MEMBER = "other_member", _("The address belongs to somebody else of the dossier.")
    STRANGER = "stranger", _("The sender is not known in this dossier.")
    NOT_PROVEN = "not_proven", _("Nothing proves that it comes from the sender that it names.")
    FORGED = "forged", _("The sender’s domain says that it did not send it.")
    NO_ACCESS = (
        "no_access",
        _("The sender has no access to the conversation any more, or may not write in it."),
    )
    TOO_MANY = "too_many", _("Too many e-mails came in a short time.")
    EMPTY = "empty", _("It says nothing, and nothing is attached.")
    NO_FILES = "no_files", _("It was sent to the address for documents, and no file of it could be taken.")


WAITING_STATES = [State.NEW, State.REPEATED]
# What somebody of the office may still file under a dossier.
SORTABLE_STATES = [State.KEPT, State.AUTOMATIC, State.DROPPED]


class InboundMail(models.Model):
    """One mail to one of our addresses: who sent it by its own word, and what became of it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    raw = models.ForeignKey(RawMail, on_delete=models.PROTECT, related_name="+")
    recipient = models.CharField(max_length=ADDRESS, blank=True, help_text="Lower case; empty: none of ours.")
    envelope_sender = models.CharField(max_length=ADDRESS, null=True, help_text="None where nobody told it.")
    transport = models.CharField(max_length=7, choices=Transport)
    received_at = models.DateTimeField()

    state = models.CharField(max_length=9, choices=State, default=State.NEW)
    reason = models.CharField(max_length=18, choices=Reason, blank=True)
    kind = models.CharField(max_length=10, blank=True, help_text="Of an automatic mail, by its headers.")
    fingerprint = models.CharField(
        max_length=64, blank=True, help_text="The same for the same mail by any way."
    )
    office = models.ForeignKey(Office, on_delete=models.CASCADE, null=True, related_name="+", db_index=False)
    company = models.ForeignKey(Company, on_delete=models.CASCADE, null=True, related_name="+")
    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, null=True, related_name="+")
    member = models.ForeignKey(
        Membership, on_delete=models.CASCADE, null=True, related_name="+", help_text="Whose address it is."
    )
    message = models.ForeignKey(Message, on_delete=models.SET_NULL, null=True, related_name="+")

    from_name = models.CharField(max_length=NAME, blank=True)
    from_address = models.CharField(max_length=ADDRESS, blank=True)
    subject = models.CharField(max_length=SUBJECT, blank=True)
    text = models.TextField(blank=True, help_text="Of what was not posted: for the office to read.")
    files: models.JSONField[list[dict[str, Any]], list[dict[str, Any]]] = models.JSONField(
        default=list, help_text="Name, size, and why one was refused."
    )
    handled_by = models.ForeignKey(Membership, on_delete=models.SET_NULL, null=True, related_name="+")
    handled_at = models.DateTimeField(null=True)

    objects = InboundMailQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["raw", "recipient"], name="mail_once"),
            # The same mail by two ways differs in its headers; what it says counts once for each address.
            models.UniqueConstraint(
                fields=["recipient", "fingerprint"],
                condition=~Q(state__in=WAITING_STATES),
                name="mail_settled_once",
            ),
        ]
        indexes = [
            models.Index(fields=["office", "state", "-received_at"], name="mail_of_office"),
            models.Index(fields=["member", "conversation", "received_at"], name="mail_of_address"),
        ]

    @property
    def is_sortable(self) -> bool:
        return self.state in SORTABLE_STATES

    @property
    def refused_files(self) -> list[dict[str, Any]]:
        return [file for file in self.files if file.get("refused")]


class Mailbox(models.Model):
    """How the way to the mailbox is that mails are fetched from: one row for the installation."""

    name = models.CharField(primary_key=True, max_length=10, default="imap")
    last_ok_at = models.DateTimeField(null=True)
    failing_since = models.DateTimeField(null=True)
    last_error = models.CharField(max_length=300, blank=True)


class DossierAddress(models.Model):
    """The address to which documents of one dossier are sent; its token is kept as a digest only."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    office = models.ForeignKey(Office, on_delete=models.CASCADE, related_name="+")
    company = models.ForeignKey(Company, on_delete=models.CASCADE, related_name="+")
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    objects = DossierAddressQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["company"], condition=Q(revoked_at__isnull=True), name="dossier_address_one_in_force"
            )
        ]


class DocumentSender(models.Model):
    """Somebody outside whose documents the office takes without looking: a supplier who mails invoices."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    office = models.ForeignKey(Office, on_delete=models.CASCADE, related_name="+")
    company = models.ForeignKey(Company, on_delete=models.CASCADE, related_name="+")
    address = models.CharField(max_length=ADDRESS)
    trusted_by = models.ForeignKey(Membership, on_delete=models.RESTRICT, related_name="+")
    trusted_at = models.DateTimeField()

    objects = DocumentSenderQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["company", "address"], name="document_sender_once")]


class Document(models.Model):
    """A file of a dossier that came by e-mail."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    office = models.ForeignKey(Office, on_delete=models.CASCADE, related_name="+", db_index=False)
    company = models.ForeignKey(Company, on_delete=models.CASCADE, related_name="+", db_index=False)
    attachment = models.OneToOneField(Attachment, on_delete=models.RESTRICT, related_name="+")
    mail = models.ForeignKey(InboundMail, on_delete=models.RESTRICT, related_name="+")
    received_at = models.DateTimeField()

    objects = DocumentQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["office", "company", "-received_at"], name="document_of_company")]


def packed(raw: bytes, *, digest: str, at: datetime) -> RawMail:
    return RawMail(digest=digest, packed=zlib.compress(raw, level=3), size=len(raw), stored_at=at)
