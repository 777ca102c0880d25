"""What seeding has made up and not yet written."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.db import models, transaction

from comptoir.activity.models import Event
from comptoir.conversations.models import Conversation, Message, Reader, Receipt, SearchEntry

BATCH = 500


@dataclass
class Rows:
    """What is to be written, in the order in which the database wants it."""

    conversations: list[Conversation] = field(default_factory=list)
    messages: list[Message] = field(default_factory=list)
    readers: list[Reader] = field(default_factory=list)
    receipts: list[Receipt] = field(default_factory=list)
    search: list[SearchEntry] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)

    @transaction.atomic
    def write(self) -> None:
        tables: tuple[tuple[type[models.Model], list[models.Model]], ...] = (
            (Conversation, [*self.conversations]),
            (Message, [*self.messages]),
            (Reader, [*self.readers]),
            (Receipt, [*self.receipts]),
            (SearchEntry, [*self.search]),
            (Event, [*self.events]),
        )
        for model, rows in tables:
            model._default_manager.bulk_create(rows, batch_size=BATCH)  # noqa: SLF001 -- Django's public name for it
