"""What a provider tells of a mail after it took it: that it arrived, that it came back, that its reader complained."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from comptoir.notifications.actions.addresses import note_bounce
from comptoir.notifications.delivering import note_arrival
from comptoir.notifications.models import Mail
from comptoir.notifications.providers import METADATA

if TYPE_CHECKING:
    from datetime import datetime

# In anymail's words, which are the same for all providers.
DELIVERED, COMPLAINED, COMES_BACK = "delivered", "complained", {"bounced", "rejected"}
# A full mailbox, a slow server or a filter is no reason to write to nobody there any more.
GONE = {"bounced", "invalid"}


def note_event(event: Any, *, at: datetime) -> None:
    """Of an event that its provider signed. Any number of times, and in any order."""
    address = (event.recipient or "").strip().lower()
    mail = _mail_of(event, address)
    if event.event_type == DELIVERED:
        if mail is not None:
            note_arrival(mail.pk, at=at)
    elif event.event_type == COMPLAINED:
        _note_bounce(event, address, mail, at=at, is_complaint=True)
    elif event.event_type in COMES_BACK and event.reject_reason in GONE and not _is_soft(event):
        _note_bounce(event, address, mail, at=at)


def _note_bounce(
    event: Any, address: str, mail: Mail | None, *, at: datetime, is_complaint: bool = False
) -> None:
    reason = event.mta_response or event.description or event.reject_reason or event.event_type
    mail_id = mail.pk if mail else None
    note_bounce(address, reason=str(reason), at=at, mail_id=mail_id, is_complaint=is_complaint)


def _is_soft(event: Any) -> bool:
    """Postmark's word for what may still arrive, which anymail does not tell apart."""
    return isinstance(event.esp_event, dict) and event.esp_event.get("Type") == "SoftBounce"


def _mail_of(event: Any, address: str) -> Mail | None:
    """Ours, if it went to this very address."""
    try:
        pk = UUID(str((event.metadata or {}).get(METADATA, "")))
    except ValueError:
        return None
    return Mail.objects.filter(pk=pk, person__email=address).first()
