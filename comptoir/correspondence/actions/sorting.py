"""What the office does with a mail that counts as nobody's word: its files go into a dossier, or it is put away.

Nobody is answered by either, and nothing is posted: whoever wants it said in a conversation writes it there themselves.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from comptoir.activity.record import record
from comptoir.activity.verbs import Verb
from comptoir.core.errors import Invalid, NotFound
from comptoir.correspondence.actions.filing import add_documents
from comptoir.correspondence.actions.senders import trust_sender
from comptoir.correspondence.attaching import taken
from comptoir.correspondence.gate import require_sortable
from comptoir.correspondence.letter import letter_of
from comptoir.correspondence.models import SORTABLE_STATES, InboundMail, State
from comptoir.correspondence.refusals import MailHandled
from comptoir.people.models import Company, Membership

if TYPE_CHECKING:
    from datetime import datetime
    from typing import Any
    from uuid import UUID


def file_mail(
    mail_id: UUID, *, company_id: UUID, by: Membership, at: datetime, trusts_sender: bool = False
) -> InboundMail:
    """Its files become documents of the dossier, handed in by `by`, who looked at them. What a file cannot be taken
    for stands on the mail's page. Raises NotFound, NotAllowed, MailHandled, or Invalid for a dossier that is archived.
    """
    mail = _sortable(mail_id, by=by)
    company = Company.objects.visible_to(by).filter(pk=company_id).first()
    if company is None or company.archived_at is not None:
        raise Invalid(_("Choose one of your open dossiers."), field="company")
    # Files are copied and examined before the transaction; others would wait for what it holds.
    found = taken(letter_of(mail).files, by=by, at=at, may_attach=True)
    with transaction.atomic():
        _settle(mail, State.ASSIGNED, by=by, at=at, company=company, files=found.listed)
        record(
            Verb.MAIL_ASSIGNED,
            mail.pk,
            office_id=by.office_id,
            company_id=company.pk,
            by_id=by.pk,
            at=at,
            sender=mail.from_address,
            files=len(found.ids),
        )
        add_documents(found.ids, mail=mail, company=company, by=by, at=at)
        if trusts_sender and mail.from_address:
            trust_sender(company.pk, address=mail.from_address, by=by, at=at)
    return mail


@transaction.atomic
def drop_mail(mail_id: UUID, *, by: Membership, at: datetime) -> InboundMail:
    """Out of sight; kept with its raw mail for ninety days, in which it can still be filed."""
    mail = _sortable(mail_id, by=by)
    _settle(mail, State.DROPPED, by=by, at=at)
    record(
        Verb.MAIL_DROPPED,
        mail.pk,
        office_id=by.office_id,
        company_id=mail.company_id,
        conversation_id=mail.conversation_id,
        by_id=by.pk,
        at=at,
        sender=mail.from_address,
    )
    return mail


def _sortable(mail_id: UUID, *, by: Membership) -> InboundMail:
    mail = InboundMail.objects.visible_to(by).select_related("raw").filter(pk=mail_id).first()
    if mail is None:
        raise NotFound
    require_sortable(mail, by=by)
    return mail


def _settle(mail: InboundMail, state: State, *, by: Membership, at: datetime, **more: Any) -> None:
    """Asked again in the write itself: of two who sort the same mail, one is told."""
    changed = InboundMail.objects.filter(pk=mail.pk, state__in=SORTABLE_STATES).update(
        state=state, handled_by=by, handled_at=at, **more
    )
    if not changed:
        raise MailHandled
    mail.state = state
