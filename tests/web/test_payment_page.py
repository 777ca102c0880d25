"""A payment by its own address: for the desk and for the company's people who see the accounts."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from comptoir.files.jobs import make_preview
from comptoir.ledger.actions.imports import import_file
from comptoir.ledger.actions.matches import match_payments
from comptoir.ledger.models import Payment, PaymentDocument, Source
from tests.ledger.samples import belgian_ubl, coda_file
from tests.world import NOW

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

    from comptoir.people.models import Company, Membership

    Browsers = Callable[[Membership], Client]


@pytest.fixture(autouse=True)
def _kept_apart(settings: Any, tmp_path: Any) -> None:
    settings.FILES = tmp_path


@pytest.fixture
def payment(bakery: Company) -> Payment:
    paid = (-121_000, "090933755493", "MOULINS DE LA SENNE")
    for data in (belgian_ubl(buyer=bakery.enterprise_number), coda_file(movements=(paid,))):
        import_file(bakery.pk, by=None, at=NOW, name="f", data=data, source=Source.COMMAND)
    match_payments(bakery.pk, at=NOW)
    found: Payment = Payment.objects.get()
    return found


def shown(browser: Client, payment: Payment) -> str:
    answer = browser.get(f"/payments/{payment.pk}/")
    assert answer.status_code == 200
    return answer.content.decode()


def picture() -> SimpleUploadedFile:
    drawn = BytesIO()
    Image.new("RGB", (60, 80), "white").save(drawn, "PNG")
    return SimpleUploadedFile("ticket.png", drawn.getvalue())


def test_whom_why_and_what_it_pays(browser_of: Browsers, accountant: Membership, payment: Payment) -> None:
    page = shown(browser_of(accountant), payment)
    for said in ("MOULINS DE LA SENNE", "+++090/9337/55493+++", "−121,00", "2026/118", "BE71 0961 2345 6769"):
        assert said in page
    assert "La communication structurée désigne 2026/118" in page
    assert f"/desk/payments/{payment.pk}/undo" in page


def test_the_client_sees_it_without_what_is_the_offices(
    browser_of: Browsers, sophie: Membership, reader: Membership, payment: Payment
) -> None:
    for member, may_add in ((sophie, True), (reader, False)):
        page = shown(browser_of(member), payment)
        assert "2026/118" in page
        assert "/desk/" not in page
        assert ('type="file"' in page) is may_add


def test_what_is_only_proposed_is_shown_to_the_office_alone(
    browser_of: Browsers, accountant: Membership, sophie: Membership, bakery: Company, payment: Payment
) -> None:
    again = coda_file(movements=((-121_000, "090933755493", "MOULINS DE LA SENNE"),), number=2, opening=7)
    import_file(bakery.pk, by=None, at=NOW, name="f", data=again, source=Source.COMMAND)
    match_payments(bakery.pk, at=NOW)
    second = Payment.objects.exclude(pk=payment.pk).get()
    assert f"/desk/payments/{second.pk}/accept" in shown(browser_of(accountant), second)
    assert "2026/118" not in shown(browser_of(sophie), second)


def test_a_photo_of_the_receipt_stands_with_the_payment(
    browser_of: Browsers, sophie: Membership, accountant: Membership, reader: Membership, payment: Payment
) -> None:
    sent = browser_of(sophie).post(f"/payments/{payment.pk}/documents", {"file": picture()})
    assert sent.status_code == 302
    document = PaymentDocument.objects.get()
    make_preview.call(attachment_id=str(document.file_id))
    for member in (sophie, reader, accountant):
        page = shown(browser_of(member), payment)
        assert "ticket.png" in page
        assert f'src="/payments/documents/{document.pk}/preview"' in page
        preview = browser_of(member).get(f"/payments/documents/{document.pk}/preview")
        assert preview["Content-Type"] == "image/jpeg"
        assert (f"/payments/documents/{document.pk}/off" in page) is (member != reader)
    listed = browser_of(accountant).get(f"/desk/companies/{payment.company_id}/accounts?view=payments")
    assert "1 document" in listed.content.decode()


def test_taken_off_it_is_gone_for_everybody(
    browser_of: Browsers, sophie: Membership, payment: Payment
) -> None:
    browser = browser_of(sophie)
    browser.post(f"/payments/{payment.pk}/documents", {"file": picture()})
    document = PaymentDocument.objects.get()
    assert browser.post(f"/payments/documents/{document.pk}/off").status_code == 302
    assert "ticket.png" not in shown(browser, payment)
    assert browser.get(f"/payments/documents/{document.pk}").status_code == 404


def test_no_file_is_told(browser_of: Browsers, sophie: Membership, payment: Payment) -> None:
    assert browser_of(sophie).post(f"/payments/{payment.pk}/documents", {}).status_code == 422
