"""The checks that several actions of this package share."""

from __future__ import annotations

from typing import TYPE_CHECKING

from comptoir.core.errors import NotAllowed
from comptoir.people.profiles import may_manage_office, may_write_to_clients

if TYPE_CHECKING:
    from comptoir.people.models import Company, Membership


def require_administrator(member: Membership) -> None:
    if not may_manage_office(member.profile):
        raise NotAllowed


def require_may_manage_people(member: Membership, company: Company | None) -> None:
    """Staff: administrators only. The people of a dossier, which `member` sees: its accountants as well."""
    if company is None or not member.is_office:
        require_administrator(member)
    elif not may_write_to_clients(member.profile):
        raise NotAllowed
