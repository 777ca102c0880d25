"""From a file's bytes and name to what it says: the one way into the readers of this package. Pure.

A file is read whole or not at all: Unreadable tells why, and at which line.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from comptoir.ledger.balances import statement_warnings
from comptoir.ledger.bank_csv import read_csv
from comptoir.ledger.camt import MESSAGES, read_camt
from comptoir.ledger.cii import ROOTS as CII_ROOTS
from comptoir.ledger.cii import read_cii
from comptoir.ledger.coda import read_coda
from comptoir.ledger.en16931 import invoice_warnings
from comptoir.ledger.facturx import xml_in_pdf
from comptoir.ledger.mt940 import read_mt940
from comptoir.ledger.records import Code, FileKind, FileRead, Unreadable
from comptoir.ledger.safe_xml import every, find, line_of, local_name, parsed
from comptoir.ledger.schemas import schema_warnings
from comptoir.ledger.sniffing import decoded, is_xml, text_kind
from comptoir.ledger.ubl import ROOTS as UBL_ROOTS
from comptoir.ledger.ubl import read_ubl

if TYPE_CHECKING:
    from lxml import etree

    from comptoir.ledger.bank_csv import Columns
    from comptoir.ledger.records import InvoiceRead, StatementRead

BYTES_AT_MOST = 50 * 1024 * 1024


def read(data: bytes, name: str = "", *, columns: Columns | None = None, account: str = "") -> FileRead:
    """What the file says. `columns` and `account` are for a CSV only. Raises Unreadable."""
    if not data.strip(b"\x00 \r\n\t"):
        raise Unreadable(Code.EMPTY)
    if len(data) > BYTES_AT_MOST:
        raise Unreadable(Code.TOO_LARGE, limit=BYTES_AT_MOST // (1024 * 1024))
    if data[:1024].lstrip(b"\xef\xbb\xbf\r\n\t ").startswith(b"%PDF-"):
        invoices = _from_xml(parsed(xml_in_pdf(data)))
        return replace(invoices, kind=FileKind.FACTURX)
    if is_xml(data):
        return _from_xml(parsed(data))
    content = decoded(data)
    kind = text_kind(content, name)
    content = content.replace("\x00", " ")  # some banks fill up with it, and PostgreSQL takes none
    if kind == FileKind.CODA:
        statements = read_coda(content)
    elif kind == FileKind.MT940:
        statements = read_mt940(content)
    else:
        statements = read_csv(content, columns=columns, account=account)
    return FileRead(kind, statements=_checked(statements))


def _from_xml(root: etree._Element) -> FileRead:
    name = local_name(root)
    if name == "StandardBusinessDocument":  # Peppol's envelope round an invoice
        inner = next((one for one in root if local_name(one) in UBL_ROOTS | CII_ROOTS), None)
        if inner is None:
            raise Unreadable(Code.NOT_INVOICE, line=line_of(root), name=name)
        root, name = inner, local_name(inner)
    if name in UBL_ROOTS:
        return FileRead(FileKind.UBL, invoices=(_with_warnings(read_ubl(root), root),))
    if name in CII_ROOTS:
        return FileRead(FileKind.CII, invoices=(_with_warnings(read_cii(root), root),))
    if name == "Document" or name in MESSAGES or find(root, *MESSAGES) is not None:
        return FileRead(FileKind.CAMT, statements=_checked(read_camt(root)))
    if any(True for one in ("Document/BkToCstmrStmt", "Body/Document") for _ in every(root, one)):
        inner = find(root, "Document", "Body/Document")
        return FileRead(FileKind.CAMT, statements=_checked(read_camt(root if inner is None else inner)))
    raise Unreadable(Code.NOT_INVOICE, line=line_of(root), name=name)


def _with_warnings(invoice: InvoiceRead, root: etree._Element) -> InvoiceRead:
    return replace(invoice, warnings=(*schema_warnings(root), *invoice_warnings(invoice)))


def _checked(statements: tuple[StatementRead, ...]) -> tuple[StatementRead, ...]:
    return tuple(replace(one, warnings=statement_warnings(one)) for one in statements)
