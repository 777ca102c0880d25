"""Earlier texts of a message, read by an administrator; that they were read stands in the history."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from django.db import transaction

from comptoir.activity.record import record
from comptoir.activity.verbs import Verb
from comptoir.conversations.models import Message, MessageVersion
from comptoir.conversations.seal import unsealed
from comptoir.core.errors import NotFound
from comptoir.people.gate import require_administrator

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from comptoir.people.models import Membership


class EarlierText(NamedTuple):
    body: str
    written_at: datetime
    replaced_at: datetime


@transaction.atomic
def unseal_message(message_id: UUID, *, by: Membership, at: datetime) -> list[EarlierText]:
    """The texts that a message had before it was edited or deleted, oldest first. `NotFound` if it has none."""
    message = Message.objects.visible_to(by).filter(pk=message_id).first()
    if message is None:
        raise NotFound
    require_administrator(by)
    versions = list(MessageVersion.objects.filter(message=message).order_by("replaced_at", "pk"))
    if not versions:
        raise NotFound
    record(
        Verb.MESSAGE_UNSEALED,
        message.pk,
        office_id=message.office_id,
        company_id=message.company_id,
        conversation_id=message.conversation_id,
        by_id=by.pk,
        at=at,
        texts=len(versions),
    )
    return [
        EarlierText(unsealed(bytes(one.sealed_body)), one.written_at, one.replaced_at) for one in versions
    ]
