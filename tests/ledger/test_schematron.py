"""The official rules of EN 16931, on what is imported: one broken sample for each of a number of rules."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.utils.translation import override

from comptoir.ledger.actions.imports import import_file
from comptoir.ledger.models import Invoice, Source
from comptoir.ledger.reading import read
from comptoir.ledger.schematron import _child, with_official_rules
from comptoir.ledger.words import sentence
from tests.ledger.samples import belgian_ubl, sample
from tests.world import NOW

if TYPE_CHECKING:
    from comptoir.people.models import Company

FINE = belgian_ubl()
# Of a rule: what stands in the invoice, and what stands there instead.
BROKEN = {
    "BR-02": ("<cbc:ID>2026/118</cbc:ID>", ""),
    "BR-03": ("<cbc:IssueDate>2026-10-12</cbc:IssueDate>", ""),
    "BR-04": ("<cbc:InvoiceTypeCode>380</cbc:InvoiceTypeCode>", ""),
    "BR-05": ("<cbc:DocumentCurrencyCode>EUR</cbc:DocumentCurrencyCode>", ""),
    "BR-09": ("<cac:Country><cbc:IdentificationCode>BE</cbc:IdentificationCode></cac:Country>", ""),
    "BR-13": ('<cbc:TaxExclusiveAmount currencyID="EUR">100.00</cbc:TaxExclusiveAmount>', ""),
    "BR-CL-01": (">380<", ">999<"),
    "BR-CL-04": ("<cbc:DocumentCurrencyCode>EUR", "<cbc:DocumentCurrencyCode>EUX"),
    "BR-CL-14": (">BE</cbc:IdentificationCode>", ">QQ</cbc:IdentificationCode>"),
    "BR-CO-13": ('LineExtensionAmount currencyID="EUR">100.00', 'LineExtensionAmount currencyID="EUR">90.00'),
    "BR-CO-14": (
        '<cac:TaxTotal><cbc:TaxAmount currencyID="EUR">21.00',
        '<cac:TaxTotal><cbc:TaxAmount currencyID="EUR">19.00',
    ),
    "BR-CO-15": ('TaxInclusiveAmount currencyID="EUR">121.00', 'TaxInclusiveAmount currencyID="EUR">122.00'),
    "BR-CO-16": ('PayableAmount currencyID="EUR">121.00', 'PayableAmount currencyID="EUR">99.00'),
    "BR-S-05": (
        "<cbc:ID>S</cbc:ID><cbc:Percent>21</cbc:Percent>",
        "<cbc:ID>S</cbc:ID><cbc:Percent>0</cbc:Percent>",
    ),
    "BR-E-05": ("<cbc:ID>S</cbc:ID>", "<cbc:ID>E</cbc:ID>"),
    "BR-AE-05": ("<cbc:ID>S</cbc:ID>", "<cbc:ID>AE</cbc:ID>"),
    "BR-Z-05": ("<cbc:ID>S</cbc:ID>", "<cbc:ID>Z</cbc:ID>"),
    "BR-O-05": ("<cbc:ID>S</cbc:ID>", "<cbc:ID>O</cbc:ID>"),
    "BR-G-05": ("<cbc:ID>S</cbc:ID>", "<cbc:ID>G</cbc:ID>"),
    "BR-IC-05": ("<cbc:ID>S</cbc:ID>", "<cbc:ID>K</cbc:ID>"),
}


def broken(data: bytes) -> set[str]:
    found = _child.ask(data)
    assert found is not None
    return {rule for rule, _ in found}


def test_an_invoice_without_fault() -> None:
    assert broken(FINE) == set()
    assert broken(sample("EUPL-1.2/cii/CII_business_example_01.xml")) == set()


@pytest.mark.parametrize("rule", BROKEN)
def test_each_broken_rule_is_named(rule: str) -> None:
    was, becomes = BROKEN[rule]
    assert was in FINE.decode()
    assert rule in broken(FINE.decode().replace(was, becomes).encode())


def test_what_is_imported_says_it_in_the_words_of_the_rule(
    bakery: Company, settings: Any, tmp_path: Any
) -> None:
    settings.FILES = tmp_path
    was, becomes = BROKEN["BR-CL-14"]
    data = FINE.decode().replace(was, becomes).encode()
    import_file(bakery.pk, by=None, at=NOW, name="f.xml", data=data, source=Source.COMMAND)
    with override("fr"):
        said = [sentence(one["code"], one["params"]) for one in Invoice.objects.get().findings]
    assert any("BR-CL-14" in one and "Country codes" in one for one in said)


def test_ours_say_it_with_the_amounts() -> None:
    was, becomes = BROKEN["BR-CO-16"]
    data = FINE.decode().replace(was, becomes).encode()
    [ours] = read(data, "f.xml").invoices
    found = [dict(one.params) for one in with_official_rules(ours, data).warnings]
    assert [one for one in found if one.get("rule") == "BR-CO-16"] == [
        {"rule": "BR-CO-16", "told": "99.00", "found": "121.00"}
    ]


def test_a_child_that_was_ended_is_begun_again() -> None:
    assert broken(FINE) == set()
    assert _child.running is not None
    _child.running.kill()
    _child.running.wait()
    assert broken(FINE) == set()
    assert _child.ask(b"no xml at all") is None
    assert broken(FINE) == set()
