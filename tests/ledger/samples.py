"""The sample files, and small ones made here."""

from __future__ import annotations

from pathlib import Path

SAMPLES = Path(__file__).parents[1] / "files" / "ledger"
WHOLE = sorted(path for path in SAMPLES.rglob("*") if path.is_file() and path.suffix != ".md")


def sample(name: str) -> bytes:
    return (SAMPLES / name).read_bytes()


def _party(number: str, name: str) -> str:
    return f"""<cac:Party><cbc:EndpointID schemeID="0208">{number}</cbc:EndpointID>
<cac:PartyName><cbc:Name>{name}</cbc:Name></cac:PartyName>
<cac:PostalAddress><cbc:StreetName>Rue Haute 1</cbc:StreetName><cbc:CityName>Bruxelles</cbc:CityName>
<cbc:PostalZone>1000</cbc:PostalZone><cac:Country><cbc:IdentificationCode>BE</cbc:IdentificationCode></cac:Country>
</cac:PostalAddress><cac:PartyTaxScheme><cbc:CompanyID>BE{number}</cbc:CompanyID><cac:TaxScheme><cbc:ID>VAT</cbc:ID>
</cac:TaxScheme></cac:PartyTaxScheme><cac:PartyLegalEntity><cbc:RegistrationName>{name}</cbc:RegistrationName>
<cbc:CompanyID schemeID="0208">{number}</cbc:CompanyID></cac:PartyLegalEntity></cac:Party>"""


def _totals(gross: str) -> str:
    return f"""<cac:TaxTotal><cbc:TaxAmount currencyID="EUR">21.00</cbc:TaxAmount><cac:TaxSubtotal>
<cbc:TaxableAmount currencyID="EUR">100.00</cbc:TaxableAmount><cbc:TaxAmount currencyID="EUR">21.00</cbc:TaxAmount>
<cac:TaxCategory><cbc:ID>S</cbc:ID><cbc:Percent>21</cbc:Percent><cac:TaxScheme><cbc:ID>VAT</cbc:ID></cac:TaxScheme>
</cac:TaxCategory></cac:TaxSubtotal></cac:TaxTotal>
<cac:LegalMonetaryTotal><cbc:LineExtensionAmount currencyID="EUR">100.00</cbc:LineExtensionAmount>
<cbc:TaxExclusiveAmount currencyID="EUR">100.00</cbc:TaxExclusiveAmount>
<cbc:TaxInclusiveAmount currencyID="EUR">{gross}</cbc:TaxInclusiveAmount>
<cbc:PayableAmount currencyID="EUR">{gross}</cbc:PayableAmount></cac:LegalMonetaryTotal>"""


def belgian_ubl(  # a small Peppol invoice between two Belgian companies
    *,
    number: str = "2026/118",
    seller: str = "0403170701",
    buyer: str = "0712458367",
    gross: str = "121.00",
    extra: str = "",
    root: str = "Invoice",
) -> bytes:
    kind, code = ("Invoice", "380") if root == "Invoice" else ("CreditNote", "381")
    quantity = "InvoicedQuantity" if root == "Invoice" else "CreditedQuantity"
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<{root} xmlns="urn:oasis:names:specification:ubl:schema:xsd:{kind}-2"
 xmlns:cac="urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2"
 xmlns:cbc="urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2">
<cbc:CustomizationID>urn:cen.eu:en16931:2017#compliant#urn:fdc:peppol.eu:2017:poacc:billing:3.0</cbc:CustomizationID>
<cbc:ID>{number}</cbc:ID><cbc:IssueDate>2026-10-12</cbc:IssueDate>
{"<cbc:DueDate>2026-11-11</cbc:DueDate>" if root == "Invoice" else ""}
<cbc:{kind}TypeCode>{code}</cbc:{kind}TypeCode><cbc:DocumentCurrencyCode>EUR</cbc:DocumentCurrencyCode>
{extra}
<cac:AccountingSupplierParty>{_party(seller, "Moulins de la Senne SA")}</cac:AccountingSupplierParty>
<cac:AccountingCustomerParty>{_party(buyer, "Boulangerie Dupont SRL")}</cac:AccountingCustomerParty>
<cac:PaymentMeans><cbc:PaymentMeansCode>30</cbc:PaymentMeansCode><cbc:PaymentID>+++090/9337/55493+++</cbc:PaymentID>
<cac:PayeeFinancialAccount><cbc:ID>BE71096123456769</cbc:ID></cac:PayeeFinancialAccount></cac:PaymentMeans>
{_totals(gross)}
<cac:{kind}Line><cbc:ID>1</cbc:ID><cbc:{quantity} unitCode="KGM">50</cbc:{quantity}>
<cbc:LineExtensionAmount currencyID="EUR">100.00</cbc:LineExtensionAmount><cac:Item><cbc:Name>Farine T65</cbc:Name>
<cac:ClassifiedTaxCategory><cbc:ID>S</cbc:ID><cbc:Percent>21</cbc:Percent><cac:TaxScheme><cbc:ID>VAT</cbc:ID>
</cac:TaxScheme></cac:ClassifiedTaxCategory></cac:Item><cac:Price><cbc:PriceAmount currencyID="EUR">2.00</cbc:PriceAmount>
</cac:Price></cac:{kind}Line></{root}>""".encode()


OTHER = f"{'BE32123456789002':<34}"


def coda_file(
    *,
    opening: int = 1_000_000,
    movements: tuple[tuple[int, str, str], ...] = (),
    number: int = 1,
    shift: int = 0,
) -> bytes:
    """Amounts in thousandths of a euro; each movement is (amount, twelve digits or text, party)."""

    def signed(amount: int) -> str:
        return f"{'1' if amount < 0 else '0'}{abs(amount):015}"

    blank = ""
    account = f"{'BE71096123456769':<34}EUR"
    lines = [
        f"0000002112630005        55324204  {'BOULANGERIE DUPONT SRL':<26}BBRUBEBB   00712458367 00000{'':39}2"
    ]
    lines.append(
        f"12{number:03}{account}{signed(opening)}201126{'BOULANGERIE DUPONT SRL':<26}{'':<35}{number:03}"
    )
    count = 2
    for place, (amount, said, party) in enumerate(movements, start=1):
        structured = said.isdigit() and len(said) == 12
        communication = f"1101{said}" if structured else f"0{said[:52]}"
        lines.append(
            f"21{place:04}0000{f'REF{number}-{place}':<21}{signed(amount)}20112600150000{communication:<54}211126{number:03}11 0"
        )
        lines.append(f"22{place:04}0000{'':53}{'':35}{'GEBABEBB':<11}{'':3}{'':12}1 0".ljust(128))
        lines.append(f"23{place:04}0000{OTHER}EUR{party:<35}{blank:43}0 1")
        count += 3
    closing = opening + sum(amount for amount, _, _ in movements) + shift
    debit = -sum(amount for amount, _, _ in movements if amount < 0)
    credit = sum(amount for amount, _, _ in movements if amount > 0)
    lines.append(f"8{number:03}{account}{signed(closing)}211126{'':64}0")
    lines.append(f"9{'':15}{count + 0:06}{debit:015}{credit:015}{'':75}2")
    return "\r\n".join(line.ljust(128) for line in lines).encode()
