"""Dossiers: opened, changed, archived and taken up again, by an administrator of the office."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from comptoir.activity.record import record
from comptoir.activity.verbs import Verb
from comptoir.core.errors import Invalid, NotFound
from comptoir.core.text import clean_line
from comptoir.people.enterprise_number import enterprise_number as checked_number
from comptoir.people.gate import require_administrator
from comptoir.people.models import Company, Group, Language, Membership, VatRegime
from comptoir.people.profiles import may_write_to_clients

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

NAME_CHARACTERS = 120
FIELDS = ["name", "enterprise_number", "vat_regime", "language", "manager", "group"]


@transaction.atomic
def open_company(
    name: str,
    *,
    by: Membership,
    at: datetime,
    enterprise_number: str,
    vat_regime: str = VatRegime.QUARTERLY,
    language: str = Language.FRENCH,
    manager_id: UUID | None = None,
    group_id: UUID | None = None,
) -> Company:
    """A new dossier. Its number is Belgian, correct, and stands once in the office."""
    require_administrator(by)
    company = Company(office_id=by.office_id, created_at=at)
    _fill(
        company,
        name=name,
        enterprise_number=enterprise_number,
        vat_regime=vat_regime,
        language=language,
        manager_id=manager_id,
        group_id=group_id,
    )
    company.save(force_insert=True)
    record_company(Verb.COMPANY_OPENED, company, by=by, at=at, name=company.name)
    return company


@transaction.atomic
def change_company(
    company_id: UUID,
    *,
    by: Membership,
    at: datetime,
    name: str,
    enterprise_number: str,
    vat_regime: str,
    language: str,
    manager_id: UUID | None,
    group_id: UUID | None,
) -> Company:
    """Replace what is known of a dossier. Who holds it decides who of the staff sees it from now on."""
    company = _locked(company_id, by=by)
    before = facts_of(company)
    _fill(
        company,
        name=name,
        enterprise_number=enterprise_number,
        vat_regime=vat_regime,
        language=language,
        manager_id=manager_id,
        group_id=group_id,
    )
    keep_company(company, before, by=by, at=at)
    return company


@transaction.atomic
def archive_company(company_id: UUID, *, by: Membership, at: datetime) -> Company:
    """Close the dossier: its people have no access any more, the office reads on. Twice changes nothing."""
    company = _locked(company_id, by=by)
    if company.archived_at is None:
        company.archived_at = at
        company.save(update_fields=["archived_at"])
        # Named one by one, so that what follows can end their open streams.
        members = [str(pk) for pk in Membership.objects.clients_of(company).values_list("pk", flat=True)]
        record_company(Verb.COMPANY_ARCHIVED, company, by=by, at=at, name=company.name, members=members)
    return company


@transaction.atomic
def restore_company(company_id: UUID, *, by: Membership, at: datetime) -> Company:
    """Take an archived dossier up again, with the people that it had."""
    company = _locked(company_id, by=by)
    if company.archived_at is not None:
        company.archived_at = None
        company.save(update_fields=["archived_at"])
        record_company(Verb.COMPANY_CHANGED, company, by=by, at=at, name=company.name, restored=True)
    return company


def _locked(company_id: UUID, *, by: Membership) -> Company:
    company = Company.objects.visible_to(by).select_for_update(of=("self",)).filter(pk=company_id).first()
    if company is None:
        raise NotFound
    require_administrator(by)
    return company


# ── What a dossier is ────────────────────────────────────────────────────
def _fill(
    company: Company,
    *,
    name: str,
    enterprise_number: str,
    vat_regime: str,
    language: str,
    manager_id: UUID | None,
    group_id: UUID | None,
) -> None:
    company.name = clean_line(name)[:NAME_CHARACTERS]
    if not company.name:
        raise Invalid(_("Please give the company’s name."), field="name")
    company.enterprise_number = _free_number(enterprise_number, company)
    company.vat_regime = _one_of(VatRegime, vat_regime, field="vat_regime")
    company.language = _one_of(Language, language, field="language")
    company.manager = _manager(manager_id, office_id=company.office_id)
    company.group = _group(group_id, office_id=company.office_id)


def _free_number(text: str, company: Company) -> str:
    number = checked_number(text)
    if number is None:
        raise Invalid(
            _("This is not a Belgian enterprise number: its check digits do not fit."),
            field="enterprise_number",
        )
    taken = Company.objects.filter(office=company.office_id, enterprise_number=number).exclude(pk=company.pk)
    if taken.exists():
        raise Invalid(_("There is a dossier with this number already."), field="enterprise_number")
    return number


def _one_of(choices: type[VatRegime | Language], value: str, *, field: str) -> str:
    if value not in choices.values:
        raise Invalid(_("Choose one of the list."), field=field)
    return value


def _manager(manager_id: UUID | None, *, office_id: UUID) -> Membership | None:
    """One of the staff who may write to clients: a dossier's manager answers them."""
    if manager_id is None:
        return None
    staff = Membership.objects.active().filter(pk=manager_id, office=office_id, company__isnull=True).first()
    if staff is None or not may_write_to_clients(staff.profile):
        raise Invalid(_("The manager must be an accountant or administrator of the office."), field="manager")
    return staff


def _group(group_id: UUID | None, *, office_id: UUID) -> Group | None:
    if group_id is None:
        return None
    group = Group.objects.filter(pk=group_id, office=office_id).first()
    if group is None:
        raise Invalid(_("Choose one of the list."), field="group")
    return group


# ── History ──────────────────────────────────────────────────────────────
def facts_of(company: Company) -> dict[str, str]:
    values = {
        "name": company.name,
        "enterprise_number": company.enterprise_number,
        "vat_regime": company.vat_regime,
        "language": company.language,
        "manager": company.manager_id,
        "group": company.group_id,
    }
    return {name: str(value or "") for name, value in values.items()}


def keep_company(company: Company, before: dict[str, str], *, by: Membership, at: datetime) -> bool:
    """Save and record what differs from `before`; False where nothing does."""
    changes = {
        name: [before[name], value] for name, value in facts_of(company).items() if value != before[name]
    }
    if changes:
        company.save(update_fields=FIELDS)
        record_company(Verb.COMPANY_CHANGED, company, by=by, at=at, name=company.name, changes=changes)
    return bool(changes)


def record_company(verb: Verb, company: Company, *, by: Membership, at: datetime, **facts: Any) -> None:
    record(verb, company.pk, office_id=company.office_id, company_id=company.pk, by_id=by.pk, at=at, **facts)
