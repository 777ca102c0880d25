"""The accounts by API: files brought, invoices, payments."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.api.conftest import PREFIX
from tests.api.description import check
from tests.ledger.samples import belgian_ubl, coda_file, sample

if TYPE_CHECKING:
    from comptoir.people.models import Company, Membership
    from tests.api.conftest import Api, Program


@pytest.fixture(autouse=True)
def _kept_apart(settings: Any, tmp_path: Any) -> None:
    settings.FILES = tmp_path


def bring(program: Program, company: Company, /, **files: bytes) -> list[dict[str, Any]]:
    path = f"/companies/{company.pk}/imports"
    sent = [SimpleUploadedFile(name, data) for name, data in files.items()]
    response = program.browser.post(PREFIX + path, {"files": sent}, headers=program.headers)
    check("POST", path, response)
    assert response.status_code == 201, response.content
    items: list[dict[str, Any]] = response.json()["items"]
    return items


def test_several_files_each_with_its_result(api_of: Api, accountant: Membership, bakery: Company) -> None:
    good = belgian_ubl(buyer=bakery.enterprise_number)
    program = api_of(accountant)
    items = bring(
        program, bakery, good=good, bad=good.replace(b">121.00<", b">1.2.1<"), program=b"\x7fELF" + bytes(60)
    )
    assert [(one["state"], one["invoices"]) for one in items] == [
        ("read", 1),
        ("unreadable", 0),
        ("refused", 0),
    ]
    assert items[1]["findings"] == [
        {"code": "bad_amount", "message": "« 1.2.1 » n’est pas un montant.", "line": 33}
    ]
    assert items[2]["findings"][0]["code"] == "file_is_a_program"
    (again,) = bring(program, bakery, other_name=good)
    assert (again["is_new"], again["id"]) == (False, items[0]["id"])
    listed = program.get(f"/companies/{bakery.pk}/imports").json()["items"]
    assert sorted(one["name"] for one in listed) == ["bad", "good"]


def test_an_invoice_with_its_file(
    api_of: Api, accountant: Membership, sophie: Membership, bakery: Company
) -> None:
    bring(api_of(accountant), bakery, f=sample("facturx/mustang/Facture_F20180027.pdf"))
    program = api_of(sophie)
    (row,) = program.get(f"/companies/{bakery.pk}/invoices").json()["items"]
    assert (row["number"], row["gross"], row["direction"], row["settlement"]) == (
        "F20180027",
        "110.00",
        "other",
        "unpaid",
    )
    whole = program.get(f"/invoices/{row['id']}").json()
    assert whole["content"]["lines"][0]["name"]
    answer = program.get(f"/invoice-files/{whole['files'][0]['id']}")
    assert answer.headers["Content-Type"] == "application/pdf"


def test_payments_and_finding_them(api_of: Api, accountant: Membership, bakery: Company) -> None:
    program = api_of(accountant)
    bring(
        program, bakery, f=coda_file(movements=((-1_234_500, "090933755493", "Moulins"), (7_000, "Été", "Y")))
    )
    path = f"/companies/{bakery.pk}/payments"
    first, second = program.get(path).json()["items"]
    assert (first["amount"], first["structured"], second["amount"]) == ("-1234.50", "090933755493", "7.00")
    for wanted, found in (("moul", 1), ("ete", 1), ("1.234,50", 1), ("0909337554", 1), ("rien", 0)):
        assert len(program.get(f"{path}?q={wanted}").json()["items"]) == found, wanted


def test_invoices_are_chosen(api_of: Api, accountant: Membership, bakery: Company) -> None:
    program, number = api_of(accountant), bakery.enterprise_number
    bring(program, bakery, a=belgian_ubl(number="P1", buyer=number))
    bring(program, bakery, b=belgian_ubl(number="S1", seller=number, buyer="0403170701"))
    for which, numbers in (("purchase", ["P1"]), ("sale", ["S1"]), ("unpaid", ["P1", "S1"]), ("other", [])):
        items = program.get(f"/companies/{bakery.pk}/invoices?which={which}").json()["items"]
        assert sorted(one["number"] for one in items) == numbers


@pytest.mark.parametrize("what", ["imports", "invoices", "payments"])
def test_a_list_costs_the_same_for_one_row_and_for_three(
    api_of: Api, accountant: Membership, bakery: Company, what: str
) -> None:
    program, cost = api_of(accountant), set()
    for place in range(3):
        bring(
            program,
            bakery,
            **{
                f"i{place}": belgian_ubl(number=f"N{place}", buyer=bakery.enterprise_number),
                f"c{place}": coda_file(opening=place, movements=((1000, "Merci", "X"),)),
            },
        )
        if place != 1:
            with CaptureQueriesContext(connection) as captured:
                assert program.get(f"/companies/{bakery.pk}/{what}").status_code == 200
            cost.add(len(captured))
    assert len(cost) == 1
