"""Addresses for documents: given, found again, and who may hand in by them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.utils.crypto import constant_time_compare

from comptoir.correspondence.models import DocumentSender, DossierAddress
from comptoir.mailbox.addressing import DOCUMENTS, derived_token, token_in
from comptoir.notifications.reply_addresses import mail_in_place
from comptoir.people.models import Membership, Office
from comptoir.people.profiles import Profile
from comptoir.people.secrets import digest_of

if TYPE_CHECKING:
    from uuid import UUID

    from comptoir.people.models import Company

HAND_IN = [Profile.FULL_ACCESS, Profile.DOCUMENT_PROCESSING]


def token_of(pk: UUID) -> str:
    return derived_token(settings.SECRET_KEY.encode(), kind=DOCUMENTS, about=pk.bytes)


def dossier_address(company: Company, *, seen_by: Membership) -> str:
    """The one in force; empty where there is none, or none that our key can still write."""
    place = mail_in_place()
    if place is None:
        return ""
    row = DossierAddress.objects.visible_to(seen_by).in_force().filter(company=company.pk).first()
    if row is None:
        return ""
    token = token_of(row.pk)
    return place.address(f"{DOCUMENTS}{token}") if constant_time_compare(digest_of(token), row.digest) else ""


def dossier_address_behind(word: str) -> DossierAddress | None:
    """A revoked one too: its office is shown what still comes to it."""
    token = token_in(word, kind=DOCUMENTS)
    if not token:
        return None
    return DossierAddress.objects.select_related("company").filter(digest=digest_of(token)).first()


def handed_in_by(sender: str, company: Company) -> Membership | None:
    """In whose name a document of this sender is taken: their own, or that of whoever of the staff trusts them.

    A trust ends with the access of whoever gave it: nothing is handed in by somebody who is not here any more.
    """
    known = Membership.objects.filter(person__email=sender).select_related("person", "company")
    theirs = known & Membership.objects.clients_of(company).filter(profile__in=HAND_IN)
    found = theirs.first() or (known & Membership.objects.staff_of(company)).first()
    if found is not None:
        return found
    trusted = DocumentSender.objects.in_force(company).filter(address=sender)
    row = trusted.select_related("trusted_by").first()
    return row.trusted_by if row else None


def senders_office(sender: str) -> UUID | None:
    """Whose a mail is that came to none of our addresses: the one office that knows its sender, or the only one."""
    known = Membership.objects.active().filter(person__email=sender).values_list("office", flat=True)
    offices = set(known) or set(Office.objects.values_list("pk", flat=True)[:2])
    return offices.pop() if len(offices) == 1 else None
