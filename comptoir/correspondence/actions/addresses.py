"""The address for documents of a dossier: given once, and replaced where it came into the wrong hands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from comptoir.activity.record import record
from comptoir.activity.verbs import Verb
from comptoir.core.errors import NotAllowed, NotFound
from comptoir.core.ids import new_id
from comptoir.correspondence.dossiers import token_of
from comptoir.correspondence.models import DossierAddress
from comptoir.people.gate import require_may_manage_people
from comptoir.people.models import Company, Membership
from comptoir.people.secrets import digest_of

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID


@transaction.atomic
def change_dossier_address(company_id: UUID, *, by: Membership, at: datetime) -> Company:
    """The one before ends at once: what still comes to it is shown to the office."""
    company = Company.objects.visible_to(by).select_for_update(of=("self",)).filter(pk=company_id).first()
    if company is None:
        raise NotFound
    if not by.is_office:
        raise NotAllowed
    require_may_manage_people(by, company)
    DossierAddress.objects.in_force().filter(company=company).update(revoked_at=at)
    _give(company, by_id=by.pk, at=at)
    return company


@transaction.atomic
def give_dossier_addresses(*, at: datetime) -> int:
    """Every open dossier that never had one gets one, so that nobody need ask for it. Returns how many."""
    given = DossierAddress.objects.values("company")
    without = Company.objects.filter(archived_at__isnull=True).exclude(pk__in=given)
    companies = list(without.select_for_update(of=("self",))[:500])
    for company in companies:
        _give(company, by_id=None, at=at)
    return len(companies)


def _give(company: Company, *, by_id: UUID | None, at: datetime) -> None:
    pk = new_id()
    DossierAddress.objects.create(
        pk=pk, office_id=company.office_id, company=company, digest=digest_of(token_of(pk)), made_at=at
    )
    record(
        Verb.DOSSIER_ADDRESS_CHANGED,
        pk,
        office_id=company.office_id,
        company_id=company.pk,
        by_id=by_id,
        at=at,
    )
