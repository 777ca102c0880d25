from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from comptoir.activity.models import Event
from comptoir.activity.verbs import Verb
from comptoir.core.errors import Invalid, NotAllowed, NotFound
from comptoir.people.actions.companies import (
    archive_company,
    change_company,
    open_company,
    restore_company,
)
from comptoir.people.enterprise_number import check_digits
from comptoir.people.models import Company
from comptoir.people.queries import memberships_of

if TYPE_CHECKING:
    from datetime import datetime

    from comptoir.people.models import Group, Membership

NUMBER = check_digits("04420915")
GOOD = {"enterprise_number": NUMBER, "vat_regime": "monthly", "language": "nl"}


def events(verb: Verb, subject: Company) -> list[Event]:
    return list(Event.objects.filter(verb=verb, subject_id=subject.pk))


def test_opens_a_dossier(admin: Membership, accountant: Membership, group: Group, now: datetime) -> None:
    company = open_company(
        "  Moulin de Statte SA ", by=admin, at=now, manager_id=accountant.pk, group_id=group.pk, **GOOD
    )
    stored = Company.objects.get(pk=company.pk)
    assert (stored.name, stored.enterprise_number, stored.vat_regime, stored.language) == (
        "Moulin de Statte SA", NUMBER, "monthly", "nl",
    )  # fmt: skip
    assert (stored.office_id, stored.manager_id, stored.group_id) == (
        admin.office_id,
        accountant.pk,
        group.pk,
    )
    (event,) = events(Verb.COMPANY_OPENED, company)
    assert (event.office_id, event.company_id, event.by_id, event.at) == (
        admin.office_id,
        company.pk,
        admin.pk,
        now,
    )


@pytest.mark.parametrize(
    ("field", "change"),
    [
        ("name", {"name": "\u200b "}),
        ("enterprise_number", {"enterprise_number": "0442091555"}),
        ("enterprise_number", {"enterprise_number": ""}),
        ("vat_regime", {"vat_regime": "weekly"}),
        ("language", {"language": "it"}),
    ],
)
def test_refuses_what_is_not_right_and_names_the_field(
    field: str, change: dict[str, str], admin: Membership, now: datetime
) -> None:
    values = {"name": "Moulin", **GOOD, **change}
    with pytest.raises(Invalid) as refused:
        open_company(values.pop("name"), by=admin, at=now, **values)
    assert refused.value.field == field


def test_a_number_stands_once_in_an_office_but_may_stand_in_another(
    admin: Membership, bakery: Company, elsewhere: Company, now: datetime
) -> None:
    assert bakery.enterprise_number == elsewhere.enterprise_number
    with pytest.raises(Invalid):
        open_company("Encore", by=admin, at=now, enterprise_number="BE 0712.458.367")


@pytest.mark.parametrize("who", ["assistant", "sophie", "outsider"])
def test_the_manager_is_an_accountant_of_the_office(
    who: str, admin: Membership, now: datetime, request: pytest.FixtureRequest
) -> None:
    with pytest.raises(Invalid) as refused:
        open_company("Moulin", by=admin, at=now, manager_id=request.getfixturevalue(who).pk, **GOOD)
    assert refused.value.field == "manager"


@pytest.mark.parametrize("who", ["accountant", "assistant", "sophie"])
def test_only_an_administrator_opens_changes_and_archives(
    who: str, bakery: Company, now: datetime, request: pytest.FixtureRequest
) -> None:
    member = request.getfixturevalue(who)
    with pytest.raises(NotAllowed):
        open_company("Moulin", by=member, at=now, **GOOD)
    with pytest.raises(NotAllowed):
        archive_company(bakery.pk, by=member, at=now)
    with pytest.raises(NotAllowed):
        change_company(bakery.pk, by=member, at=now, name="X", manager_id=None, group_id=None, **GOOD)


def test_another_offices_dossier_is_not_there(outsider: Membership, bakery: Company, now: datetime) -> None:
    for act in (archive_company, restore_company):
        with pytest.raises(NotFound):
            act(bakery.pk, by=outsider, at=now)
    with pytest.raises(NotFound):
        change_company(bakery.pk, by=outsider, at=now, name="X", manager_id=None, group_id=None, **GOOD)


def test_changes_are_recorded_before_and_after(
    admin: Membership, bakery: Company, colleague: Membership, now: datetime
) -> None:
    before = str(bakery.manager_id)
    values = {"name": bakery.name, "enterprise_number": bakery.enterprise_number, "vat_regime": "quarterly",
              "language": "fr", "manager_id": colleague.pk, "group_id": bakery.group_id}  # fmt: skip
    change_company(bakery.pk, by=admin, at=now, **values)
    change_company(bakery.pk, by=admin, at=now, **values)  # the same again changes nothing
    (event,) = events(Verb.COMPANY_CHANGED, bakery)
    assert event.facts["changes"] == {
        "vat_regime": ["monthly", "quarterly"],
        "manager": [before, str(colleague.pk)],
    }
    assert Company.objects.visible_to(colleague).filter(pk=bakery.pk).exists()


def test_an_archived_dossier_shuts_its_people_out_until_it_is_taken_up_again(
    admin: Membership, sophie: Membership, bakery: Company, now: datetime
) -> None:
    assert memberships_of(sophie.person).exists()
    archive_company(bakery.pk, by=admin, at=now)
    archive_company(bakery.pk, by=admin, at=now)
    assert not memberships_of(sophie.person).exists()
    assert len(events(Verb.COMPANY_ARCHIVED, bakery)) == 1
    restore_company(bakery.pk, by=admin, at=now)
    assert memberships_of(sophie.person).exists()
    assert Company.objects.get(pk=bakery.pk).archived_at is None
