"""What an administrator does with the history is itself part of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from comptoir.activity.record import record
from comptoir.activity.verbs import Verb
from comptoir.people.gate import require_administrator

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from comptoir.people.models import Membership


@transaction.atomic
def note_audit_export(*, by: Membership, at: datetime, filters: Mapping[str, str]) -> None:
    """The audit trail leaves the office as a file, filtered so. Call it before the first row goes out."""
    require_administrator(by)
    record(
        Verb.AUDIT_EXPORTED,
        by.office_id,
        office_id=by.office_id,
        by_id=by.pk,
        at=at,
        filters={name: value for name, value in filters.items() if value},
    )
