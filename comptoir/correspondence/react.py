"""What follows from a document that came by e-mail."""

from __future__ import annotations

from typing import TYPE_CHECKING

from comptoir.correspondence.jobs import read_document

if TYPE_CHECKING:
    from comptoir.activity.models import Event


def read_for_the_accounts(event: Event) -> None:
    read_document.enqueue(document_id=str(event.subject_id))
