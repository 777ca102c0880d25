"""What follows in the accounts from what happened."""

from __future__ import annotations

from typing import TYPE_CHECKING

from comptoir.ledger.jobs import read_file

if TYPE_CHECKING:
    from comptoir.activity.models import Event


def read_later(event: Event) -> None:
    if event.facts["is_read_later"]:
        read_file.enqueue(file_id=str(event.subject_id))
