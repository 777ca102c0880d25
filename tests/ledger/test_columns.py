"""A CSV whose headings tell nothing: it waits, somebody names its columns, and the next one is read by that."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from comptoir.ledger.actions.imports import import_file
from comptoir.ledger.models import BankAccount, ColumnNaming, ImportState, Payment, Source
from comptoir.ledger.naming import table_in
from tests.world import NOW

if TYPE_CHECKING:
    from comptoir.ledger.models import ImportedFile
    from comptoir.people.models import Company, Membership

HEAD = "Export du 12 novembre\nQuand;Combien;Qui;Pourquoi\n"
OCTOBER = f"{HEAD}12/10/2026;-12,50;Papeterie du Coin;Ticket 4\n13/10/2026;99,00;Client;Merci\n".encode()
NOVEMBER = f"{HEAD}02/11/2026;-8,00;Papeterie du Coin;Ticket 9\n".encode()
NAMED = {"date": "Quand", "amount": "Combien", "party": "Qui", "text": "Pourquoi"}
OURS = "BE71096123456769"


def bring(company: Company, data: bytes, by: Membership | None = None, **options: Any) -> ImportedFile:
    brought = import_file(
        company.pk, by=by, at=NOW, name="export.csv", data=data, source=Source.PAGE, options=options
    )
    return brought.file


def test_it_waits_for_names_rather_than_being_unreadable(bakery: Company) -> None:
    file = bring(bakery, OCTOBER)
    assert (file.state, Payment.objects.count()) == (ImportState.COLUMNS, 0)
    table = table_in(OCTOBER)
    assert table.headings == ("Quand", "Combien", "Qui", "Pourquoi")
    assert table.rows[0] == (3, ("12/10/2026", "-12,50", "Papeterie du Coin", "Ticket 4"))


@pytest.mark.parametrize("data", [b"hello, world\n", b"a;b\nc;d\n"])
def test_what_is_no_table_is_unreadable(bakery: Company, data: bytes) -> None:
    assert bring(bakery, data).state == ImportState.UNREADABLE


def test_named_it_is_read_and_the_next_one_by_itself(bakery: Company, accountant: Membership) -> None:
    file = bring(bakery, OCTOBER)
    again = bring(bakery, OCTOBER, by=accountant, columns=NAMED, account=OURS)
    assert (again.pk, again.state, again.payment_count) == (file.pk, ImportState.READ, 2)
    assert bring(bakery, NOVEMBER).state == ImportState.READ
    assert BankAccount.objects.get().number == OURS
    assert set(Payment.objects.values_list("amount", "party")) == {
        (Decimal("-12.50"), "Papeterie du Coin"),
        (Decimal("99.00"), "Client"),
        (Decimal("-8.00"), "Papeterie du Coin"),
    }
    assert ColumnNaming.objects.get().named_by == accountant


def test_another_dossier_of_the_office_takes_over_the_columns_but_not_the_account(
    bakery: Company, garage: Company, elsewhere: Company
) -> None:
    bring(bakery, OCTOBER, columns=NAMED, account=OURS)
    assert bring(garage, NOVEMBER).options == {"columns": NAMED}
    assert bring(elsewhere, NOVEMBER).state == ImportState.COLUMNS  # another office has said nothing


def test_named_wrongly_it_says_what_is_wrong_with_which_line(bakery: Company) -> None:
    bring(bakery, OCTOBER)
    wrong = bring(bakery, OCTOBER, columns={"date": "Qui", "amount": "Combien"})
    assert wrong.state == ImportState.COLUMNS
    (why,) = wrong.findings
    assert (why["code"], why["line"], why["params"]["value"]) == ("bad_date", 3, "Papeterie du Coin")
    assert ColumnNaming.objects.count() == 0
    assert bring(bakery, OCTOBER, columns=NAMED).state == ImportState.READ


def test_a_file_without_headings_loses_no_row(bakery: Company) -> None:
    data = b"12/10/2026;-12,50;Papeterie\n13/10/2026;99,00;Client\n"
    assert bring(bakery, data).state == ImportState.COLUMNS
    read = bring(bakery, data, columns={"date": "12/10/2026", "amount": "-12,50", "party": "Papeterie"})
    assert (read.state, read.payment_count) == (ImportState.READ, 2)
