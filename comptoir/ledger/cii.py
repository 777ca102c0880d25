"""UN/CEFACT Cross Industry Invoice: EN 16931, Factur-X and ZUGFeRD of all profiles, also ZUGFeRD 1. Pure."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from comptoir.ledger.figures import amount, calendar_day, day, structured_reference, tidy
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
from comptoir.ledger.ubl import CREDIT_TYPES, LINES_AT_MOST
from comptoir.ledger.xml_values import amount_at, amount_needed, embedded, sorted_out

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date
    from decimal import Decimal

    from lxml import etree

    from comptoir.ledger.records import AttachmentRead, Finding

ROOTS = frozenset({"CrossIndustryInvoice", "CrossIndustryDocument"})
_COMPACT = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})(?:[0-9]{0,6})", re.ASCII)


def read_cii(root: etree._Element) -> InvoiceRead:
    """Raises Unreadable if there is no number, no total, or an amount or a date that is none."""
    document, trade, settlement = _needed(root)
    agreement = find(trade, "ApplicableHeaderTradeAgreement", "ApplicableSupplyChainTradeAgreement")
    currency = text(settlement, "InvoiceCurrencyCode")
    type_code = text(document, "TypeCode")
    attachments, warnings = _attachments(agreement)
    return InvoiceRead(
        syntax="cii",
        is_credit_note=type_code in CREDIT_TYPES,
        type_code=type_code[:10],
        profile=_profile(root),
        number=one_line(text(document, "ID"))[:100],
        issued_on=_day(document, "IssueDateTime"),
        delivered_on=_delivered_on(trade),
        period_from=_day(settlement, "BillingSpecifiedPeriod/StartDateTime"),
        period_to=_day(settlement, "BillingSpecifiedPeriod/EndDateTime"),
        currency=currency.upper()[:3] or "EUR",
        seller=_party(find(agreement, "SellerTradeParty")),
        buyer=_party(find(agreement, "BuyerTradeParty")),
        totals=_totals(settlement, currency),
        payment=_payment(settlement),
        references=_references(agreement, settlement),
        lines=tuple(_lines(trade)),
        taxes=tuple(_taxes(settlement)),
        note=_note(document),
        attachments=attachments,
        warnings=warnings,
    )


def _needed(root: etree._Element) -> tuple[etree._Element, etree._Element, etree._Element]:
    """The document, the trade and its settlement."""
    if local_name(root) not in ROOTS:
        raise Unreadable(Code.NOT_INVOICE, line=line_of(root), name=local_name(root))
    document = find(root, "ExchangedDocument", "HeaderExchangedDocument")
    trade = find(root, "SupplyChainTradeTransaction", "SpecifiedSupplyChainTradeTransaction")
    settlement = find(trade, "ApplicableHeaderTradeSettlement", "ApplicableSupplyChainTradeSettlement")
    if document is None or trade is None or settlement is None or not text(document, "ID"):
        raise Unreadable(Code.MISSING, line=line_of(root), what="ID")
    return document, trade, settlement


def _note(document: etree._Element) -> str:
    return "\n".join(filter(None, map(own_text, every(document, "IncludedNote/Content"))))[:5000]


def _profile(root: etree._Element) -> str:
    guideline = "GuidelineSpecifiedDocumentContextParameter/ID"
    return text(
        root, f"ExchangedDocumentContext/{guideline}", f"SpecifiedExchangedDocumentContext/{guideline}"
    )[:200]


def _delivered_on(trade: etree._Element) -> date | None:
    delivery = find(trade, "ApplicableHeaderTradeDelivery", "ApplicableSupplyChainTradeDelivery")
    return _day(delivery, "ActualDeliverySupplyChainEvent/OccurrenceDateTime")


def _totals(settlement: etree._Element, currency: str) -> TotalsRead:
    total = find(
        settlement,
        "SpecifiedTradeSettlementHeaderMonetarySummation",
        "SpecifiedTradeSettlementMonetarySummation",
    )
    if total is None:
        raise Unreadable(Code.MISSING, line=line_of(settlement), what="MonetarySummation")
    gross = amount_needed(total, "GrandTotalAmount", "DuePayableAmount")
    payable = amount_at(total, "DuePayableAmount")
    return TotalsRead(
        gross=gross,
        payable=gross if payable is None else payable,
        net=amount_at(total, "TaxBasisTotalAmount"),
        tax=_tax_total(total, currency),
        line_total=amount_at(total, "LineTotalAmount"),
        allowances=amount_at(total, "AllowanceTotalAmount"),
        charges=amount_at(total, "ChargeTotalAmount"),
        prepaid=amount_at(total, "TotalPrepaidAmount"),
        rounding=amount_at(total, "RoundingAmount"),
    )


def _payment(settlement: etree._Element) -> PaymentRead:
    means = "SpecifiedTradeSettlementPaymentMeans"
    written = text(settlement, "PaymentReference")
    terms = text(settlement, "SpecifiedTradePaymentTerms/Description")
    return PaymentRead(
        due_on=_day(settlement, "SpecifiedTradePaymentTerms/DueDateDateTime"),
        iban=tidy(text(settlement, f"{means}/PayeePartyCreditorFinancialAccount/IBANID"))[:34],
        bic=tidy(text(settlement, f"{means}/PayeeSpecifiedCreditorFinancialInstitution/BICID"))[:11],
        reference=structured_reference(written) or structured_reference(terms) or one_line(written)[:140],
        terms=terms[:2000],
    )


def _references(agreement: etree._Element | None, settlement: etree._Element) -> ReferencesRead:
    order = "BuyerOrderReferencedDocument"
    preceding = every(settlement, "InvoiceReferencedDocument/IssuerAssignedID")
    return ReferencesRead(
        buyer=text(agreement, "BuyerReference")[:200],
        order=text(agreement, f"{order}/IssuerAssignedID", f"{order}/ID")[:200],
        preceding=tuple(own_text(one)[:100] for one in preceding)[:50],
    )


def _day(element: etree._Element | None, names: str) -> date | None:
    """Format 102 is 20261124; whatever the format says, that and 2026-11-24 are understood."""
    found = find(element, f"{names}/DateTimeString", f"{names}/DateString", f"{names}/DateTime", names)
    written = own_text(found)
    if not written:
        return None
    if compact := _COMPACT.fullmatch(written[:20]):
        return calendar_day(*(int(part) for part in compact.groups()), line=line_of(found))
    return day(written, line=line_of(found))


_NAMES = ("Name", "SpecifiedLegalOrganization/TradingBusinessName", "DefinedTradeContact/PersonName")
_NUMBERS = (
    "SpecifiedLegalOrganization/ID",
    "SpecifiedTaxRegistration/ID",
    "GlobalID",
    "ID",
    "URIUniversalCommunication/URIID",
)


def _party(party: etree._Element | None) -> PartyRead:
    if party is None:
        return PartyRead()
    country = text(party, "PostalTradeAddress/CountryID").upper()[:2]
    endpoint = find(party, "URIUniversalCommunication/URIID")
    ids = [(one.get("schemeID", ""), own_text(one)) for names in _NUMBERS for one in every(party, names)]
    vat = next((number for scheme, number in ids if scheme == "VA"), "")
    candidates = [("" if scheme in {"VA", "FC"} else scheme, number) for scheme, number in ids]
    address = (text(party, f"PostalTradeAddress/{part}") for part in ("LineOne", "LineTwo", "StreetName"))
    return PartyRead(
        name=one_line(text(party, *_NAMES))[:200],
        numbers=belgian_numbers(candidates, country),
        vat_number=tidy(vat)[:30],
        endpoint="" if endpoint is None else f"{endpoint.get('schemeID', '')}:{own_text(endpoint)}"[:100],
        street=" ".join(filter(None, address))[:200],
        postcode=text(party, "PostalTradeAddress/PostcodeCode")[:20],
        city=text(party, "PostalTradeAddress/CityName")[:100],
        country=country,
        email=text(party, "DefinedTradeContact/EmailURIUniversalCommunication/URIID")[:200],
    )


def _lines(trade: etree._Element) -> Iterator[LineRead]:
    for count, line in enumerate(every(trade, "IncludedSupplyChainTradeLineItem"), start=1):
        if count > LINES_AT_MOST:
            raise Unreadable(Code.TOO_MANY, line=line_of(line))
        yield _line(line)


def _line(line: etree._Element) -> LineRead:
    agreement = find(line, "SpecifiedLineTradeAgreement", "SpecifiedSupplyChainTradeAgreement")
    delivery = find(line, "SpecifiedLineTradeDelivery", "SpecifiedSupplyChainTradeDelivery")
    settlement = find(line, "SpecifiedLineTradeSettlement", "SpecifiedSupplyChainTradeSettlement")
    quantity = find(delivery, "BilledQuantity")
    return LineRead(
        number=text(line, "AssociatedDocumentLineDocument/LineID")[:50],
        name=(
            text(line, "SpecifiedTradeProduct/Name")
            or text(line, "AssociatedDocumentLineDocument/IncludedNote/Content")
        )[:500],
        description=text(line, "SpecifiedTradeProduct/Description")[:2000],
        quantity=amount_at(delivery, "BilledQuantity"),
        unit="" if quantity is None else quantity.get("unitCode", "")[:10],
        unit_price=amount_at(agreement, "NetPriceProductTradePrice/ChargeAmount"),
        net=amount_at(
            settlement,
            "SpecifiedTradeSettlementLineMonetarySummation/LineTotalAmount",
            "SpecifiedTradeSettlementMonetarySummation/LineTotalAmount",
        ),
        vat_category=text(settlement, "ApplicableTradeTax/CategoryCode")[:5],
        vat_rate=amount_at(
            settlement, "ApplicableTradeTax/RateApplicablePercent", "ApplicableTradeTax/ApplicablePercent"
        ),
    )


def _taxes(settlement: etree._Element) -> Iterator[TaxRead]:
    for part in every(settlement, "ApplicableTradeTax"):
        yield TaxRead(
            category=text(part, "CategoryCode")[:5],
            rate=amount_at(part, "RateApplicablePercent", "ApplicablePercent"),
            taxable=amount_at(part, "BasisAmount"),
            tax=amount_at(part, "CalculatedAmount"),
        )


def _tax_total(total: etree._Element, currency: str) -> Decimal | None:
    """In the invoice's currency: a second one may stand beside it in that of the books."""
    for written in every(total, "TaxTotalAmount"):
        if written.get("currencyID", currency) == currency:
            return amount(own_text(written), line=line_of(written))
    return None


def _attachments(agreement: etree._Element | None) -> tuple[tuple[AttachmentRead, ...], tuple[Finding, ...]]:
    found = []
    for reference in every(agreement, "AdditionalReferencedDocument"):
        held = find(reference, "AttachmentBinaryObject")
        if held is not None and own_text(held):
            name = held.get("filename") or text(reference, "IssuerAssignedID", "Name") or "document"
            found.append(embedded(held, name[:200]))
    return sorted_out(found)
