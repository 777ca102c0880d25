from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from comptoir.activity.models import Event
from comptoir.activity.verbs import Verb
from comptoir.core.errors import NotAllowed
from comptoir.people.actions.company_import import import_companies, import_preview
from comptoir.people.company_import import Reason
from comptoir.people.enterprise_number import check_digits
from comptoir.people.models import Company

if TYPE_CHECKING:
    from datetime import datetime

    from comptoir.people.models import Membership, Office

NEW = check_digits("04420915")
FILE = (
    "Nom;Numéro;Régime TVA;Gestionnaire\n".replace("Numéro", "Numéro d'entreprise")
    + f"Moulin de Statte SA;{NEW};mensuel;accountant@demo.example\n"
    + "Pain et Levain;0712.458.367;trimestriel;Julien Moreau\n"
    + "Sans numéro;;;\n"
).encode()


def numbers(office: Office) -> set[str]:
    return set(Company.objects.filter(office=office).values_list("enterprise_number", flat=True))


def test_the_preview_writes_nothing(admin: Membership, office: Office) -> None:
    before, events = numbers(office), Event.objects.count()
    preview = import_preview(FILE, by=admin)
    assert [line.name for line in preview.new] == ["Moulin de Statte SA"]
    assert [line.name for line in preview.known] == ["Pain et Levain"]
    assert [(problem.row, problem.reason) for problem in preview.problems] == [(4, Reason.BAD_NUMBER)]
    assert (numbers(office), Event.objects.count()) == (before, events)


def test_good_rows_go_in_and_known_ones_stay_as_they_are(
    admin: Membership, accountant: Membership, bakery: Company, now: datetime
) -> None:
    imported = import_companies(FILE, by=admin, at=now)
    (opened,) = imported.opened
    assert (opened.enterprise_number, opened.vat_regime, opened.manager_id) == (NEW, "monthly", accountant.pk)
    assert [company.pk for company in imported.unchanged] == [bakery.pk]
    assert len(imported.problems) == 1
    assert Company.objects.get(pk=bakery.pk).name == bakery.name
    assert Event.objects.get(verb=Verb.COMPANY_OPENED, subject_id=opened.pk).facts["imported"] is True


def test_the_same_file_again_changes_nothing(admin: Membership, office: Office, now: datetime) -> None:
    import_companies(FILE, by=admin, at=now, update_known=True)
    before, events = numbers(office), Event.objects.count()
    again = import_companies(FILE, by=admin, at=now, update_known=True)
    assert (again.opened, again.updated, len(again.unchanged)) == ([], [], 2)
    assert (numbers(office), Event.objects.count()) == (before, events)


def test_known_dossiers_are_updated_where_asked_and_empty_cells_change_nothing(
    admin: Membership, colleague: Membership, bakery: Company, now: datetime
) -> None:
    import_companies(FILE, by=admin, at=now, update_known=True)
    stored = Company.objects.get(pk=bakery.pk)
    assert (stored.name, stored.vat_regime, stored.manager_id) == (
        "Pain et Levain",
        "quarterly",
        colleague.pk,
    )
    assert (stored.language, stored.group_id) == (bakery.language, bakery.group_id)
    thin = "Nom;BCE;Régime;Gestionnaire\nPain et Levain;0712458367;;\n".encode()
    assert import_companies(thin, by=admin, at=now, update_known=True).updated == []


def test_another_offices_staff_and_numbers_are_unknown(
    admin: Membership, elsewhere: Company, now: datetime
) -> None:
    data = f"Nom;BCE;Gestionnaire\nMoulin;{NEW};outsider@demo.example\n".encode()
    preview = import_preview(data, by=admin)
    assert [problem.reason for problem in preview.problems] == [Reason.UNKNOWN_MANAGER]


@pytest.mark.parametrize("who", ["accountant", "assistant", "sophie"])
def test_only_an_administrator_imports(who: str, now: datetime, request: pytest.FixtureRequest) -> None:
    with pytest.raises(NotAllowed):
        import_companies(FILE, by=request.getfixturevalue(who), at=now)
