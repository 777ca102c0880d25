from __future__ import annotations

from io import BytesIO
from typing import Any

from comptoir.serving.environ import environ_from


def scope(**more: Any) -> dict[str, Any]:
    usual = {
        "method": "GET",
        "path": "/",
        "raw_path": b"/",
        "query_string": b"",
        "http_version": "1.1",
        "headers": [],
        "server": ("127.0.0.1", 8000),
        "client": ("192.0.2.7", 50000),
    }
    return {**usual, **more}


def environ(**more: Any) -> dict[str, Any]:
    return environ_from(scope(**more), BytesIO(b"abc"), 3)


def test_what_a_request_says() -> None:
    made = environ(
        method="POST", raw_path=b"/c/%C3%A9t%C3%A9", query_string=b"q=a%20b", headers=[(b"host", b"x.be")]
    )
    assert (made["REQUEST_METHOD"], made["QUERY_STRING"], made["HTTP_HOST"]) == ("POST", "q=a%20b", "x.be")
    assert made["PATH_INFO"].encode("latin1").decode() == "/c/été"
    assert (made["REMOTE_ADDR"], made["SERVER_PORT"]) == ("192.0.2.7", "8000")


def test_a_path_that_is_no_utf_8_stays_as_it_came() -> None:
    assert environ(raw_path=b"/%FF/%2e%2e")["PATH_INFO"].encode("latin1") == b"/\xff/.."


def test_a_query_beyond_ascii_does_not_fail() -> None:
    assert environ(query_string="q=é".encode())["QUERY_STRING"] == "q=Ã©"


def test_a_name_with_an_underscore_passes_for_no_other() -> None:
    forged = [(b"x_forwarded_proto", b"https"), (b"x-real", b"1")]
    made = environ(headers=forged)
    assert "HTTP_X_FORWARDED_PROTO" not in made
    assert made["HTTP_X_REAL"] == "1"


def test_several_lines_of_one_name_are_joined() -> None:
    made = environ(headers=[(b"cookie", b"a=1"), (b"cookie", b"b=2"), (b"accept", b"a"), (b"accept", b"b")])
    assert made["HTTP_COOKIE"] == "a=1; b=2"
    assert made["HTTP_ACCEPT"] == "a,b"


def test_the_length_is_what_was_read() -> None:
    assert environ(headers=[(b"transfer-encoding", b"chunked")])["CONTENT_LENGTH"] == "3"
    assert environ(headers=[(b"content-length", b"99")])["CONTENT_LENGTH"] == "3"


def test_thousands_of_headers_cost_their_number_only() -> None:
    made = environ(headers=[(b"x-a", b"v")] * 20_000)
    assert len(made["HTTP_X_A"]) == 39_999
