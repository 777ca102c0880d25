"""Which mails are not kept for good: what programs sent, what came twice, and what somebody put away."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from comptoir.correspondence.models import InboundMail, RawMail, State

if TYPE_CHECKING:
    from datetime import datetime

KEPT = timedelta(days=90)
PASSING = [State.AUTOMATIC, State.REPEATED, State.DROPPED]


def forget(*, now: datetime) -> None:
    """What became a message, a document, or waits for the office is kept, with its raw mail."""
    old = now - KEPT
    InboundMail.objects.filter(state__in=PASSING, received_at__lt=old).delete()
    still = InboundMail.objects.values("raw")
    RawMail.objects.filter(stored_at__lt=old).exclude(pk__in=still).delete()
