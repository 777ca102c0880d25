"""Files of a mail become documents of a dossier."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import translation

from comptoir.activity.record import record
from comptoir.activity.verbs import Verb
from comptoir.correspondence.actions.keeping import keep_mail
from comptoir.correspondence.attaching import taken
from comptoir.correspondence.models import Document, InboundMail, Reason, State
from comptoir.correspondence.settling import settle
from comptoir.files.models import Attachment

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from uuid import UUID

    from comptoir.correspondence.letter import Letter
    from comptoir.correspondence.settling import Belongs
    from comptoir.people.models import Company, Membership


def file_documents(letter: Letter, *, company: Company, by: Membership, to: Belongs, at: datetime) -> int:
    """By `by`, who sent them or whose trust the sender has. Kept for the office where no file could be taken."""
    with translation.override(company.language):
        found = taken(letter.files, by=by, at=at, may_attach=True)
    if not found.ids:
        keep_mail(letter, because=Reason.NO_FILES, to=to, at=at, files=found.listed)
        return 0
    with transaction.atomic():
        settle(letter, State.FILED, to=to, files=found.listed)
        add_documents(found.ids, mail=letter.row, company=company, by=by, at=at)
    return len(found.ids)


@transaction.atomic
def add_documents(
    ids: Sequence[UUID], *, mail: InboundMail, company: Company, by: Membership, at: datetime
) -> None:
    """What was stored and not claimed yet. What reads invoices follows from the verb, file by file."""
    files = {
        one.pk: one for one in Attachment.objects.unclaimed_by(by).select_for_update().filter(pk__in=ids)
    }
    Attachment.objects.filter(pk__in=files).update(claimed_at=at)
    for pk in ids:
        document = Document.objects.create(
            office_id=company.office_id, company=company, attachment=files[pk], mail=mail, received_at=at
        )
        record(
            Verb.DOCUMENT_RECEIVED,
            document.pk,
            office_id=company.office_id,
            company_id=company.pk,
            by_id=by.pk,
            at=at,
            attachment=str(pk),
            name=files[pk].name,
            media_type=files[pk].media_type,
        )
