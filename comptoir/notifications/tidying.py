"""What the outbox keeps no longer, and the links in its mails. Dead letters stay until somebody looked at them."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from comptoir.notifications.models import Delivery, Mail, State
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
