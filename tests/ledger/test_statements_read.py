"""What is read of a statement, in each format, and what does not add up."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from comptoir.ledger.bank_csv import Columns, read_csv
from comptoir.ledger.reading import read
from comptoir.ledger.records import Code, StatementRead, Unreadable
from tests.ledger.samples import coda_file, sample


def only(data: bytes, name: str = "x") -> StatementRead:
    (found,) = read(data, name).statements
    return found


PAID = (-121_000, "090933755493", "Moulins de la Senne SA")
TAKEN = (50_500, "Merci pour le pain", "Marie Peeters")


def test_a_coda() -> None:
    found = only(coda_file(movements=(PAID, TAKEN)))
    assert (found.account, found.currency, found.number) == ("BE71096123456769", "EUR", "001")
    assert (found.opened_on, found.closed_on) == (date(2026, 11, 20), date(2026, 11, 21))
    assert (found.opening, found.closing) == (Decimal(1000), Decimal("929.500"))
    first, second = found.movements
    assert (first.amount, first.structured, first.party) == (
        Decimal(-121),
        "090933755493",
        "Moulins de la Senne SA",
    )
    assert (first.party_iban, first.booked_on) == ("BE32123456789002", date(2026, 11, 21))
    assert (second.amount, second.text, second.structured) == (Decimal("50.5"), "Merci pour le pain", "")
    assert found.warnings == ()


def test_a_coda_whose_balance_does_not_add_up() -> None:
    (doubt,) = only(coda_file(movements=(PAID,), shift=1000)).warnings
    assert doubt.code == Code.BALANCE
    assert dict(doubt.params)["closing"] == "880"


@pytest.mark.parametrize(
    ("change", "code", "line"),
    [
        ((b"1000000000121000", b"10000000001X1000"), Code.BAD_AMOUNT, 3),
        ((b"211126", b"311126"), Code.BAD_DATE, 3),
        ((b"\r\n9", b"\r\n7"), Code.BAD_RECORD, 7),
    ],
)
def test_a_coda_that_cannot_be_read(change: tuple[bytes, bytes], code: Code, line: int) -> None:
    data = coda_file(movements=(PAID,))
    assert change[0] in data
    with pytest.raises(Unreadable) as refusal:
        read(data.replace(*change), "x.cod")
    assert (refusal.value.why.code, refusal.value.why.line) == (code, line)


def test_a_coda_that_ends_early() -> None:
    with pytest.raises(Unreadable) as refusal:
        read(coda_file(movements=(PAID,)).rpartition(b"\r\n")[0], "x.cod")
    assert refusal.value.why.code == Code.CUT_OFF


def test_details_of_a_sum_are_not_counted_twice() -> None:
    found = only(sample("coda/febelfin-coda/CODA.txt"))
    assert len(found.movements) == 59
    assert sum((one.amount for one in found.movements), Decimal(0)) == found.closing
    assert any(one.details for one in found.movements)


def test_camt_gives_party_and_reference() -> None:
    found = only(sample("camt053/genkgo/camt053.v8.xml"))
    assert (found.account, found.number) == ("NL26VAYB8060476890", "12312")
    assert found.movements[0].amount == Decimal("8.85")
    assert Code.BALANCE in {one.code for one in found.warnings}


def test_one_file_with_two_currencies_gives_two_statements() -> None:
    found = read(sample("camt053/bankstatementparser/camt053_multicurrency.xml"), "x.xml").statements
    assert [one.currency for one in found] == ["EUR", "USD"]


def test_mt940() -> None:
    found = read(sample("mt940/wolph/jejik__sns.sta"), "x.sta").statements[0]
    assert (found.account, found.number, found.opening, found.closing) == (
        "0123456789",
        "160/1",
        Decimal("1234.56"),
        Decimal("1209.56"),
    )
    assert [one.amount for one in found.movements] == [Decimal(-20), Decimal(-5)]
    assert found.warnings == ()


KBC = (
    "Rekeningnummer;Naam;Munt;Afschriftnummer;Datum;Omschrijving;Valuta;Bedrag;Saldo;Rekeningnummer tegenpartij;"
    "Naam tegenpartij;Gestructureerde mededeling;Vrije mededeling\r\n"
    "BE71 0961 2345 6769;DUPONT;EUR;02026118;12/11/2026;OVERSCHRIJVING;12/11/2026;-1.121,50;5.000,00;"
    "BE32 1234 5678 9002;MOULINS;***090/9337/55493***;\r\n"
    "BE71 0961 2345 6769;DUPONT;EUR;02026118;13/11/2026;ONTVANGST;13/11/2026;50,00;5.050,00;;;;bedankt\r\n"
)


def test_a_csv_with_headings_that_are_known() -> None:
    (found,) = read(KBC.encode("cp1252"), "kbc.csv").statements
    assert (found.account, found.number, found.currency) == ("BE71096123456769", "02026118", "EUR")
    assert [one.amount for one in found.movements] == [Decimal("-1121.50"), Decimal(50)]
    assert found.movements[0].structured == "090933755493"
    assert found.movements[1].text == "bedankt"


def test_a_csv_with_columns_that_somebody_named() -> None:
    content = "Quand,Combien,Qui\n2026-11-12,12.50,Marie\n2026-11-31,1,Personne\n,,\n"
    with pytest.raises(Unreadable) as refusal:
        read_csv(content)
    assert dict(refusal.value.why.params) == {"columns": "Quand, Combien, Qui"}
    (found,) = read_csv(content, columns=Columns(date="Quand", amount="Combien", party="Qui"), account="BE71")
    assert [(one.amount, one.party) for one in found.movements] == [(Decimal("12.5"), "Marie")]
    assert [(one.code, one.line) for one in found.warnings] == [
        (Code.LINE_SKIPPED, 3),
        (Code.NO_BALANCE, None),
    ]


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("1.234,56", "1234.56"),
        ("1,234.56", "1234.56"),
        ("1 234,5", "1234.5"),
        ("-12", "-12"),
        ("1.234.567,8", "1234567.8"),
    ],
)
def test_amounts_in_a_csv(written: str, meant: str) -> None:
    (found,) = read_csv(f'Date;Montant\n12/11/2026;"{written}"\n')
    assert found.movements[0].amount == Decimal(meant)
