"""What the outbox keeps no longer, the links in its mails, and devices. Dead letters stay until somebody looked at them."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from comptoir.notifications.actions.devices import note_gone
from comptoir.notifications.devices import devices_of
from comptoir.notifications.models import Delivery, Mail, PushDevice, State
from comptoir.people.models import Person
from comptoir.people.one_time import discard_item_links

if TYPE_CHECKING:
    from datetime import datetime

KEPT = timedelta(days=60)


def tidy_outbox(*, now: datetime) -> None:
    done = Delivery.objects.filter(state__in=[State.SENT, State.SKIPPED])
    done.filter(created_at__lt=now - KEPT).delete()
    told = Delivery.objects.filter(mail__isnull=False).values("mail")
    Mail.objects.filter(made_at__lt=now - KEPT).exclude(pk__in=told).delete()
    discard_item_links(before=now - KEPT)


def tidy_devices(*, now: datetime) -> None:
    """Whose owner signed out there is revoked, and what was revoked is gone after a while."""
    allowed = PushDevice.objects.filter(revoked_at__isnull=True)
    for person in Person.objects.filter(pk__in=allowed.values("person")).iterator():
        in_force = {device.pk for device in devices_of(person)}
        for device in allowed.filter(person=person).exclude(pk__in=in_force):
            note_gone(device, at=now)
    PushDevice.objects.filter(revoked_at__lt=now - KEPT).delete()
