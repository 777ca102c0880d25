"""The accounts of a dossier at the desk, and an invoice to read."""

from __future__ import annotations

import base64
import re
from typing import TYPE_CHECKING, Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from comptoir.ledger.jobs import read_file
from comptoir.ledger.models import ImportedFile, ImportState, Invoice, InvoiceFile, Payment
from tests.ledger.samples import belgian_ubl, coda_file

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


def drop(browser: Client, company: Company, *files: bytes, fragment: bool = True) -> Any:
    sent = [SimpleUploadedFile(f"f{place}.xml", data) for place, data in enumerate(files)]
    headers = {"X-Fragment": "import", "Accept": "text/html, application/json"} if fragment else {}
    return browser.post(f"/desk/companies/{company.pk}/imports", {"files": sent}, headers=headers)


def page(browser: Client, company: Company, **asked: str) -> str:
    text: str = browser.get(f"/desk/companies/{company.pk}/accounts", asked).content.decode()
    return text


def test_a_dropped_file_answers_with_its_row(desk: Client, bakery: Company) -> None:
    answer = drop(desk, bakery, belgian_ubl(buyer=bakery.enterprise_number))
    assert answer.status_code == 201
    row = answer.content.decode()
    assert row.startswith(f'<li id="import-{ImportedFile.objects.get().pk}"')
    assert "1 facture" in row
    assert row.strip() in page(desk, bakery)  # the same row as in the list


def test_a_refused_file_answers_with_a_text(desk: Client, bakery: Company) -> None:
    answer = drop(desk, bakery, b"\x7fELF" + bytes(100))
    assert (answer.status_code, answer.json()["error"]) == (422, "file_is_a_program")


def test_without_a_script_many_files_come_at_once(desk: Client, bakery: Company) -> None:
    good = belgian_ubl(buyer=bakery.enterprise_number)
    answer = drop(desk, bakery, good, b"<a/>", coda_file(movements=((1000, "Merci", "X"),)), fragment=False)
    assert answer.status_code == 302
    shown = page(desk, bakery)
    assert "2 fichiers pris en compte." in shown
    assert shown.count("data-import=") == 3
    assert "ni une facture ni un extrait" in shown


def test_what_cannot_be_read_stands_there_with_its_line(desk: Client, bakery: Company) -> None:
    data = belgian_ubl(buyer=bakery.enterprise_number).replace(b"2026-10-12", b"2026-13-12")
    row = drop(desk, bakery, data).content.decode()
    assert "Illisible" in row
    assert "<b>Ligne 6</b> « 2026-13-12 » n’est pas une date." in row


def test_a_large_file_is_read_later(desk: Client, bakery: Company) -> None:
    data = coda_file(movements=tuple((1000 + place, f"No {place}", "X") for place in range(3000)))
    assert len(data) > 1024 * 1024
    row = drop(desk, bakery, data).content.decode()
    assert 'data-state="waiting"' in row
    file = ImportedFile.objects.get()
    assert (file.state, Payment.objects.count()) == (ImportState.WAITING, 0)
    read_file.call(file_id=str(file.pk))
    read_file.call(file_id=str(file.pk))  # a job may run twice
    assert Payment.objects.count() == 3000
    again = desk.get(f"/desk/imports/{file.pk}/", headers={"X-Fragment": "import"}).content.decode()
    assert 'data-state="read"' in again


def test_how_far_the_accounts_reach_and_what_is_missing(desk: Client, bakery: Company) -> None:
    drop(desk, bakery, belgian_ubl(buyer=bakery.enterprise_number))
    drop(desk, bakery, coda_file(movements=((1000, "Merci", "X"),)))
    assert "Aucun trou entre les extraits" in page(desk, bakery)
    drop(desk, bakery, coda_file(opening=5_000_000, number=4))
    facts = desk.get(
        f"/desk/companies/{bakery.pk}/accounts", headers={"X-Fragment": "facts"}
    ).content.decode()
    assert "12 oct." in facts
    assert "Les extraits 2 à 3 manquent." in facts
    assert "3.999,00" in facts


def test_invoices_and_payments_are_found(desk: Client, bakery: Company) -> None:
    drop(desk, bakery, belgian_ubl(buyer=bakery.enterprise_number))
    drop(desk, bakery, coda_file(movements=((-121_000, "090933755493", "MOULINS"),)))
    assert "2026/118" in page(desk, bakery, view="invoices", q="senne")
    assert "2026/118" not in page(desk, bakery, view="invoices", q="senne", which="sale")
    assert "+++090/9337/55493+++" in page(desk, bakery, view="payments", q="121,00")
    assert "Aucun paiement ne correspond" in page(desk, bakery, view="payments", q="122,00")


def pdf_inside() -> str:
    return (
        "<cac:AdditionalDocumentReference><cbc:ID>1</cbc:ID><cac:Attachment><cbc:EmbeddedDocumentBinaryObject "
        f'mimeCode="application/pdf" filename="facture.pdf">{base64.b64encode(b"%PDF-1.4 a bill").decode()}'
        "</cbc:EmbeddedDocumentBinaryObject></cac:Attachment></cac:AdditionalDocumentReference>"
    )


def test_an_invoice_to_read_with_its_picture_beside_it(
    desk: Client, bakery: Company, sophie: Membership, browser_of: Callable[[Membership], Client]
) -> None:
    drop(desk, bakery, belgian_ubl(buyer=bakery.enterprise_number, gross="120.00", extra=pdf_inside()))
    invoice, file = Invoice.objects.get(), InvoiceFile.objects.get()
    shown = desk.get(f"/invoices/{invoice.pk}/").content.decode()
    for text in (
        "Moulins de la Senne SA",
        "Farine T65",
        "50 kg",
        "120,00",
        "+++090/9337/55493+++",
        "BR-CO-15",
    ):
        assert text in shown, text
    assert f'src="/invoices/files/{file.pk}?show=1#' in shown
    picture = desk.get(f"/invoices/files/{file.pk}?show=1")
    assert picture.headers["Content-Disposition"].startswith("inline")
    theirs = browser_of(sophie).get(f"/invoices/{invoice.pk}/").content.decode()
    assert "Farine T65" in theirs
    assert "BR-CO-15" not in theirs  # the office judges what is doubtful


def test_what_an_invoice_says_is_text_and_nothing_else(desk: Client, bakery: Company) -> None:
    evil = "&lt;script&gt;alert(1)&lt;/script&gt;"
    data = belgian_ubl(buyer=bakery.enterprise_number, number=f"N{evil}").replace(
        b"Farine T65", evil.encode()
    )
    drop(desk, bakery, data)
    shown = desk.get(f"/invoices/{Invoice.objects.get().pk}/").content.decode()
    assert "<script>alert" not in shown
    assert len(re.findall(r"&lt;script&gt;alert", shown)) >= 2


def test_the_client_reads_the_invoices_of_their_company(
    desk: Client, bakery: Company, sophie: Membership, browser_of: Callable[[Membership], Client]
) -> None:
    drop(desk, bakery, belgian_ubl(buyer=bakery.enterprise_number))
    drop(desk, bakery, belgian_ubl(seller=bakery.enterprise_number, buyer="0403170701", number="V31"))
    theirs = browser_of(sophie)
    shown = theirs.get("/invoices/?which=purchase").content.decode()
    assert ("2026/118" in shown, "V31" in shown) == (True, False)
    assert "121,00" in shown
    assert "2026/118" not in theirs.get("/invoices/?q=V31").content.decode()
