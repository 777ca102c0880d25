"""UBL 2 invoices and credit notes: Peppol BIS Billing 3.0, EN 16931, UBL.BE and what comes near to them. Pure.

A namespace is not asked for: an invoice is read by the local names of its elements.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from comptoir.ledger.figures import structured_reference, tidy
from comptoir.ledger.parties import belgian_numbers
from comptoir.ledger.records import (
    Code,
    InvoiceRead,
    LineRead,
    PartyRead,
    PaymentRead,
    ReferencesRead,
    TaxRead,
    TotalsRead,
    Unreadable,
)
from comptoir.ledger.safe_xml import every, find, line_of, local_name, one_line, own_text, text
from comptoir.ledger.xml_values import amount_at, amount_needed, day_at, embedded, sorted_out

if TYPE_CHECKING:
    from collections.abc import Iterator
    from decimal import Decimal

    from lxml import etree

    from comptoir.ledger.records import AttachmentRead, Finding

ROOTS = frozenset({"Invoice", "CreditNote", "SelfBilledInvoice", "SelfBilledCreditNote"})
CREDIT_TYPES = frozenset({"81", "83", "261", "296", "308", "381", "396", "420", "458", "532"})
LINES_AT_MOST = 20_000


def read_ubl(root: etree._Element) -> InvoiceRead:
    """Raises Unreadable if there is no number of the invoice, no amount, or an amount or a date that is none."""
    name = local_name(root)
    number, total = _needed(root, name)
    type_code = text(root, "InvoiceTypeCode", "CreditNoteTypeCode")
    currency = text(root, "DocumentCurrencyCode") or _currency_of(total)
    attachments, warnings = _attachments(root)
    return InvoiceRead(
        syntax="ubl",
        is_credit_note=name.endswith("CreditNote") or type_code in CREDIT_TYPES,
        type_code=type_code[:10],
        profile=text(root, "CustomizationID")[:200],
        number=number[:100],
        issued_on=day_at(root, "IssueDate"),
        delivered_on=day_at(root, "Delivery/ActualDeliveryDate"),
        period_from=day_at(root, "InvoicePeriod/StartDate"),
        period_to=day_at(root, "InvoicePeriod/EndDate"),
        currency=currency.upper()[:3],
        seller=_party(root, "AccountingSupplierParty", "SellerSupplierParty"),
        buyer=_party(root, "AccountingCustomerParty", "BuyerCustomerParty"),
        totals=_totals(root, total, currency),
        payment=_payment(root),
        references=_references(root),
        lines=tuple(_lines(root)),
        taxes=tuple(_taxes(root, currency)),
        note=_texts(root, "Note")[:5000],
        attachments=attachments,
        warnings=warnings,
    )


def _needed(root: etree._Element, name: str) -> tuple[str, etree._Element]:
    if name not in ROOTS:
        raise Unreadable(Code.NOT_INVOICE, line=line_of(root), name=name)
    if not (number := one_line(text(root, "ID"))):
        raise Unreadable(Code.MISSING, line=line_of(root), what="ID")
    total = find(root, "LegalMonetaryTotal")
    if total is None:
        raise Unreadable(Code.MISSING, line=line_of(root), what="LegalMonetaryTotal")
    return number, total


def _totals(root: etree._Element, total: etree._Element, currency: str) -> TotalsRead:
    payable = amount_at(total, "PayableAmount")
    gross = amount_at(total, "TaxInclusiveAmount")
    if gross is None:
        gross = payable if payable is not None else amount_needed(total, "TaxExclusiveAmount")
    return TotalsRead(
        gross=gross,
        payable=gross if payable is None else payable,
        net=amount_at(total, "TaxExclusiveAmount"),
        tax=_tax_total(root, currency),
        line_total=amount_at(total, "LineExtensionAmount"),
        allowances=amount_at(total, "AllowanceTotalAmount"),
        charges=amount_at(total, "ChargeTotalAmount"),
        prepaid=amount_at(total, "PrepaidAmount"),
        rounding=amount_at(total, "PayableRoundingAmount"),
    )


def _references(root: etree._Element) -> ReferencesRead:
    preceding = every(root, "BillingReference/InvoiceDocumentReference/ID")
    return ReferencesRead(
        buyer=text(root, "BuyerReference")[:200],
        order=text(root, "OrderReference/ID")[:200],
        preceding=tuple(own_text(one)[:100] for one in preceding)[:50],
    )


def _texts(root: etree._Element, names: str) -> str:
    return "\n".join(filter(None, (own_text(one) for one in every(root, names))))


def _currency_of(total: etree._Element) -> str:
    return next((code for child in total if (code := child.get("currencyID"))), "EUR")


def _party(root: etree._Element, *roles: str) -> PartyRead:
    party = find(find(root, *roles), "Party")
    if party is None:
        return PartyRead()
    endpoint = find(party, "EndpointID")
    country = text(party, "PostalAddress/Country/IdentificationCode").upper()[:2]
    name = text(party, "PartyLegalEntity/RegistrationName", "PartyName/Name", "Contact/Name")
    street = (text(party, f"PostalAddress/{part}") for part in _STREET)
    return PartyRead(
        name=one_line(name)[:200],
        numbers=belgian_numbers(_candidates(party), country),
        vat_number=_vat_number(party),
        endpoint="" if endpoint is None else f"{endpoint.get('schemeID', '')}:{own_text(endpoint)}"[:100],
        street=" ".join(filter(None, street))[:200],
        postcode=text(party, "PostalAddress/PostalZone")[:20],
        city=text(party, "PostalAddress/CityName")[:100],
        country=country,
        email=text(party, "Contact/ElectronicMail")[:200],
    )


_STREET = ("StreetName", "BuildingNumber", "AdditionalStreetName")
_NUMBERS = ("PartyLegalEntity/CompanyID", "PartyTaxScheme/CompanyID", "PartyIdentification/ID", "EndpointID")


def _candidates(party: etree._Element) -> list[tuple[str, str]]:
    return [(one.get("schemeID", ""), own_text(one)) for names in _NUMBERS for one in every(party, names)]


def _vat_number(party: etree._Element) -> str:
    """Of the VAT scheme: Norway and Sweden write their tax approval beside it under another one."""
    for scheme in every(party, "PartyTaxScheme"):
        if text(scheme, "TaxScheme/ID").upper() in {"VAT", ""} and (number := text(scheme, "CompanyID")):
            return tidy(number)[:30]
    return ""


def _lines(root: etree._Element) -> Iterator[LineRead]:
    count = 0
    for name in ("InvoiceLine", "CreditNoteLine"):
        for line in every(root, name):
            count += 1
            if count > LINES_AT_MOST:
                raise Unreadable(Code.TOO_MANY, line=line_of(line))
            yield _line(line)


def _line(line: etree._Element) -> LineRead:
    quantity = find(line, "InvoicedQuantity", "CreditedQuantity")
    item = find(line, "Item")
    return LineRead(
        number=text(line, "ID")[:50],
        name=text(item, "Name", "Description")[:500] or text(line, "Note")[:500],
        description=text(item, "Description")[:2000],
        quantity=amount_at(line, "InvoicedQuantity", "CreditedQuantity"),
        unit="" if quantity is None else quantity.get("unitCode", "")[:10],
        unit_price=amount_at(line, "Price/PriceAmount"),
        net=amount_at(line, "LineExtensionAmount"),
        vat_category=text(item, "ClassifiedTaxCategory/ID")[:5],
        vat_rate=amount_at(item, "ClassifiedTaxCategory/Percent"),
    )


def _taxes(root: etree._Element, currency: str) -> Iterator[TaxRead]:
    """In the invoice's currency; the tax in the currency of the books, where given, has no subtotals."""
    for total in every(root, "TaxTotal"):
        if _is_in(total, currency):
            for part in every(total, "TaxSubtotal"):
                yield TaxRead(
                    category=text(part, "TaxCategory/ID")[:5],
                    rate=amount_at(part, "TaxCategory/Percent", "Percent"),
                    taxable=amount_at(part, "TaxableAmount"),
                    tax=amount_at(part, "TaxAmount"),
                )


def _tax_total(root: etree._Element, currency: str) -> Decimal | None:
    """Of several totals (VAT, and other duties) the sum."""
    found = [
        value
        for total in every(root, "TaxTotal")
        if _is_in(total, currency) and (value := amount_at(total, "TaxAmount")) is not None
    ]
    return sum(found[1:], found[0]) if found else None


def _is_in(total: etree._Element, currency: str) -> bool:
    written = find(total, "TaxAmount")
    return written is None or written.get("currencyID", currency) == currency


def _payment(root: etree._Element) -> PaymentRead:
    means = list(every(root, "PaymentMeans"))
    accounts = [tidy(found) for one in means if (found := text(one, "PayeeFinancialAccount/ID"))]
    written = [found for one in means if (found := text(one, "PaymentID", "InstructionNote"))]
    terms = _texts(root, "PaymentTerms/Note")
    structured = next((found for one in [*written, terms] if (found := structured_reference(one))), "")
    bics = (text(one, "PayeeFinancialAccount/FinancialInstitutionBranch/ID") for one in means)
    return PaymentRead(
        due_on=day_at(root, "DueDate", "PaymentMeans/PaymentDueDate", "PaymentTerms/PaymentDueDate"),
        iban=accounts[0][:34] if accounts else "",
        bic=tidy(next(filter(None, bics), ""))[:11],
        reference=structured or (one_line(written[0])[:140] if written else ""),
        terms=terms[:2000],
    )


def _attachments(root: etree._Element) -> tuple[tuple[AttachmentRead, ...], tuple[Finding, ...]]:
    found = []
    for reference in every(root, "AdditionalDocumentReference"):
        held = find(reference, "Attachment/EmbeddedDocumentBinaryObject")
        if held is not None:
            name = held.get("filename") or text(reference, "ID") or "document"
            found.append(embedded(held, name[:200]))
    return sorted_out(found)
