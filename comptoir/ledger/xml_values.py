"""Amounts and days of XML elements, with the element's line in every refusal. Pure."""

from __future__ import annotations

import base64
import binascii
from typing import TYPE_CHECKING

from comptoir.ledger.figures import amount, day
from comptoir.ledger.records import AttachmentRead, Code, Unreadable, warning
from comptoir.ledger.safe_xml import find, line_of, local_name, own_text

if TYPE_CHECKING:
    from datetime import date
    from decimal import Decimal

    from lxml import etree

    from comptoir.ledger.records import Finding

# An invoice has a PDF and perhaps a time sheet; more is somebody's cupboard.
ATTACHMENTS_AT_MOST = 20
ATTACHMENT_BYTES = 25 * 1024 * 1024


def amount_at(element: etree._Element | None, *paths: str) -> Decimal | None:
    """None if there is no such element, or it is empty; Unreadable if what is there is no amount."""
    found = find(element, *paths)
    written = own_text(found)
    if found is None or not written:
        return None
    return amount(written, line=line_of(found), what=local_name(found))


def amount_needed(element: etree._Element, *paths: str) -> Decimal:
    found = amount_at(element, *paths)
    if found is None:
        raise Unreadable(Code.MISSING, line=line_of(element), what=paths[0].rpartition("/")[2])
    return found


def day_at(element: etree._Element | None, *paths: str) -> date | None:
    found = find(element, *paths)
    written = own_text(found)
    return day(written, line=line_of(found)) if written else None


def embedded(element: etree._Element, name: str) -> AttachmentRead | Finding:
    """The file in a base64 element, or a warning if it is none or too large."""
    written = element.text or ""
    if len(written) * 3 // 4 > ATTACHMENT_BYTES:
        return warning(Code.ATTACHMENT_SKIPPED, line=line_of(element), name=name)
    try:
        content = base64.b64decode("".join(written.split()), validate=True)
    except (binascii.Error, ValueError):
        content = b""
    if not content:
        return warning(Code.ATTACHMENT_SKIPPED, line=line_of(element), name=name)
    return AttachmentRead(name, element.get("mimeCode", "")[:100], content)


def sorted_out(
    found: list[AttachmentRead | Finding],
) -> tuple[tuple[AttachmentRead, ...], tuple[Finding, ...]]:
    files = [one for one in found if isinstance(one, AttachmentRead)]
    warnings = [one for one in found if not isinstance(one, AttachmentRead)]
    warnings += [warning(Code.ATTACHMENT_SKIPPED, name=file.name) for file in files[ATTACHMENTS_AT_MOST:]]
    return tuple(files[:ATTACHMENTS_AT_MOST]), tuple(warnings)
