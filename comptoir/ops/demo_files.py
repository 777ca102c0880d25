"""Files as suppliers and banks send them, made for the demo: a Peppol invoice with its PDF inside, a CODA statement."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from comptoir.ops.demo_papers import pdf

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

UBL = "urn:oasis:names:specification:ubl:schema:xsd"
PROFILE = "urn:cen.eu:en16931:2017#compliant#urn:fdc:peppol.eu:2017:poacc:billing:3.0"
VAT = "<cac:TaxScheme><cbc:ID>VAT</cbc:ID></cac:TaxScheme>"
CENT = Decimal("0.01")


@dataclass(frozen=True)
class Side:
    name: str
    number: str
    iban: str = ""


@dataclass(frozen=True)
class Bill:
    seller: Side
    buyer: Side
    number: str
    what: str
    net: Decimal
    rate: int
    issued_on: date
    due_on: date
    reference: str

    @property
    def tax(self) -> Decimal:
        return (self.net * self.rate / 100).quantize(CENT)

    @property
    def gross(self) -> Decimal:
        return self.net + self.tax


@dataclass(frozen=True)
class Move:
    amount: Decimal
    said: str  # twelve digits, or any text
    party: str
    iban: str = ""


def ubl(bill: Bill) -> bytes:
    category = f"<cbc:ID>S</cbc:ID><cbc:Percent>{bill.rate}</cbc:Percent>{VAT}"
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<Invoice xmlns="{UBL}:Invoice-2" xmlns:cac="{UBL}:CommonAggregateComponents-2" xmlns:cbc="{UBL}:CommonBasicComponents-2">
<cbc:CustomizationID>{PROFILE}</cbc:CustomizationID><cbc:ID>{bill.number}</cbc:ID>
<cbc:IssueDate>{bill.issued_on}</cbc:IssueDate><cbc:DueDate>{bill.due_on}</cbc:DueDate>
<cbc:InvoiceTypeCode>380</cbc:InvoiceTypeCode><cbc:DocumentCurrencyCode>EUR</cbc:DocumentCurrencyCode>
{_picture(bill)}<cac:AccountingSupplierParty>{_side(bill.seller)}</cac:AccountingSupplierParty>
<cac:AccountingCustomerParty>{_side(bill.buyer)}</cac:AccountingCustomerParty>
<cac:PaymentMeans><cbc:PaymentMeansCode>30</cbc:PaymentMeansCode><cbc:PaymentID>{bill.reference}</cbc:PaymentID>
<cac:PayeeFinancialAccount><cbc:ID>{bill.seller.iban}</cbc:ID></cac:PayeeFinancialAccount></cac:PaymentMeans>
<cac:TaxTotal>{_sum("TaxAmount", bill.tax)}<cac:TaxSubtotal>{_sum("TaxableAmount", bill.net)}
{_sum("TaxAmount", bill.tax)}<cac:TaxCategory>{category}</cac:TaxCategory></cac:TaxSubtotal></cac:TaxTotal>
<cac:LegalMonetaryTotal>{_sum("LineExtensionAmount", bill.net)}{_sum("TaxExclusiveAmount", bill.net)}
{_sum("TaxInclusiveAmount", bill.gross)}{_sum("PayableAmount", bill.gross)}</cac:LegalMonetaryTotal>
<cac:InvoiceLine><cbc:ID>1</cbc:ID><cbc:InvoicedQuantity unitCode="C62">1</cbc:InvoicedQuantity>
{_sum("LineExtensionAmount", bill.net)}<cac:Item><cbc:Name>{bill.what}</cbc:Name>
<cac:ClassifiedTaxCategory>{category}</cac:ClassifiedTaxCategory></cac:Item>
<cac:Price>{_sum("PriceAmount", bill.net)}</cac:Price></cac:InvoiceLine></Invoice>""".encode()


def _sum(name: str, amount: Decimal) -> str:
    return f'<cbc:{name} currencyID="EUR">{amount}</cbc:{name}>'


def _picture(bill: Bill) -> str:
    rows = [bill.seller.name, "", f"{bill.what:<34}{bill.net:>12} EUR", f"{'TVA':<34}{bill.tax:>12} EUR"]
    content = base64.b64encode(pdf(f"Facture {bill.number}", [*rows, f"{'Total':<34}{bill.gross:>12} EUR"]))
    return (
        f"<cac:AdditionalDocumentReference><cbc:ID>{bill.number}</cbc:ID><cac:Attachment>"
        '<cbc:EmbeddedDocumentBinaryObject mimeCode="application/pdf" filename="facture.pdf">'
        f"{content.decode()}</cbc:EmbeddedDocumentBinaryObject></cac:Attachment></cac:AdditionalDocumentReference>\n"
    )


def _side(side: Side) -> str:
    return f"""<cac:Party><cbc:EndpointID schemeID="0208">{side.number}</cbc:EndpointID>
<cac:PartyName><cbc:Name>{side.name}</cbc:Name></cac:PartyName><cac:PostalAddress><cbc:CityName>Namur</cbc:CityName>
<cbc:PostalZone>5000</cbc:PostalZone><cac:Country><cbc:IdentificationCode>BE</cbc:IdentificationCode></cac:Country>
</cac:PostalAddress><cac:PartyTaxScheme><cbc:CompanyID>BE{side.number}</cbc:CompanyID>{VAT}</cac:PartyTaxScheme>
<cac:PartyLegalEntity><cbc:RegistrationName>{side.name}</cbc:RegistrationName></cac:PartyLegalEntity></cac:Party>"""


def coda(holder: Side, number: int, day: date, opening: Decimal, moves: Sequence[Move]) -> bytes:
    """Records of 128 characters, as the Belgian banks' standard has them."""
    on, account = f"{day:%d%m%y}", f"{holder.iban:<34}EUR"
    lines = [
        f"00000{on}30005        55324204  {holder.name[:26]:<26}BBRUBEBB   0{holder.number} 00000{'':39}2"
    ]
    lines.append(f"12{number:03}{account}{_signed(opening)}{on}{holder.name[:26]:<26}{'':<35}{number:03}")
    for place, move in enumerate(moves, start=1):
        said = f"1101{move.said}" if move.said.isdigit() else f"0{move.said[:52]}"
        head = f"21{place:04}0000{f'REF{number}-{place}':<21}{_signed(move.amount)}{on}00150000"
        lines.append(f"{head}{said:<54}{on}{number:03}11 0")
        lines.append(f"22{place:04}0000{'':53}{'':35}{'GEBABEBB':<11}{'':15}1 0")
        lines.append(f"23{place:04}0000{move.iban:<34}EUR{move.party[:35]:<35}{'':43}0 1")
    amounts = [move.amount for move in moves]
    lines.append(f"8{number:03}{account}{_signed(opening + sum(amounts))}{on}{'':64}0")
    out, into = -sum(one for one in amounts if one < 0), sum(one for one in amounts if one > 0)
    lines.append(f"9{'':15}{2 + 3 * len(moves):06}{int(out * 1000):015}{int(into * 1000):015}{'':75}2")
    return "\r\n".join(line.ljust(128) for line in lines).encode("latin-1", errors="replace")


def _signed(amount: Decimal) -> str:
    return f"{'1' if amount < 0 else '0'}{abs(int(amount * 1000)):015}"
