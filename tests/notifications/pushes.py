"""The worker that pushes, whenever a test calls it, and what stands in its outbox."""

from __future__ import annotations

from typing import TYPE_CHECKING

from comptoir.notifications.announcing import work_announcements_off
from comptoir.notifications.models import Channel, Delivery
from comptoir.notifications.push_delivering import deliver_pushes
from tests.world import NOW

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from comptoir.notifications.models import PushDevice

    Allow = Callable[..., PushDevice]


def tell(at: datetime = NOW) -> None:
    work_announcements_off(now=at)
    deliver_pushes(lambda: at)


def pushes() -> list[Delivery]:
    return list(Delivery.objects.filter(channel=Channel.PUSH).order_by("created_at", "pk"))
