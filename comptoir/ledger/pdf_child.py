"""A program of its own: a PDF on standard input, the invoice's XML that it carries on standard output.

A PDF from a stranger can ask for any memory and time, so it is opened here, within hard limits, with an empty
environment, and nothing can be opened afterwards. Ends with 0 and the XML, 3 where there is none, 4 where the PDF
cannot be read. It imports nothing of Comptoir.
"""

from __future__ import annotations

import io
import os
import resource
import sys

import pypdf
from pypdf.errors import PyPdfError

MEMORY_BYTES = 1024**3
CPU_SECONDS = 20
XML_BYTES = 50 * 1024**2
NONE, BROKEN = 3, 4
# The names that Factur-X, ZUGFeRD and XRechnung give to it; any other XML that is an invoice comes after these.
NAMES = ("factur-x.xml", "zugferd-invoice.xml", "xrechnung.xml", "cii.xml", "ubl.xml")
MARKS = (b"CrossIndustryInvoice", b"CrossIndustryDocument", b"urn:oasis:names:specification:ubl:schema:xsd:")
HEAD_BYTES = 4096


def main() -> int:
    limit_itself()
    try:
        found = invoice_in(sys.stdin.buffer.read())
    except (
        PyPdfError,
        ArithmeticError,
        AttributeError,
        LookupError,
        MemoryError,
        OSError,
        RecursionError,
        TypeError,
        ValueError,
    ):
        return BROKEN
    if found is None:
        return NONE
    sys.stdout.buffer.write(found)
    return 0


def limit_itself() -> None:
    # pypdf imports some of its modules when it first meets their kind of stream; afterwards none can be opened.
    pypdf.PdfReader(io.BytesIO(_SMALL), strict=False).attachments.get("", ())
    os.nice(5)
    for what, limit in (
        (resource.RLIMIT_AS, MEMORY_BYTES),
        (resource.RLIMIT_CPU, CPU_SECONDS),
        (resource.RLIMIT_FSIZE, XML_BYTES),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NOFILE, 3),
    ):
        resource.setrlimit(what, (limit, limit))


def invoice_in(data: bytes) -> bytes | None:
    reader = pypdf.PdfReader(io.BytesIO(data), strict=False)
    if reader.is_encrypted:
        reader.decrypt("")
    files = [(name.lower(), content) for name, contents in reader.attachments.items() for content in contents]
    for wanted in NAMES:
        for name, content in files:
            if name == wanted and len(content) <= XML_BYTES:
                return content
    return next(
        (content for _name, content in files if any(mark in content[:HEAD_BYTES] for mark in MARKS)), None
    )


_SMALL = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n"
    b"trailer<</Root 1 0 R/Size 3>>\nstartxref\n0\n%%EOF\n"
)

if __name__ == "__main__":
    sys.exit(main())
