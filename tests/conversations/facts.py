"""What tests ask of the database to see what an action left behind."""

from __future__ import annotations

from typing import TYPE_CHECKING

from comptoir.activity.models import Event
from comptoir.conversations.models import Conversation, Message

if TYPE_CHECKING:
    from uuid import UUID


def again(conversation: Conversation) -> Conversation:
    """As it stands now."""
    return Conversation.objects.select_related("company").get(pk=conversation.pk)


def history(conversation: Conversation) -> list[str]:
    """The verbs that were recorded, oldest first."""
    return list(events(conversation).values_list("verb", flat=True))


def events(conversation: Conversation):  # noqa: ANN201 -- a query set
    return Event.objects.filter(conversation_id=conversation.pk).order_by("pk")


def texts(conversation: Conversation) -> list[str]:
    """All that stands in the thread, in its order; a line of the product's as its kind."""
    rows = Message.objects.of(conversation.pk).order_by("position")
    return [row.body if row.kind == "text" else f"<{row.kind}>" for row in rows]


def positions(conversation: Conversation) -> list[int]:
    rows = Message.objects.of(conversation.pk).order_by("position")
    return list(rows.values_list("position", flat=True))


def waits(conversation: Conversation) -> str:
    """`office`, `client`, `look` (to be seen) or nothing; two at once would show."""
    now = again(conversation)
    found = {
        "office": now.awaiting_office_since is not None,
        "client": now.awaiting_client_since is not None,
        "look": now.to_be_seen,
    }
    return " ".join(name for name, is_so in found.items() if is_so)


def message(pk: UUID) -> Message:
    return Message.objects.get(pk=pk)
