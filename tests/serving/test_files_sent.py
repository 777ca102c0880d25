"""Files leave from the event loop; the same view works under any WSGI server (tests/core/test_http.py)."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.serving.probed import Probed

pytestmark = pytest.mark.servers


def original(product: Probed) -> bytes:
    return (product.data / "probe.bin").read_bytes()


def test_a_whole_file(product: Probed) -> None:
    answer = product.get("/probe/file")
    assert answer.read() == original(product)
    assert answer.headers["Content-Length"] == "3000000"
    assert answer.headers["Accept-Ranges"] == "bytes"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="probe.bin"'
    assert answer.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert answer.headers["Cache-Control"] == "private, no-store"


def test_a_part(product: Probed) -> None:
    answer = product.get("/probe/file", Range="bytes=1000000-1999999")
    assert answer.status == 206
    assert answer.headers["Content-Range"] == "bytes 1000000-1999999/3000000"
    assert answer.read() == original(product)[1_000_000:2_000_000]


def test_the_end_of_it(product: Probed) -> None:
    answer = product.get("/probe/file", Range="bytes=-7")
    assert (answer.status, answer.read()) == (206, original(product)[-7:])


def test_head_sends_no_byte_of_it(product: Probed) -> None:
    connection = product.connection()
    connection.request("HEAD", "/probe/file")
    answer = connection.getresponse()
    assert (answer.headers["Content-Length"], answer.read()) == ("3000000", b"")
    connection.request("GET", "/probe/rows?count=1")  # the connection goes on
    assert connection.getresponse().status == 200


def test_a_long_streamed_answer(product: Probed) -> None:
    answer = product.get("/probe/rows?count=5000")
    assert answer.headers["Content-Length"] == "5000000"
    assert answer.read() == b"x" * 5_000_000


def test_no_descriptor_stays_open(product: Probed) -> None:
    assert product.process is not None

    def open_files() -> int:
        assert product.process is not None
        return len(list(Path(f"/proc/{product.process.pid}/fd").iterdir()))

    product.get("/probe/file").read()
    before = open_files()
    for _ in range(20):
        product.get("/probe/file").read()
        product.get("/probe/rows?count=3000").read()
        half = product.socket()
        half.sendall(b"GET /probe/file HTTP/1.1\r\nHost: localhost\r\n\r\n")
        half.recv(10)
        half.close()
    product.get("/probe/rows?count=1").read()
    assert open_files() <= before + 3


def test_a_fault_is_an_answer_and_the_next_request_goes_on(product: Probed) -> None:
    assert product.get("/probe/boom").status == 500
    assert product.get("/probe/rows?count=1").status == 200
