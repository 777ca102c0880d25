"""Files that document a payment: tied to it by whoever handed them in, and taken off again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from comptoir.activity.record import record
from comptoir.activity.verbs import Verb
from comptoir.core.errors import NotAllowed, NotFound
from comptoir.files.models import Attachment, State
from comptoir.ledger.models import Payment, PaymentDocument
from comptoir.ledger.refusals import DossierArchived
from comptoir.people.profiles import may_hand_in

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from comptoir.people.models import Membership


def tie_document(payment_id: UUID, *, file_id: UUID, by: Membership, at: datetime) -> PaymentDocument:
    """`file_id` is an upload of `by`'s own, sent with a message or not. The same file again is the same document.

    Whoever sees the accounts sees the file from now on. Raises NotFound, or NotAllowed for who hands in nothing.
    """
    with transaction.atomic():
        payment = _locked(payment_id, by=by)
        file = Attachment.objects.select_for_update().filter(
            pk=file_id, office=by.office_id, uploaded_by=by, state=State.READY
        )
        own = file.first()
        if own is None:
            raise NotFound
        if own.claimed_at is None:
            file.update(claimed_at=at)
        known: PaymentDocument | None = PaymentDocument.objects.filter(
            payment=payment, file=own, untied_at=None
        ).first()
        if known is not None:
            return known
        document = PaymentDocument.objects.create(
            office_id=payment.office_id,
            company_id=payment.company_id,
            payment=payment,
            file=own,
            tied_by=by,
            tied_at=at,
        )
        _count(payment, 1)
        _tell(Verb.PAYMENT_DOCUMENTED, document, by=by, at=at)
    return document


def untie_document(document_id: UUID, *, by: Membership, at: datetime) -> None:
    """It documents the payment no more. For the staff, and for whoever tied it."""
    with transaction.atomic():
        found = PaymentDocument.objects.visible_to(by).filter(pk=document_id, untied_at=None).first()
        if found is None:
            raise NotFound
        payment = _locked(found.payment_id, by=by)
        if not by.is_office and found.tied_by_id != by.pk:
            raise NotAllowed
        document = (
            PaymentDocument.objects.select_related("file").filter(pk=document_id, untied_at=None).first()
        )
        if document is None:  # meanwhile
            raise NotFound
        document.untied_at = at
        document.save(update_fields=["untied_at"])
        _count(payment, -1)
        _tell(Verb.PAYMENT_UNDOCUMENTED, document, by=by, at=at)


def _locked(payment_id: UUID, *, by: Membership) -> Payment:
    rows = Payment.objects.visible_to(by).select_related("company").select_for_update(of=("self",))
    payment: Payment | None = rows.filter(pk=payment_id).first()
    if payment is None:
        raise NotFound
    if not may_hand_in(by.profile):
        raise NotAllowed
    if payment.company.archived_at is not None:
        raise DossierArchived(_("This dossier is archived. Take it up again first."))
    return payment


def _count(payment: Payment, change: int) -> None:
    """Under the payment's lock."""
    payment.document_count += change
    payment.save(update_fields=["document_count"])


def _tell(verb: Verb, document: PaymentDocument, *, by: Membership, at: datetime) -> None:
    record(
        verb,
        document.payment_id,
        office_id=document.office_id,
        company_id=document.company_id,
        by_id=by.pk,
        at=at,
        attachment=str(document.file_id),
        name=document.file.name,
    )
