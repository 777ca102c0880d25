"""Which browsers of a person may be woken now: allowed, not revoked, and still signed in where that was allowed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from comptoir.notifications.models import PushDevice
from comptoir.people.sessions import sessions_in_force

if TYPE_CHECKING:
    from comptoir.people.models import Person


def devices_of(person: Person) -> list[PushDevice]:
    """Newest first. Whoever signed out there, or everywhere, or has another password now, is woken nowhere."""
    allowed = list(PushDevice.objects.filter(person=person.pk, revoked_at__isnull=True).order_by("-made_at"))
    if not allowed:
        return []
    keys = sessions_in_force(person, {device.session_key for device in allowed})
    return [device for device in allowed if device.session_key in keys]
