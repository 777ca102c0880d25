"""What is too much is refused at once, with an answer that a browser can show."""

from __future__ import annotations

import json
import time
from typing import TYPE_CHECKING

import pytest

from comptoir.serving import server
from tests.serving.probed import read_all

if TYPE_CHECKING:
    from tests.serving.probed import Probed

pytestmark = pytest.mark.servers

GIGABYTE = 1_000_000_000


def test_a_gigabyte_is_refused_before_it_is_sent(product: Probed) -> None:
    begun = time.monotonic()
    with product.socket() as connection:
        connection.sendall(
            f"POST /c/x HTTP/1.1\r\nHost: localhost\r\nContent-Length: {GIGABYTE}\r\n\r\n".encode()
        )
        assert connection.recv(4096).startswith(b"HTTP/1.1 413 ")
    assert time.monotonic() - begun < 2


def test_whoever_sends_on_regardless_still_gets_the_answer(product: Probed) -> None:
    with product.socket() as connection:
        connection.sendall(b"POST /c/x HTTP/1.1\r\nHost: localhost\r\nContent-Length: 4000000\r\n\r\n")
        connection.sendall(b"x" * 4_000_000)
        assert read_all(connection).startswith(b"HTTP/1.1 413 ")


def test_a_body_without_a_length_is_counted(product: Probed) -> None:
    connection = product.connection()
    connection.request("POST", "/probe/echo", body=iter([b"x" * 1_000_000] * 3), encode_chunked=True)
    assert connection.getresponse().status == 413


def test_a_script_is_refused_in_json(product: Probed) -> None:
    connection = product.connection()
    connection.putrequest("POST", "/c/x")
    connection.putheader("Accept", "application/json")
    connection.putheader("Content-Length", str(GIGABYTE))
    connection.endheaders()
    answer = connection.getresponse()
    assert (answer.status, answer.headers["Content-Type"]) == (413, "application/json")
    assert json.loads(answer.read()) == {
        "error": "too_large",
        "message": "This is too large: at most 2 MiB.",
        "field": "",
    }


def test_refusals_carry_the_headers_of_all_answers(product: Probed) -> None:
    connection = product.connection()
    connection.putrequest("POST", "/c/x")
    connection.putheader("Content-Length", str(GIGABYTE))
    connection.endheaders()
    headers = connection.getresponse().headers
    assert headers["Cache-Control"] == "private, no-store"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Content-Security-Policy"] == "default-src 'none'; frame-ancestors 'none'"


@pytest.mark.parametrize("endless", [b"X-Long: " + b"a" * 200_000, b"X: 1\r\n" * 40_000], ids=["one", "many"])
def test_a_head_without_end_ends_the_connection(product: Probed, endless: bytes) -> None:
    with product.socket() as connection:
        try:
            connection.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\n" + endless)
            assert read_all(connection) == b""
        except ConnectionError:
            pass  # reset while we still wrote: as good an end


def test_a_large_head_that_is_complete_is_no_better(product: Probed) -> None:
    with product.socket() as connection:
        try:
            connection.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\nX: " + b"a" * 100_000 + b"\r\n\r\n")
            assert read_all(connection) == b""
        except ConnectionError:
            pass


def test_a_head_that_does_not_come_ends_the_connection() -> None:
    assert server.HEAD_SECONDS <= 15
    # The wait itself is tried in test_protocol.py, with a clock that is turned.


def test_nonsense_is_a_bad_request(product: Probed) -> None:
    with product.socket() as connection:
        connection.sendall(b"\x16\x03\x01 not HTTP\r\n\r\n")
        assert read_all(connection).startswith(b"HTTP/1.1 400 ")


def test_two_lengths_are_a_bad_request(product: Probed) -> None:
    with product.socket() as connection:
        connection.sendall(
            b"POST /probe/echo HTTP/1.1\r\nHost: localhost\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\nabc"
        )
        assert read_all(connection).startswith(b"HTTP/1.1 400 ")
