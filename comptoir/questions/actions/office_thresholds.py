"""From when on something is worth a question: an administrator decides it for the office."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction

from comptoir.activity.record import record
from comptoir.activity.verbs import Verb
from comptoir.core.errors import NotAllowed
from comptoir.people.models import Office
from comptoir.people.profiles import may_manage_office
from comptoir.questions.models import OfficeThresholds
from comptoir.questions.office_thresholds import as_values, checked_values

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from comptoir.people.models import Membership


@transaction.atomic
def set_thresholds(values: Mapping[str, Any], *, by: Membership, at: datetime) -> OfficeThresholds:
    """All that differs from the product's own; what is not named is as the product has it. Raises UnknownThreshold."""
    checked = as_values(checked_values(values))
    if not may_manage_office(by.profile) or by.is_by_link:
        raise NotAllowed
    Office.objects.select_for_update(of=("self",)).get(pk=by.office_id)
    stored, _ = OfficeThresholds.objects.get_or_create(office_id=by.office_id)
    if stored.values == checked:
        return stored
    stored.values = checked
    stored.save(update_fields=["values"])
    record(
        Verb.THRESHOLDS_CHANGED,
        by.office_id,
        office_id=by.office_id,
        by_id=by.pk,
        at=at,
        values=sorted(checked),
    )
    return stored
