"""`bin/comptoir import DOSSIER FILE…`."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from comptoir.ledger.models import Invoice, Payment
from tests.ledger.samples import belgian_ubl, coda_file

if TYPE_CHECKING:
    from pathlib import Path

    from comptoir.people.models import Company, Membership


TALMONT = "Fiduciaire Talmont"  # another office of the cast has the same dossier


@pytest.fixture(autouse=True)
def _kept_apart(settings: Any, tmp_path: Path) -> None:
    settings.FILES = tmp_path / "files"


def typed(*arguments: str, office: str | None = TALMONT, **options: Any) -> tuple[str, str]:
    out, err = io.StringIO(), io.StringIO()
    call_command("import_files", *arguments, office=office, stdout=out, stderr=err, no_color=True, **options)
    return out.getvalue(), err.getvalue()


def written(folder: Path, **files: bytes) -> list[str]:
    for name, data in files.items():
        (folder / name).write_bytes(data)
    return [str(folder / name) for name in files]


def test_each_file_is_told_and_the_second_time_changes_nothing(bakery: Company, tmp_path: Path) -> None:
    files = written(
        tmp_path,
        invoice=belgian_ubl(buyer=bakery.enterprise_number),
        statement=coda_file(movements=((1000, "Merci", "X"),)),
    )
    out, err = typed(bakery.number_shown, *files)
    assert out.splitlines() == [
        f"{files[0]}: ubl, 1 invoices, 0 payments",
        f"{files[1]}: coda, 0 invoices, 1 payments",
    ]
    assert err == ""
    out, _err = typed(bakery.number_shown, *files)
    assert [line.endswith("(was here already)") for line in out.splitlines()] == [True, True]
    assert (Invoice.objects.count(), Payment.objects.count()) == (1, 1)


def test_one_bad_file_stops_no_other_and_ends_with_1(
    bakery: Company, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    good = belgian_ubl(buyer=bakery.enterprise_number)
    files = written(tmp_path, bad=good.replace(b">121.00<", b">1.2.1<"), good=good)
    err = io.StringIO()
    with pytest.raises(SystemExit) as ended:
        call_command(
            "import_files",
            bakery.enterprise_number,
            *files,
            str(tmp_path / "missing"),
            office=TALMONT,
            stdout=io.StringIO(),
            stderr=err,
            no_color=True,
        )
    assert ended.value.code == 1
    assert "bad: line 33: “1.2.1” is no amount." in err.getvalue()
    assert "missing" in err.getvalue()
    assert Invoice.objects.count() == 1


def test_a_csv_by_its_headings(bakery: Company, tmp_path: Path) -> None:
    file = tmp_path / "x.csv"
    file.write_bytes(b"Wann;Wieviel;Was\n21/11/2026;-12,50;Strom\n")
    with pytest.raises(SystemExit):
        typed(bakery.enterprise_number, str(file))
    typed(
        bakery.enterprise_number,
        str(file),
        column=["date=Wann", "amount=Wieviel", "text=Was"],
        account="BE71 0961 2345 6769",
    )
    payment = Payment.objects.get()
    assert (payment.text, payment.account.number) == ("Strom", "BE71096123456769")


def test_a_dossier_of_two_offices_is_chosen_by_name(
    bakery: Company, outsider: Membership, tmp_path: Path
) -> None:
    (file,) = written(tmp_path, f=belgian_ubl(buyer=bakery.enterprise_number))
    with pytest.raises(CommandError, match="--office"):
        typed(bakery.enterprise_number, file, office=None)
    typed(bakery.enterprise_number, file, office=outsider.office.name)
    assert Invoice.objects.get().office_id == outsider.office_id


@pytest.mark.parametrize("number", ["0403.170.702", "0403.170.701", "x"])
def test_an_unknown_dossier(db: None, number: str, tmp_path: Path) -> None:
    with pytest.raises(CommandError):
        typed(number, *written(tmp_path, f=b"x"), office=None)
