"""Clears away what nobody sent, and files that no row knows of."""

from __future__ import annotations

import logging
from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import transaction

from comptoir.files import disk
from comptoir.files.models import Attachment, KeptFile, PreviewState

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime
    from uuid import UUID

log = logging.getLogger(__name__)

# An upload and the message that takes it lie minutes apart; a draft on a phone may wait for the evening.
UNCLAIMED = timedelta(hours=24)
TRASHED = timedelta(days=30)
BATCH = 500


def sweep_unclaimed(*, at: datetime) -> int:
    """Deletes attachments that no message took within a day and puts their files in the trash. Returns how many."""
    count = _drop_unclaimed(at - UNCLAIMED)
    Attachment.objects.filter(preview_state=PreviewState.PENDING, created_at__lt=at - UNCLAIMED).update(
        preview_state=PreviewState.FAILED
    )
    # A file lies on the disk a moment before its row is committed, so only old ones can be nobody's.
    for key in _unknown(disk.stored_before(at - UNCLAIMED)):
        log.info("File %s belongs to no attachment and goes to the trash", key)
        disk.discard(key, at=at)
    disk.purge(trashed_before=at - TRASHED, arrived_before=at - UNCLAIMED)
    return count


def _drop_unclaimed(before: datetime) -> int:
    """Only the rows: without one, a file is unknown, and is found so below even if we are killed in between."""
    with transaction.atomic():
        # Under lock, and not those that a message is taking at this moment.
        rows = Attachment.objects.left_behind(before).select_for_update(skip_locked=True)
        count, _ = Attachment.objects.filter(pk__in=list(rows.values_list("pk", flat=True))).delete()
    return count


def _unknown(keys: Iterable[UUID]) -> Iterable[UUID]:
    batch: list[UUID] = []
    for key in keys:
        batch.append(key)
        if len(batch) == BATCH:
            yield from _not_in_database(batch)
            batch = []
    yield from _not_in_database(batch)


def _not_in_database(keys: list[UUID]) -> set[UUID]:
    known: set[UUID | None] = set(Attachment.objects.filter(key__in=keys).values_list("key", flat=True))
    known.update(Attachment.objects.filter(preview_key__in=keys).values_list("preview_key", flat=True))
    known.update(KeptFile.objects.filter(key__in=keys).values_list("key", flat=True))
    return set(keys) - known
