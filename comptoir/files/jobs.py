"""What is done with files later: previews, and clearing away."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.utils import timezone

from comptoir.core.jobs import periodic, retrying
from comptoir.files import previews
from comptoir.files.sweep import sweep_unclaimed


@retrying(attempts=5)
def make_preview(attachment_id: str) -> None:
    previews.make(UUID(attachment_id))


@periodic(every=timedelta(hours=1), offset=timedelta(minutes=17))
@retrying(attempts=1)
def sweep_files() -> None:
    sweep_unclaimed(at=timezone.now())
