"""An office's list of clients, taken in at once: what is good goes in, what is not is named."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.db import transaction

from comptoir.activity.verbs import Verb
from comptoir.people.actions.companies import facts_of, keep_company, record_company
from comptoir.people.company_import import Colleague, preview_of
from comptoir.people.gate import require_administrator
from comptoir.people.models import Company, Language, Membership, Office, VatRegime
from comptoir.people.profiles import may_write_to_clients

if TYPE_CHECKING:
    from datetime import datetime

    from comptoir.people.company_import import Line, Preview, Problem


@dataclass
class Imported:
    opened: list[Company] = field(default_factory=list)
    updated: list[Company] = field(default_factory=list)
    unchanged: list[Company] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def import_preview(data: bytes, *, by: Membership) -> Preview:
    """What `import_companies` would do with this file now. Changes nothing."""
    require_administrator(by)
    numbers = Company.objects.filter(office=by.office_id).values_list("enterprise_number", flat=True)
    staff = (
        Membership.objects.active().filter(office=by.office_id, company__isnull=True).select_related("person")
    )
    colleagues = [
        Colleague(id=one.pk, name=one.person.name, email=one.person.email)
        for one in staff
        if may_write_to_clients(one.profile)
    ]
    return preview_of(data, known_numbers=set(numbers), colleagues=colleagues)


@transaction.atomic
def import_companies(data: bytes, *, by: Membership, at: datetime, update_known: bool = False) -> Imported:
    """Open a dossier for every good row with a new number. Known numbers stay as they are, or are updated.

    The same file again therefore changes nothing.
    """
    require_administrator(by)
    Office.objects.select_for_update().get(pk=by.office_id)  # two imports at once: one after the other
    preview = import_preview(data, by=by)
    imported = Imported(problems=preview.problems)
    for line in preview.new:
        imported.opened.append(_opened(line, by=by, at=at))
    numbers = [line.enterprise_number for line in preview.known]
    known = Company.objects.filter(office=by.office_id, enterprise_number__in=numbers)
    companies = {company.enterprise_number: company for company in known}
    for line in preview.known:
        company = companies[line.enterprise_number]
        is_updated = update_known and _updated(company, line, by=by, at=at)
        (imported.updated if is_updated else imported.unchanged).append(company)
    return imported


def _opened(line: Line, *, by: Membership, at: datetime) -> Company:
    company = Company.objects.create(
        office_id=by.office_id,
        name=line.name,
        enterprise_number=line.enterprise_number,
        vat_regime=line.vat_regime or VatRegime.QUARTERLY,
        language=line.language or Language.FRENCH,
        manager_id=line.manager_id,
        created_at=at,
    )
    record_company(Verb.COMPANY_OPENED, company, by=by, at=at, name=company.name, imported=True)
    return company


def _updated(company: Company, line: Line, *, by: Membership, at: datetime) -> bool:
    """A cell that is empty, or a column that the file lacks, leaves what the office knows."""
    before = facts_of(company)
    company.name = line.name
    company.vat_regime = line.vat_regime or company.vat_regime
    company.language = line.language or company.language
    company.manager_id = line.manager_id or company.manager_id
    return keep_company(company, before, by=by, at=at)
