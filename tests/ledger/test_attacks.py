"""Files made to hurt: every one is refused with a reason, quickly, without asking anybody and without showing anything."""

from __future__ import annotations

import socket
import threading
import time
import zlib
from typing import TYPE_CHECKING

import pytest

from comptoir.ledger.reading import read
from comptoir.ledger.records import Code, Unreadable
from tests.ledger.samples import belgian_ubl

if TYPE_CHECKING:
    from collections.abc import Iterator

UBL = b'xmlns="urn:oasis:names:specification:ubl:schema:xsd:Invoice-2"'


@pytest.fixture
def asked() -> Iterator[tuple[int, list[bytes]]]:
    """A listener that notes who comes, and its port."""
    heard: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.2)
        stop = threading.Event()

        def listen() -> None:
            while not stop.is_set():
                try:
                    line, _ = server.accept()
                except TimeoutError:
                    continue
                with line:
                    heard.append(line.recv(200))

        thread = threading.Thread(target=listen)
        thread.start()
        yield server.getsockname()[1], heard
        stop.set()
        thread.join()


def doctypes(port: int) -> dict[str, bytes]:
    there = b"http://127.0.0.1:%d/" % port
    laughs = b"".join(b'<!ENTITY l%d "%s">' % (n + 1, b"&l%d;" % n * 10) for n in range(9))
    return {
        "a file of the machine": b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><Invoice %s>&x;</Invoice>'
        % UBL,
        "a page elsewhere": b'<!DOCTYPE a [<!ENTITY x SYSTEM "%s">]><Invoice>&x;</Invoice>' % there,
        "a DTD elsewhere": b'<!DOCTYPE a SYSTEM "%sa.dtd"><Invoice/>' % there,
        "a public DTD": b'<!DOCTYPE a PUBLIC "-//X" "%sa.dtd"><Invoice/>' % there,
        "a parameter entity": b'<!DOCTYPE a [<!ENTITY %% x SYSTEM "%s"> %%x;]><Invoice/>' % there,
        "a billion laughs": b'<!DOCTYPE a [<!ENTITY l0 "ha">%s]><Invoice>&l9;</Invoice>' % laughs,
        "quadratic": b'<!DOCTYPE a [<!ENTITY x "%s">]><Invoice>%s</Invoice>'
        % (b"a" * 50_000, b"&x;" * 20_000),
        "nothing in it": b"<!DOCTYPE Invoice><Invoice/>",
        "after a declaration": b'<?xml version="1.0"?>\n<!-- x --><!DOCTYPE a []><Invoice/>',
        "attribute defaults": b'<!DOCTYPE a [<!ATTLIST Invoice x CDATA "y">]><Invoice/>',
        "in UTF-16": '<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE a []><Invoice/>'.encode("utf-16"),
        "in UTF-16 without a word": "<!DOCTYPE a []><Invoice/>".encode("utf-16"),
        "in the envelope": b"<!DOCTYPE a []><StandardBusinessDocument><Invoice/></StandardBusinessDocument>",
        "a statement": b"<!DOCTYPE a []><Document><BkToCstmrStmt/></Document>",
    }


@pytest.mark.parametrize("name", doctypes(1))
def test_a_document_type_is_refused_before_anything_is_asked(
    asked: tuple[int, list[bytes]], name: str
) -> None:
    port, heard = asked
    began = time.perf_counter()
    with pytest.raises(Unreadable) as refusal:
        read(doctypes(port)[name], "x.xml")
    assert refusal.value.why.code == Code.DOCTYPE
    assert "root:" not in str(refusal.value)
    assert time.perf_counter() - began < 5
    assert heard == []


SHAPES = {
    "deep": (b"<a>" * 100_000, Code.TOO_DEEP),
    "deep and whole": (b"<a>" * 5_000 + b"</a>" * 5_000, Code.TOO_DEEP),
    "many attributes": (
        b"<Invoice " + b" ".join(b'a%d="1"' % n for n in range(5_000)) + b"/>",
        Code.TOO_MANY,
    ),
    "cut off": (belgian_ubl()[:900], Code.NOT_XML),
    "two roots": (b"<Invoice/><Invoice/>", Code.NOT_XML),
    "an encoding of nobody": (b'<?xml version="1.0" encoding="x-nobody"?><Invoice/>', Code.NOT_XML),
    "UTF-7": (b'<?xml version="1.0" encoding="UTF-7"?>+ADw-Invoice/+AD4-', Code.NOT_XML),
    "wrong UTF-8": (b"<Invoice>\xff\xfe</Invoice>", Code.NOT_XML),
    "a style sheet": (
        b'<?xml-stylesheet href="http://127.0.0.1/x.xsl" type="text/xsl"?><Invoice/>',
        Code.MISSING,
    ),
    "a web page": (b"<html><script>alert(1)</script></html>", Code.NOT_INVOICE),
    "a picture": (b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>', Code.NOT_INVOICE),
    "an include": (
        b'<x:include xmlns:x="http://www.w3.org/2001/XInclude" href="file:///etc/passwd"/>',
        Code.NOT_INVOICE,
    ),
    "an endless number": (belgian_ubl(gross="9" * 5_000), Code.BAD_AMOUNT),
    "no number at all": (belgian_ubl(gross="NaN"), Code.BAD_AMOUNT),
    "a number with an exponent": (belgian_ubl(gross="1e999999999"), Code.BAD_AMOUNT),
    "nothing but blanks": (b" \n\t" * 1_000, Code.EMPTY),
    "zeros": (bytes(100_000), Code.EMPTY),
}


@pytest.mark.parametrize("name", SHAPES)
def test_what_is_out_of_shape_is_refused_with_its_reason(name: str) -> None:
    data, code = SHAPES[name]
    began = time.perf_counter()
    with pytest.raises(Unreadable) as refusal:
        read(data, "x.xml")
    assert refusal.value.why.code == code
    assert time.perf_counter() - began < 5


def test_a_pdf_that_unpacks_without_end_is_refused() -> None:
    bomb = zlib.compress(bytes(300 * 1024 * 1024), 9)
    stream = (
        b"<</Type/EmbeddedFile/Filter/FlateDecode/Length %d>>stream\n" % len(bomb) + bomb + b"\nendstream"
    )
    names = b"<</EmbeddedFiles<</Names[(factur-x.xml)<</Type/Filespec/F(factur-x.xml)/EF<</F 3 0 R>>>>]>>>>"
    data = (
        b"%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 2 0 R/Names " + names + b">>endobj\n"
        b"2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n3 0 obj" + stream + b"endobj\n"
        b"trailer<</Root 1 0 R/Size 4>>\nstartxref\n0\n%%EOF\n"
    )
    with pytest.raises(Unreadable) as refusal:
        read(data, "x.pdf")
    assert refusal.value.why.code in {Code.BAD_PDF, Code.NO_XML_IN_PDF}
