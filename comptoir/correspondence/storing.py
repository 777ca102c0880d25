"""The first and only thing that happens to a mail while its sender waits: its bytes are stored, and a job is due.

All ways in (LMTP, SMTP, IMAP, webhook) end here. When this returns, the mail survives a power cut; the server that
handed it over may forget it. Whatever fails before makes that server keep it and come again.
"""

from __future__ import annotations

import hashlib
from email.utils import parseaddr
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction

from comptoir.correspondence.jobs import read_mail
from comptoir.correspondence.models import ADDRESS, InboundMail, RawMail, packed
from comptoir.mailbox.parse import parse_mail
from comptoir.notifications.reply_addresses import mail_in_place

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from comptoir.correspondence.models import Transport

RECIPIENTS = 50


def take_in(
    raw: bytes,
    *,
    transport: Transport,
    at: datetime,
    recipients: Iterable[str] = (),
    envelope_sender: str | None = None,
) -> list[InboundMail]:
    """One row for each of our addresses, or one without where there is none. The same again changes nothing.

    `recipients` are the envelope's; without an envelope (a mailbox that is fetched from) the headers say them.
    """
    digest = hashlib.sha256(raw).hexdigest()
    ours = _ours(recipients) or _ours(_named_in(raw)) or [""]
    sender = None if envelope_sender is None else envelope_sender[:ADDRESS]
    content = packed(raw, digest=digest, at=at)  # before the transaction: others wait for what it holds
    with transaction.atomic():
        RawMail.objects.bulk_create([content], ignore_conflicts=True)
        stored = RawMail.objects.only("pk").get(digest=digest)
        known = set(InboundMail.objects.filter(raw=stored).values_list("recipient", flat=True))
        new = [
            InboundMail(
                raw=stored, recipient=one, envelope_sender=sender, transport=transport, received_at=at
            )
            for one in ours
            if one not in known
        ]
        InboundMail.objects.bulk_create(new)
        for mail in new:
            read_mail.enqueue(mail_id=str(mail.pk))
    return new


def is_ours(address: str) -> bool:
    """Whether a mail to it is for us: an address of ours, or the sender of our mails, to whom reports come back."""
    return bool(_ours([address])) or address.strip().lower() == sender_address()


def sender_address() -> str:
    return parseaddr(settings.DEFAULT_FROM_EMAIL)[1].lower()


def _ours(addresses: Iterable[str]) -> list[str]:
    place = mail_in_place()
    return [found[:ADDRESS] for found in place.own(addresses)][:RECIPIENTS] if place else []


def _named_in(raw: bytes) -> list[str]:
    return [one.address for one in parse_mail(raw).recipients]
