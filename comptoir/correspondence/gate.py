"""Who may deal with a mail that was kept: asked by the page before its form, and by the actions again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from comptoir.core.errors import NotAllowed
from comptoir.correspondence.refusals import MailHandled
from comptoir.people.profiles import may_write_to_clients

if TYPE_CHECKING:
    from comptoir.correspondence.models import InboundMail
    from comptoir.people.models import Membership


def require_sortable(mail: InboundMail, *, by: Membership) -> None:
    """Of a mail that `by` sees."""
    if not may_write_to_clients(by.profile):
        raise NotAllowed
    if not mail.is_sortable:
        raise MailHandled
