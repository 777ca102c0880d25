"""Who may bring files into which dossier."""

from __future__ import annotations

from typing import TYPE_CHECKING

from comptoir.core.errors import NotAllowed, NotFound
from comptoir.ledger.refusals import DossierArchived
from comptoir.people.models import Company

if TYPE_CHECKING:
    from uuid import UUID

    from comptoir.people.models import Membership


def may_import(company_id: UUID, *, by: Membership | None) -> Company:
    """The dossier. Raises NotFound, NotAllowed for its clients, or DossierArchived."""
    if by is not None and not by.is_office:
        raise NotAllowed if by.company_id == company_id else NotFound
    found = Company.objects.all() if by is None else Company.objects.visible_to(by)
    company = found.filter(pk=company_id).first()
    if company is None:
        raise NotFound
    if company.archived_at is not None:
        raise DossierArchived
    return company
