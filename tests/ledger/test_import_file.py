"""Files brought into a dossier: kept, read, taken once, and told apart by whose number is on them."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from comptoir.activity.models import Event
from comptoir.activity.verbs import Verb
from comptoir.core.errors import NotAllowed, NotFound
from comptoir.files import disk
from comptoir.files.checks import IsAProgram
from comptoir.files.keeping import content_of
from comptoir.files.models import KeptFile
from comptoir.files.sweep import sweep_unclaimed
from comptoir.ledger.actions.imports import import_file
from comptoir.ledger.models import (
    BankAccount,
    Direction,
    ImportedFile,
    ImportState,
    Invoice,
    InvoiceFile,
    Payment,
    Source,
    Statement,
)
from comptoir.ledger.refusals import DossierArchived
from comptoir.people.actions.companies import archive_company
from tests.ledger.samples import belgian_ubl, coda_file, sample
from tests.world import NOW

if TYPE_CHECKING:
    from typing import Any

    from comptoir.ledger.actions.imports import Brought
    from comptoir.people.models import Company, Membership


def bring(company: Company, by: Membership | None, data: bytes, name: str = "f.xml", **more: Any) -> Brought:
    return import_file(company.pk, by=by, at=NOW, name=name, data=data, source=Source.PAGE, **more)


def ubl(company: Company, **more: str) -> bytes:
    return belgian_ubl(buyer=company.enterprise_number, **more)


def test_a_purchase(bakery: Company, accountant: Membership) -> None:
    brought = bring(bakery, accountant, ubl(bakery), "facture.xml")
    file = brought.file
    assert (brought.is_new, file.state, file.kind, file.invoice_count) == (True, ImportState.READ, "ubl", 1)
    assert (file.file.name, content_of(file.file)) == ("facture.xml", ubl(bakery))
    invoice = Invoice.objects.get()
    assert (invoice.direction, invoice.party, invoice.party_number) == (
        Direction.PURCHASE,
        "Moulins de la Senne SA",
        "0403170701",
    )
    assert (invoice.gross, invoice.open, invoice.settlement) == (Decimal(121), Decimal(121), "unpaid")
    assert invoice.content["lines"][0]["name"] == "Farine T65"
    assert [event.verb for event in Event.objects.filter(subject_id=file.pk).order_by("id")] == [
        Verb.FILE_BROUGHT,
        Verb.FILE_IMPORTED,
    ]


def test_a_sale_and_an_invoice_of_somebody_else(bakery: Company, accountant: Membership) -> None:
    bring(bakery, accountant, belgian_ubl(seller=bakery.enterprise_number, buyer="0403170701"))
    bring(bakery, accountant, belgian_ubl(number="9", buyer="0417497106"))
    found = {one.number: one for one in Invoice.objects.all()}
    assert {number: one.direction for number, one in found.items()} == {"2026/118": "sale", "9": "other"}
    assert [one["code"] for one in found["9"].findings] == ["other_party"]


def test_the_same_content_is_taken_once_whatever_it_is_called(
    bakery: Company, accountant: Membership
) -> None:
    first = bring(bakery, accountant, ubl(bakery), "a.xml")
    again = bring(bakery, accountant, ubl(bakery), "b.xml")
    assert (again.is_new, again.file.pk) == (False, first.file.pk)
    assert (ImportedFile.objects.count(), KeptFile.objects.count(), Invoice.objects.count()) == (1, 1, 1)


def test_the_same_invoice_in_another_file_stays_as_it_is(bakery: Company, accountant: Membership) -> None:
    bring(bakery, accountant, ubl(bakery))
    file = bring(bakery, accountant, ubl(bakery) + b"\n").file
    assert (file.state, file.invoice_count) == (ImportState.READ, 0)
    assert [one["code"] for one in file.findings] == ["invoice_known"]
    assert Invoice.objects.count() == 1


def test_two_dossiers_each_take_the_same_file(bakery: Company, garage: Company, admin: Membership) -> None:
    data = belgian_ubl(seller=bakery.enterprise_number, buyer=garage.enterprise_number)
    bring(bakery, admin, data)
    bring(garage, admin, data)
    assert set(Invoice.objects.values_list("company", "direction")) == {
        (bakery.pk, "sale"),
        (garage.pk, "purchase"),
    }


def test_what_cannot_be_read_is_kept_with_reason_and_line(bakery: Company, accountant: Membership) -> None:
    data = sample("camt053/bankstatementparser/camt053_garbled_amount.xml")
    file = bring(bakery, accountant, data, "camt.xml").file
    assert (file.state, file.invoice_count, file.payment_count) == (ImportState.UNREADABLE, 0, 0)
    (why,) = file.findings
    assert (why["code"], why["line"]) == ("bad_amount", 17)
    assert content_of(file.file) == data
    assert Statement.objects.count() == Payment.objects.count() == 0
    assert Event.objects.filter(subject_id=file.pk, verb=Verb.FILE_UNREADABLE).count() == 1


def test_an_amount_too_large_leaves_no_row(bakery: Company, accountant: Membership) -> None:
    file = bring(bakery, accountant, ubl(bakery, gross="1000000000000.00")).file
    assert (file.state, file.findings[0]["code"]) == (ImportState.UNREADABLE, "bad_amount")
    assert Invoice.objects.count() == 0


def test_a_factur_x_is_its_own_picture(bakery: Company, accountant: Membership) -> None:
    file = bring(bakery, accountant, sample("facturx/mustang/Facture_F20180027.pdf"), "f.pdf").file
    assert file.state == ImportState.READ
    assert InvoiceFile.objects.get().file_id == file.file_id


def test_statements_and_payments(bakery: Company, accountant: Membership) -> None:
    data = coda_file(
        movements=((-121_000, "090933755493", "MOULINS DE LA SENNE"), (50_000, "Merci", "M. DURAND"))
    )
    file = bring(bakery, accountant, data, "x.cod").file
    assert (file.state, file.payment_count) == (ImportState.READ, 2)
    statement = Statement.objects.get()
    assert (statement.opening, statement.closing, statement.closed_on) == (
        Decimal(1000),
        Decimal(929),
        date(2026, 11, 21),
    )
    first, second = Payment.objects.order_by("place")
    assert (first.amount, first.structured, first.party) == (
        Decimal(-121),
        "090933755493",
        "MOULINS DE LA SENNE",
    )
    assert (second.amount, second.text) == (Decimal(50), "Merci")
    assert BankAccount.objects.get().number == "BE71096123456769"


def test_a_movement_that_a_csv_told_of_moves_into_its_statement(
    bakery: Company, accountant: Membership
) -> None:
    csv = b"Date;Montant;Communication;Compte\n21/11/2026;50,00;Merci;BE71096123456769\n"
    bring(bakery, accountant, csv, "x.csv")
    payment = Payment.objects.get()
    Payment.objects.update(party_iban="BE32123456789002")  # what the CSV did not tell
    bring(bakery, accountant, coda_file(movements=((50_000, "Merci", "M. DURAND"),)), "x.cod")
    assert Payment.objects.get().pk == payment.pk
    assert Payment.objects.get().statement.is_whole


@pytest.mark.parametrize(
    ("who", "refusal"), [("sophie", NotAllowed), ("other", NotFound), ("outsider", NotFound)]
)
def test_only_the_staff_of_the_dossier_brings_files(
    bakery: Company, request: pytest.FixtureRequest, who: str, refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        bring(bakery, request.getfixturevalue(who), ubl(bakery))
    assert KeptFile.objects.count() == 0


def test_an_archived_dossier_takes_nothing(bakery: Company, admin: Membership) -> None:
    archive_company(bakery.pk, by=admin, at=NOW)
    with pytest.raises(DossierArchived):
        bring(bakery, admin, ubl(bakery))


def test_a_program_is_not_kept(bakery: Company, admin: Membership) -> None:
    with pytest.raises(IsAProgram):
        bring(bakery, admin, b"\x7fELF\x02\x01\x01" + bytes(100), "f.xml")
    assert KeptFile.objects.count() == 0


def test_the_sweep_leaves_what_was_imported(bakery: Company, admin: Membership) -> None:
    file = bring(bakery, admin, ubl(bakery)).file.file
    sweep_unclaimed(at=NOW + timedelta(days=3650))
    assert disk.path_of(file.key).exists()


def test_the_operator_brings_files_without_a_member(bakery: Company) -> None:
    file = bring(bakery, None, ubl(bakery)).file
    assert (file.brought_by, Event.objects.filter(subject_id=file.pk, by_id__isnull=True).count()) == (
        None,
        2,
    )
