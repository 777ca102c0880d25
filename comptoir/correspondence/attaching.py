"""Files of a mail, through the same checks as an upload. What is refused is named; the raw mail still has it."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any, NamedTuple

from django.conf import settings
from django.utils.translation import gettext as _

from comptoir.core.errors import Refused
from comptoir.correspondence.settling import file_facts
from comptoir.files.actions import store_attachment

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from uuid import UUID

    from comptoir.mailbox.parse import Attached
    from comptoir.people.models import Membership

# Too many uploads, a scanner that is away, a full disk: nothing that the file can help. The mail waits.
PASSING = {429, 503, 507}


class Taken(NamedTuple):
    """`listed`: every file with its name and size, and why it was refused if it was."""

    ids: list[UUID]
    listed: list[dict[str, Any]]

    @property
    def refused(self) -> list[dict[str, Any]]:
        return [file for file in self.listed if file["refused"]]


def taken(files: Sequence[Attached], *, by: Membership, at: datetime, may_attach: bool) -> Taken:
    """Stored and not yet claimed, so that the sweep clears away what no message or document takes."""
    found = Taken([], [])
    for file in files:
        why = ""
        try:
            _take(file, found, by=by, at=at, may_attach=may_attach)
        except Refused as refusal:
            if refusal.status in PASSING:
                raise
            why = str(refusal.text)
        found.listed.append(file_facts(file.name, len(file.content), refused=why))
    return found


def _take(file: Attached, found: Taken, *, by: Membership, at: datetime, may_attach: bool) -> None:
    if not may_attach:
        raise Refused(_("The sender may not hand in files."))
    if len(found.ids) >= settings.ATTACHMENTS_A_MESSAGE:
        raise Refused(_("More files than one message can have."))
    found.ids.append(store_attachment(BytesIO(file.content), name=file.name, by=by, at=at).pk)
