"""What is read of an invoice, in each syntax."""

from __future__ import annotations

import base64
from datetime import date
from decimal import Decimal

import pytest

from comptoir.ledger.reading import read
from comptoir.ledger.records import Code, FileKind, InvoiceRead, Unreadable
from tests.ledger.samples import belgian_ubl, sample


def invoice(data: bytes) -> InvoiceRead:
    (found,) = read(data, "invoice.xml").invoices
    return found


def test_a_belgian_peppol_invoice() -> None:
    found = invoice(belgian_ubl())
    assert (found.number, found.issued_on, found.payment.due_on) == (
        "2026/118",
        date(2026, 10, 12),
        date(2026, 11, 11),
    )
    assert (found.seller.name, found.seller.numbers) == ("Moulins de la Senne SA", ("0403170701",))
    assert (found.buyer.name, found.buyer.numbers) == ("Boulangerie Dupont SRL", ("0712458367",))
    assert (found.totals.net, found.totals.tax, found.totals.gross) == (
        Decimal(100),
        Decimal(21),
        Decimal(121),
    )
    assert (found.payment.iban, found.payment.reference) == ("BE71096123456769", "090933755493")
    (line,) = found.lines
    assert (line.name, line.quantity, line.unit, line.net, line.vat_rate) == (
        "Farine T65",
        Decimal(50),
        "KGM",
        Decimal(100),
        Decimal(21),
    )
    assert found.warnings == ()


def test_a_credit_note() -> None:
    found = invoice(belgian_ubl(root="CreditNote"))
    assert (found.is_credit_note, found.totals.gross) == (True, Decimal(121))


def test_the_embedded_pdf_comes_out() -> None:
    pdf = b"%PDF-1.4 a bill"
    extra = (
        "<cac:AdditionalDocumentReference><cbc:ID>1</cbc:ID><cac:Attachment><cbc:EmbeddedDocumentBinaryObject "
        f'mimeCode="application/pdf" filename="facture.pdf">{base64.b64encode(pdf).decode()}'
        "</cbc:EmbeddedDocumentBinaryObject></cac:Attachment></cac:AdditionalDocumentReference>"
    )
    (file,) = invoice(belgian_ubl(extra=extra)).attachments
    assert (file.name, file.media_type, file.content) == ("facture.pdf", "application/pdf", pdf)
    (doubt,) = [
        one
        for one in invoice(belgian_ubl(extra=extra.replace("JVBERi", "$$"))).warnings
        if one.code != Code.XSD
    ]
    assert doubt.code == Code.ATTACHMENT_SKIPPED


def test_peppols_envelope_is_opened() -> None:
    inner = belgian_ubl().partition(b"?>")[2]
    found = invoice(b'<StandardBusinessDocument xmlns="urn:sbdh">' + inner + b"</StandardBusinessDocument>")
    assert found.number == "2026/118"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ((b"121.00", b"120.00"), Code.RULE),
        ((b"BE0403170701", b"BE0403170702"), Code.BAD_NUMBER),
        ((b"BE71096123456769", b"BE71096123456760"), Code.BAD_IBAN),
        ((b"090/9337/55493", b"090/9337/55494"), Code.BAD_REFERENCE),
        ((b"<cbc:IssueDate>2026-10-12</cbc:IssueDate>", b""), Code.XSD),
    ],
)
def test_what_is_doubtful_is_a_warning_and_no_refusal(change: tuple[bytes, bytes], code: Code) -> None:
    assert belgian_ubl().count(change[0])
    assert code in {one.code for one in invoice(belgian_ubl().replace(*change)).warnings}


@pytest.mark.parametrize(
    ("change", "code", "line"),
    [
        ((b">121.00<", b">12.1.00<"), Code.BAD_AMOUNT, 33),
        ((b"2026-10-12", b"2026-13-12"), Code.BAD_DATE, 6),
        ((b"<cbc:ID>2026/118</cbc:ID>", b""), Code.MISSING, 4),
        ((b"</Invoice>", b""), Code.NOT_XML, 38),
    ],
)
def test_what_cannot_be_read_names_its_line(change: tuple[bytes, bytes], code: Code, line: int) -> None:
    with pytest.raises(Unreadable) as refusal:
        read(belgian_ubl().replace(*change), "x.xml")
    assert (refusal.value.why.code, refusal.value.why.line) == (code, line)


def test_amounts_are_exact() -> None:
    assert invoice(belgian_ubl(gross="99999999999999.99")).totals.gross == Decimal("99999999999999.99")


def test_a_foreign_number_of_ten_digits_is_not_belgian() -> None:
    data = belgian_ubl().replace(b'schemeID="0208">0403170701', b'schemeID="0007">0403170701')
    data = data.replace(b"BE0403170701", b"SE040317070101").replace(b">BE<", b">SE<", 1)
    assert invoice(data).seller.numbers == ()


def test_factur_x_comes_out_of_its_pdf() -> None:
    found = read(sample("facturx/mustang/Facture_F20180027.pdf"), "f.pdf")
    assert (found.kind, found.invoices[0].number, found.invoices[0].totals.gross) == (
        FileKind.FACTURX,
        "F20180027",
        Decimal(110),
    )


def test_a_pdf_without_an_invoice_says_so() -> None:
    with pytest.raises(Unreadable) as refusal:
        read(
            b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n"
            b"trailer<</Root 1 0 R/Size 3>>\nstartxref\n0\n%%EOF\n",
            "x.pdf",
        )
    assert refusal.value.why.code == Code.NO_XML_IN_PDF
