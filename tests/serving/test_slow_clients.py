"""A slow sender or receiver costs the others nothing."""

from __future__ import annotations

import hashlib
import time
from http.client import HTTPResponse
from typing import TYPE_CHECKING

import pytest

from tests.serving.probed import read_all

if TYPE_CHECKING:
    import socket

    from tests.serving.probed import Probed

pytestmark = pytest.mark.servers


def half_sent(product: Probed, path: str, size: int) -> socket.socket:
    connection = product.socket()
    connection.sendall(
        f"POST {path} HTTP/1.1\r\nHost: localhost\r\nContent-Length: {size}\r\n\r\n".encode() + b"x" * 10
    )
    return connection


def test_twenty_half_sent_uploads_hold_nobody_up(product: Probed) -> None:
    slow = [half_sent(product, "/probe/echo", 1000) for _ in range(20)]
    begun = time.monotonic()
    assert product.get("/healthz").status == 200
    assert product.get("/probe/rows?count=1").status == 200
    assert time.monotonic() - begun < 2
    slow[0].sendall(b"x" * 990)
    answer = HTTPResponse(slow[0])  # head and body may come in two packets
    answer.begin()
    assert hashlib.sha256(b"x" * 1000).hexdigest().encode() in answer.read()
    for connection in slow:
        connection.close()


def test_twenty_receivers_who_do_not_read_hold_nobody_up(product: Probed) -> None:
    slow = [product.socket() for _ in range(20)]
    for connection in slow:
        connection.sendall(b"GET /probe/file HTTP/1.1\r\nHost: localhost\r\n\r\n")
    begun = time.monotonic()
    assert product.get("/probe/rows?count=1").status == 200
    assert time.monotonic() - begun < 2
    for connection in slow:
        connection.close()


def test_a_sender_who_leaves_half_way_is_forgotten(product: Probed) -> None:
    half_sent(product, "/probe/echo", 1000).close()
    assert product.get("/probe/rows?count=1").status == 200


def test_a_large_body_arrives_whole(product: Probed) -> None:
    data = bytes(range(256)) * 8000  # 2,048,000 bytes
    connection = product.connection()
    connection.request("POST", "/probe/echo", body=data)
    assert connection.getresponse().read().decode() == f"{len(data)} {hashlib.sha256(data).hexdigest()}"


def test_a_chunked_body_arrives_whole(product: Probed) -> None:
    connection = product.connection()
    connection.request("POST", "/probe/echo", body=iter([b"abc", b"def"]), encode_chunked=True)
    assert connection.getresponse().read().decode() == f"6 {hashlib.sha256(b'abcdef').hexdigest()}"


def test_an_upload_by_form(product: Probed) -> None:
    boundary = "----x"
    data = b"p" * 3_000_000
    head = f'--{boundary}\r\nContent-Disposition: form-data; name="file"; filename="a.pdf"\r\n\r\n'
    connection = product.connection()
    kind = f"multipart/form-data; boundary={boundary}"
    body = head.encode() + data + f"\r\n--{boundary}--\r\n".encode()
    connection.request("POST", "/probe/upload", body=body, headers={"Content-Type": kind})
    assert connection.getresponse().read() == b"a.pdf 3000000"


def test_many_requests_on_one_connection(product: Probed) -> None:
    connection = product.connection()
    for number in range(30):
        connection.request("POST", "/probe/echo", body=b"x" * number)
        assert connection.getresponse().read().startswith(str(number).encode() + b" ")


def test_requests_sent_before_the_answers_are_read_are_answered_in_order(product: Probed) -> None:
    with product.socket() as connection:
        for size in (1, 2, 3):
            last = "Connection: close\r\n" if size == 3 else ""
            head = f"POST /probe/echo HTTP/1.1\r\nHost: localhost\r\n{last}Content-Length: {size}\r\n\r\n"
            connection.sendall(head.encode() + b"x" * size)
        bodies = [
            part.split(b"\r\n\r\n")[1].split(b" ")[0]
            for part in read_all(connection).split(b"HTTP/1.1 200 OK")[1:]
        ]
    assert bodies == [b"1", b"2", b"3"]
