"""Reports on the fate of our own mails: an address that sends them back, or whose owner complained, is marked."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from comptoir.mailbox.reports import Outcome, reports_of
from comptoir.notifications.actions.addresses import note_bounce
from comptoir.notifications.mails import mail_host
from comptoir.notifications.models import Mail

if TYPE_CHECKING:
    from datetime import datetime

    from comptoir.correspondence.letter import Letter
    from comptoir.mailbox.reports import Report


def note_reports(letter: Letter, *, at: datetime) -> UUID | None:
    """The office whose mail it is about, if it is about one. Anybody can send a report: only one that names a mail of
    ours, which nobody but its recipient and the servers between us know, and the address that this mail went to, counts.
    """
    office = None
    for report in reports_of(letter.mail):
        mail = _mail_of(report)
        if mail is None:
            continue
        office = mail.office_id
        if report.is_permanent and report.outcome in {Outcome.FAILED, Outcome.COMPLAINED}:
            note_bounce(
                mail.person.email,
                reason=report.reason or report.status,
                at=at,
                mail_id=mail.pk,
                is_complaint=report.outcome is Outcome.COMPLAINED,
            )
    return office


def _mail_of(report: Report) -> Mail | None:
    pk, _, host = report.message_id.strip("<>").partition("@")
    try:
        mail = (
            Mail.objects.select_related("person").filter(pk=UUID(pk)).first() if host == mail_host() else None
        )
    except ValueError:
        return None
    # A complaint may hide whose it is; then the mail alone says it.
    return mail if mail and report.recipient in {"", mail.person.email} else None
