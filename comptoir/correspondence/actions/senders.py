"""Senders outside whose documents are taken without looking: trusted for one dossier, by somebody of the office."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from comptoir.activity.record import record
from comptoir.activity.verbs import Verb
from comptoir.core.errors import Invalid, NotAllowed, NotFound
from comptoir.correspondence.models import ADDRESS, DocumentSender
from comptoir.people.gate import require_may_manage_people
from comptoir.people.models import Company, Membership

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID


@transaction.atomic
def trust_sender(company_id: UUID, *, address: str, by: Membership, at: datetime) -> DocumentSender:
    """Their mails are still only taken where their domain vouches for them (DMARC). The same again changes nothing,
    unless whoever trusted them has lost the dossier: then `by` does from now on.
    """
    company = _company(company_id, by=by)
    address = _address(address)
    known = DocumentSender.objects.in_force(company).filter(address=address).first()
    if known is not None:
        return known
    sender, _is_new = DocumentSender.objects.update_or_create(
        company=company,
        address=address,
        defaults={"office_id": company.office_id, "trusted_by": by, "trusted_at": at},
    )
    _record(Verb.SENDER_TRUSTED, sender, by=by, at=at)
    return sender


@transaction.atomic
def distrust_sender(sender_id: UUID, *, by: Membership, at: datetime) -> DocumentSender:
    """What they mail from now on is shown to the office first. What was taken stays."""
    sender = (
        DocumentSender.objects.visible_to(by).select_for_update(of=("self",)).filter(pk=sender_id).first()
    )
    if sender is None:
        raise NotFound
    company = _company(sender.company_id, by=by)
    DocumentSender.objects.filter(pk=sender.pk).delete()
    _record(Verb.SENDER_DISTRUSTED, sender, by=by, at=at)
    sender.company = company
    return sender


def _company(company_id: UUID, *, by: Membership) -> Company:
    company = Company.objects.visible_to(by).filter(pk=company_id).first()
    if company is None:
        raise NotFound
    if not by.is_office:
        raise NotAllowed
    require_may_manage_people(by, company)
    return company


def _address(text: str) -> str:
    address = text.strip().lower()
    try:
        validate_email(address)
    except ValidationError as failure:
        raise Invalid(_("This is not an e-mail address."), field="address") from failure
    return address[:ADDRESS]


def _record(verb: Verb, sender: DocumentSender, *, by: Membership, at: datetime) -> None:
    record(
        verb,
        sender.pk,
        office_id=sender.office_id,
        company_id=sender.company_id,
        by_id=by.pk,
        at=at,
        address=sender.address,
    )
