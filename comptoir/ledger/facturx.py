"""The XML inside a Factur-X or ZUGFeRD PDF, taken out by a child process (pdf_child.py). Pure."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

from comptoir.ledger.records import Code, Unreadable

CHILD = Path(__file__).with_name("pdf_child.py")
SECONDS = 30
_NONE = 3
XML_BYTES = 50 * 1024 * 1024


def xml_in_pdf(data: bytes) -> bytes:
    """Raises Unreadable if the PDF cannot be opened within its limits, or carries no invoice."""
    with tempfile.TemporaryFile() as source, tempfile.TemporaryFile() as target:
        source.write(data)
        source.seek(0)
        try:
            ended = subprocess.run(  # noqa: S603 -- our own program, without a shell
                [sys.executable, "-I", str(CHILD)],
                stdin=source,
                stdout=target,
                stderr=subprocess.DEVNULL,
                env={},
                cwd="/",
                timeout=SECONDS,
                check=False,
            )
        except subprocess.TimeoutExpired:
            raise Unreadable(Code.BAD_PDF) from None
        target.seek(0)
        found = target.read(XML_BYTES)
    if ended.returncode == _NONE:
        raise Unreadable(Code.NO_XML_IN_PDF)
    if ended.returncode or not found:
        raise Unreadable(Code.BAD_PDF)
    return found
