"""The six profiles and what each may do, as plain facts without a database."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Profile(TextChoices):
    ADMINISTRATOR = "administrator", _("Administrator")
    ACCOUNTANT = "accountant", _("Accountant")
    ASSISTANT = "assistant", _("Assistant")
    FULL_ACCESS = "full_access", _("Full access")
    DOCUMENT_PROCESSING = "document_processing", _("Document processing")
    FULL_FEEDBACK = "full_feedback", _("Full feedback")


OFFICE_PROFILES = frozenset({Profile.ADMINISTRATOR, Profile.ACCOUNTANT, Profile.ASSISTANT})
CLIENT_PROFILES = frozenset({Profile.FULL_ACCESS, Profile.DOCUMENT_PROCESSING, Profile.FULL_FEEDBACK})
# Whom a private conversation may name: those who can answer in it. An assistant reads it and sends nothing to a client.
ADDRESSABLE_PROFILES = frozenset(
    {Profile.ADMINISTRATOR, Profile.ACCOUNTANT, Profile.FULL_ACCESS, Profile.FULL_FEEDBACK}
)


def is_office(profile: str) -> bool:
    return profile in OFFICE_PROFILES


def may_manage_office(profile: str) -> bool:
    return profile == Profile.ADMINISTRATOR


def may_write_to_clients(profile: str) -> bool:
    """An assistant reads and prepares, and sends nothing to a client."""
    return profile in {Profile.ADMINISTRATOR, Profile.ACCOUNTANT}


def may_start_conversations(profile: str) -> bool:
    return may_write_to_clients(profile) or profile == Profile.FULL_ACCESS


def may_attach(profile: str) -> bool:
    """Full feedback hands in nothing; document processing has no conversation to attach to, only requests."""
    return may_write_to_clients(profile) or profile == Profile.FULL_ACCESS


def may_hand_in(profile: str) -> bool:
    """Papers for the dossier. An assistant prepares, and so may; full feedback hands in nothing."""
    return is_office(profile) or profile in {Profile.FULL_ACCESS, Profile.DOCUMENT_PROCESSING}


def sees_shared(profile: str) -> bool:
    return is_office(profile) or profile == Profile.FULL_ACCESS


def sees_private(profile: str) -> bool:
    return is_office(profile) or profile in ADDRESSABLE_PROFILES


def sees_accounts(profile: str) -> bool:
    """Invoices, payments and statements. Document processing hands in papers and sees none of it."""
    return is_office(profile) or profile in {Profile.FULL_ACCESS, Profile.FULL_FEEDBACK}
