"""Naming the columns of a CSV on its page, and by the API."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from comptoir.ledger.models import BankAccount, ImportedFile, ImportState, Payment
from tests.ledger.test_columns import NAMED, NOVEMBER, OCTOBER, OURS

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

    from comptoir.people.models import Company, Membership


@pytest.fixture(autouse=True)
def _kept_apart(settings: Any, tmp_path: Any) -> None:
    settings.FILES = tmp_path


@pytest.fixture
def desk(browser_of: Callable[[Membership], Client], accountant: Membership) -> Client:
    return browser_of(accountant)


def drop(browser: Client, company: Company, data: bytes) -> str:
    sent = {"files": [SimpleUploadedFile("export.csv", data)]}
    answer = browser.post(f"/desk/companies/{company.pk}/imports", sent, headers={"X-Fragment": "import"})
    return answer.content.decode()


def test_a_file_that_waits_leads_to_its_columns(desk: Client, bakery: Company) -> None:
    row = drop(desk, bakery, OCTOBER)
    file = ImportedFile.objects.get()
    assert f'href="/desk/imports/{file.pk}/columns"' in row
    page = desk.get(f"/desk/imports/{file.pk}/columns").content.decode()
    assert '<option value="Combien">Combien</option>' in page
    assert "Papeterie du Coin" in page
    assert "Illisible" not in row


def test_named_on_the_page_it_is_read_and_so_is_the_next(desk: Client, bakery: Company) -> None:
    drop(desk, bakery, OCTOBER)
    file = ImportedFile.objects.get()
    answer = desk.post(f"/desk/imports/{file.pk}/columns", {**NAMED, "iban": OURS})
    assert (answer.status_code, answer["Location"]) == (
        302,
        f"/desk/companies/{bakery.pk}/accounts#import-{file.pk}",
    )
    assert (Payment.objects.count(), BankAccount.objects.get().number) == (2, OURS)
    assert "1 paiement" in drop(desk, bakery, NOVEMBER)
    assert desk.get(f"/desk/imports/{file.pk}/columns").status_code == 302  # nothing more to name
    assert desk.post(f"/desk/imports/{file.pk}/columns", NAMED).status_code == 404


def test_what_is_missing_or_wrong_stands_beside_it(desk: Client, bakery: Company) -> None:
    drop(desk, bakery, OCTOBER)
    where = f"/desk/imports/{ImportedFile.objects.get().pk}/columns"
    nothing = desk.post(where, {"party": "Qui"})
    assert nothing.status_code == 422
    assert "quelle colonne contient la date" in nothing.content.decode()
    wrong = desk.post(where, {"date": "Qui", "amount": "Combien"})
    assert wrong.status_code == 422
    assert "Ligne 3\N{NO-BREAK SPACE}: « Papeterie du Coin" in wrong.content.decode()
    assert '<option value="Qui" selected>' in wrong.content.decode()
    assert ImportedFile.objects.get().state == ImportState.COLUMNS
