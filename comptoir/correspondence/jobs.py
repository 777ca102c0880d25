"""What is done with a mail once it is stored."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.utils import timezone

from comptoir.core.jobs import periodic, retrying
from comptoir.correspondence import accounts, reading, tidying
from comptoir.correspondence.actions.addresses import give_dossier_addresses
from comptoir.notifications.reply_addresses import mail_in_place


@retrying(attempts=12)
def read_mail(mail_id: str) -> None:
    """Twice changes nothing: a worker may be killed after it."""
    reading.read(UUID(mail_id), at=timezone.now())


@retrying(attempts=5)
def read_document(document_id: str) -> None:
    accounts.bring_in(UUID(document_id), at=timezone.now())


@periodic(every=timedelta(days=1), offset=timedelta(hours=3, minutes=20))
@retrying(attempts=3)
def forget_mails() -> None:
    tidying.forget(now=timezone.now())


@periodic(every=timedelta(minutes=10))
@retrying(attempts=3)
def give_addresses() -> None:
    """To dossiers opened since, and to all once mails come in."""
    if mail_in_place() is not None:
        give_dossier_addresses(at=timezone.now())
