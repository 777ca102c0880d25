"""Who reads a conversation: who may today, and whom a message has reached."""

from __future__ import annotations

from typing import TYPE_CHECKING

from comptoir.conversations.models import Conversation, Receipt
from comptoir.conversations.querysets import readers
from comptoir.core.prepared import prepared
from comptoir.people.models import Membership

if TYPE_CHECKING:
    from collections.abc import Collection
    from uuid import UUID

    from django.db.models import QuerySet

    from comptoir.conversations.models import Message
    from comptoir.people.models import Company


def receipts_of(message: Message) -> list[Receipt]:
    """Whom a message reached and who opened it, each with the first moment; the author left out."""
    steps = (
        Receipt.objects.filter(conversation=message.conversation_id, upto__gte=message.position)
        .exclude(member=message.author_id)
        .select_related("member__person")
        .order_by("upto", "at", "pk")
    )
    first: dict[tuple[UUID, str], Receipt] = {}
    for step in steps:
        first.setdefault((step.member_id, step.kind), step)
    return list(first.values())


def readers_of(conversation: Conversation) -> list[Membership]:
    """Who may read the conversation today: its audience, and the staff with access to the dossier."""
    return _readers(
        company=conversation.company,
        addressee_id=conversation.addressee_id,
        # Of no account where the conversation is shared.
        started_by_id=conversation.started_by_id if conversation.is_private else None,
    )


@prepared
def _readers(
    *, company: Company, addressee_id: UUID | None, started_by_id: UUID | None
) -> QuerySet[Membership]:
    asked = Conversation(office_id=company.office_id, company=company, addressee_id=addressee_id)
    if started_by_id is not None:
        asked.started_by_id = started_by_id
    people = Membership.objects.active().filter(readers(asked))
    return (
        people.select_related("person", "company", "office")
        .defer("office__logo")
        .order_by("person__name", "pk")
    )


def readers_among(conversation_id: UUID, member_ids: Collection[UUID]) -> set[UUID]:
    """Those of the given memberships that are in force and may see the conversation now."""
    conversation = Conversation.objects.filter(pk=conversation_id).select_related("company").first()
    if conversation is None:
        return set()
    people = Membership.objects.active().filter(readers(conversation), pk__in=member_ids)
    return set(people.values_list("pk", flat=True))
