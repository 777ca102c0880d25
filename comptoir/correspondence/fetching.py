"""How the mailbox is that mails are fetched from: written by whoever watches it, shown to administrators."""

from __future__ import annotations

from typing import TYPE_CHECKING

from comptoir.core.text import clean_line
from comptoir.correspondence.models import Mailbox

if TYPE_CHECKING:
    from datetime import datetime

NAME = "imap"


def mailbox_state() -> Mailbox:
    return Mailbox.objects.filter(pk=NAME).first() or Mailbox(name=NAME)


def note_fetched(*, at: datetime) -> None:
    well = {"last_ok_at": at, "failing_since": None, "last_error": ""}
    Mailbox.objects.update_or_create(pk=NAME, defaults=well)


def note_mailbox_away(*, error: str, at: datetime) -> None:
    state, _ = Mailbox.objects.get_or_create(pk=NAME)
    state.failing_since, state.last_error = state.failing_since or at, clean_line(error)[:300]
    state.save(update_fields=["failing_since", "last_error"])
