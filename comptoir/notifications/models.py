"""Who is told what, how and when; and the outbox from which every e-mail and push leaves."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from comptoir.conversations.models import Conversation, Message
from comptoir.core.ids import new_id
from comptoir.people.models import Membership, Office, Person


class TextInMails(models.TextChoices):
    NONE = "none", _("Only the number of messages")
    SUBJECT = "subject", _("The subjects of shared conversations")
    TEXT = "text", _("Subjects and texts of shared conversations")


class OfficePolicy(models.Model):
    """An office's rules of telling; absent = these defaults. Private conversations are never quoted in a mail."""

    office = models.OneToOneField(Office, on_delete=models.CASCADE, primary_key=True, related_name="+")
    delay_minutes = models.IntegerField(
        default=120, help_text="How long a message may stay unread before a mail."
    )
    text_in_mails = models.CharField(max_length=7, choices=TextInMails, default=TextInMails.NONE)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(delay_minutes__gte=0), name="policy_delay")]


class Preference(models.Model):
    """One member's wishes; absent = the defaults of their side (routing.py)."""

    member = models.OneToOneField(Membership, on_delete=models.CASCADE, primary_key=True, related_name="+")
    email_on = models.BooleanField(default=True)
    push_on = models.BooleanField(default=True)
    delay_minutes = models.IntegerField(null=True, help_text="None: the office's.")
    digest_hour = models.IntegerField(
        null=True, help_text="One mail a day at this hour instead of one per window."
    )
    urgent_at_once = models.BooleanField(default=True)
    quiet_from = models.TimeField(null=True)
    quiet_to = models.TimeField(null=True)
    working_days = models.IntegerField(
        default=0b1111111, help_text="Bit 0 = Monday; mails wait for one of these."
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(working_days__gte=1, working_days__lte=0b1111111), name="preference_days"
            ),
            models.CheckConstraint(
                condition=models.Q(digest_hour__isnull=True)
                | models.Q(digest_hour__gte=0, digest_hour__lte=23),
                name="preference_hour",
            ),
        ]


class Announcement(models.Model):
    """A message of which nobody has been told yet: written with it, in its transaction, and gone when the rows of the
    outbox stand. One plain row is all that sending a message pays.
    """

    event_id = models.UUIDField(primary_key=True, help_text="What the history says of it.")
    office_id = models.UUIDField()


class Channel(models.TextChoices):
    EMAIL = "email", "E-mail"
    PUSH = "push", "Push"


class State(models.TextChoices):
    WAITING = "waiting", "Waiting"
    LEASED = "leased", "Being sent"
    SENT = "sent", "Sent"
    SKIPPED = "skipped", "Not needed any more"
    DEAD = "dead", "Given up"


OPEN = [State.WAITING, State.LEASED]


class Mail(models.Model):
    """One e-mail to one person, over all that was due for them: `id` is its Message-ID, the same at every attempt."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+", db_index=False)
    office = models.ForeignKey(Office, on_delete=models.CASCADE, related_name="+", db_index=False)
    made_at = models.DateTimeField()
    is_uncertain = models.BooleanField(
        default=False, help_text="It may have been taken: what is sent again must be the same."
    )
    accepted_at = models.DateTimeField(null=True, help_text="When the recipient's side took it.")
    bounced_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["person", "office", "accepted_at"], name="mail_of_person")]


class Delivery(models.Model):
    """A row of the outbox: this message to this recipient by this channel, once, whatever happens on the way.

    It holds no text: what a mail says is written when it leaves, by what is true then.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    office = models.ForeignKey(Office, on_delete=models.CASCADE, related_name="+", db_index=False)
    member = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="+", db_index=False)
    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="+", db_index=False)
    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="+", db_index=False)
    channel = models.CharField(max_length=5, choices=Channel)
    state = models.CharField(max_length=7, choices=State, default=State.WAITING)
    is_urgent = models.BooleanField(default=False)
    due_at = models.DateTimeField(help_text="Not before; whether then is asked anew.")
    attempts = models.IntegerField(default=0)
    failing_since = models.DateTimeField(null=True)
    leased_until = models.DateTimeField(null=True)
    last_error = models.CharField(
        max_length=300, blank=True, help_text="What the other server said; no text of ours."
    )
    mail = models.ForeignKey(Mail, on_delete=models.SET_NULL, null=True, related_name="+")
    sent_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["message", "member", "channel"], name="delivery_once")]
        indexes = [
            models.Index(
                fields=["channel", "due_at"], name="delivery_due", condition=models.Q(state__in=OPEN)
            ),
            models.Index(
                fields=["member"], name="delivery_open_of_member", condition=models.Q(state__in=OPEN)
            ),
            models.Index(
                fields=["office", "created_at"], name="delivery_dead", condition=models.Q(state=State.DEAD)
            ),
        ]


class MailServer(models.Model):
    """How the way to our mail server is: one row for each channel of the installation, for all its offices."""

    channel = models.CharField(primary_key=True, max_length=5, choices=Channel)
    last_ok_at = models.DateTimeField(null=True)
    failing_since = models.DateTimeField(null=True)
    failures = models.IntegerField(default=0, help_text="In a row.")
    try_at = models.DateTimeField(null=True, help_text="While it fails: not before.")
    last_error = models.CharField(max_length=300, blank=True)


class PushDevice(models.Model):
    """One browser that a person allowed to be woken."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+", db_index=False)
    endpoint = models.URLField(max_length=1000, unique=True)
    p256dh = models.CharField(max_length=200)
    auth = models.CharField(max_length=100)
    label = models.CharField(max_length=120, help_text="The device, as its owner recognises it.")
    session_key = models.CharField(
        max_length=40, default="", help_text="Of the session in which it was allowed, and with which it ends."
    )
    made_at = models.DateTimeField()
    last_ok_at = models.DateTimeField(
        null=True, help_text="When its push service last took something for it."
    )
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["person"], name="push_device_of_person", condition=models.Q(revoked_at__isnull=True)
            )
        ]


class AddressState(models.Model):
    """What the world said of a person's address: mails to it come back, or its owner complained."""

    person = models.OneToOneField(Person, on_delete=models.CASCADE, primary_key=True, related_name="+")
    bounced_at = models.DateTimeField(null=True)
    complained_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=300, blank=True)


class ReplyAddress(models.Model):
    """The address to which one person answers in one conversation: a random token, kept as its digest."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    member = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="+")
    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="+")
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["member", "conversation"], name="reply_address_of_member")]
