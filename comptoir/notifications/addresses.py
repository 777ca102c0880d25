"""Of which people the office knows that no mail reaches them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from comptoir.notifications.models import AddressState

if TYPE_CHECKING:
    from collections.abc import Iterable
    from uuid import UUID


def silent_addresses(person_ids: Iterable[UUID]) -> dict[UUID, AddressState]:
    """Those of them whose address sent mails back or complained; one query."""
    found = AddressState.objects.in_bulk(list(person_ids))
    return {pk: one for pk, one in found.items() if one.bounced_at or one.complained_at}
