"""By which ways mails come in, and how they are: what an administrator may know, which is no password."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from django.conf import settings

from comptoir.correspondence.fetching import mailbox_state
from comptoir.correspondence.models import InboundMail, Transport
from comptoir.notifications.reply_addresses import mail_in_place

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from comptoir.correspondence.models import Mailbox
    from comptoir.people.models import Membership


@dataclass(frozen=True)
class Way:
    transport: str
    where: str


@dataclass(frozen=True)
class WaysIn:
    """`is_believed`: whether there is a mail server whose word on a sender counts. Without, every mail is kept."""

    place: str
    is_believed: bool
    ways: list[Way]
    mailbox: Mailbox | None
    last_at: datetime | None


def ways_in(member: Membership) -> WaysIn | None:
    """None where the operator has turned nothing on."""
    if mail_in_place() is None:
        return None
    newest = InboundMail.objects.visible_to(member).order_by("-pk").values_list("received_at", flat=True)
    return WaysIn(
        place=settings.MAIL_IN,
        is_believed=bool(settings.MAIL_IN_AUTHSERV_ID),
        ways=list(_ways()),
        mailbox=mailbox_state() if settings.MAIL_IN_IMAP else None,
        last_at=newest.first(),
    )


def _ways() -> Iterator[Way]:
    if settings.MAIL_IN_LMTP:
        yield Way(Transport.LMTP.label, settings.MAIL_IN_LMTP)
    if settings.MAIL_IN_SMTP:
        yield Way(Transport.SMTP.label, settings.MAIL_IN_SMTP)
    if settings.MAIL_IN_IMAP:
        yield Way(Transport.IMAP.label, urlsplit(settings.MAIL_IN_IMAP).hostname or "")
    if settings.MAIL_IN_PROVIDER:
        yield Way(Transport.WEBHOOK.label, f"{settings.MAIL_IN_PROVIDER}: {settings.BASE_URL}/mail-in")
