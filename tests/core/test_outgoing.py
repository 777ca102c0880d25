"""What our server asks, and above all what it does not: a real HTTPS server stands where it must not go."""

from __future__ import annotations

import socket
import time
from typing import TYPE_CHECKING

import pytest

from comptoir.core import outgoing
from comptoir.core.dialling import NotPermitted, Unreachable, checked, is_global
from comptoir.core.outgoing import ANSWER_BYTES, dialled, place_of, post
from tests.core.https_server import HttpsServer, certificate

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytest_django.fixtures import SettingsWrapper

OUTSIDE = "93.184.215.14"


@pytest.fixture
def server(tmp_path: Path, settings: SettingsWrapper) -> Iterator[HttpsServer]:
    chain = certificate(tmp_path)
    made = HttpsServer(chain)
    settings.EXTRA_CA_FILE, settings.PRIVATE_HOSTS = str(chain), []
    made.start()
    yield made
    made.stop()


@pytest.fixture
def named(server: HttpsServer, settings: SettingsWrapper) -> HttpsServer:
    """The same, and the operator named it as one of their own."""
    settings.PRIVATE_HOSTS = ["localhost"]
    return server


def test_asks_and_answers(named: HttpsServer) -> None:
    named.status, named.headers, named.body = 202, {"Retry-After": "7"}, b"taken"
    reply = post(f"{named.address}/push/a?b=c", b"\x00\xff", headers={"TTL": "60"})
    assert (reply.status, reply.headers["retry-after"], reply.body) == (202, "7", b"taken")
    [(path, headers, body)] = named.asked
    assert (path, body, headers["ttl"]) == ("/push/a?b=c", b"\x00\xff", "60")
    assert headers["host"] == f"localhost:{named.server_port}"


# ── Where it does not go ─────────────────────────────────────────────────
INSIDE = [
    "127.0.0.1", "127.1.2.3", "0.0.0.1", "10.0.0.1", "172.16.0.1", "172.31.255.255", "192.168.1.1", "169.254.169.254",
    "100.64.0.1", "192.0.2.1", "198.18.0.1", "224.0.0.1", "240.0.0.1", "255.255.255.255",
    "::1", "::", "fe80::1", "fe80::1%eth0", "fc00::1", "fd12::1", "ff02::1", "2001:db8::1",
    "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:169.254.169.254", "64:ff9b::7f00:1", "2002:7f00:1::", "2001::1",
]  # fmt: skip


@pytest.mark.parametrize("address", INSIDE)
def test_an_address_inside(address: str) -> None:
    assert not is_global(address)
    with pytest.raises(NotPermitted):
        checked("push.example", 443, seconds=1, resolve=lambda *_: [address])


@pytest.mark.parametrize("address", [OUTSIDE, "2606:2800:220:1::1", "::ffff:8.8.8.8"])
def test_an_address_outside(address: str) -> None:
    assert checked("push.example", 443, seconds=1, resolve=lambda *_: [address]) == [address]


@pytest.mark.parametrize("addresses", [[OUTSIDE, "127.0.0.1"], ["::1", OUTSIDE]])
def test_one_address_inside_condemns_the_name(addresses: list[str]) -> None:
    with pytest.raises(NotPermitted):
        checked("push.example", 443, seconds=1, resolve=lambda *_: addresses)


# As people write this machine: by name, in fewer parts, as one number, octal, hexadecimal, IPv6, with a dot behind.
OURSELVES = ["localhost", "LOCALHOST", "localhost.", "127.0.0.1", "127.1", "2130706433", "0177.0.0.1", "0x7f.1", "0",
             "[::1]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]"]  # fmt: skip


@pytest.mark.parametrize("host", OURSELVES)
def test_nobody_comes_to_this_machine(server: HttpsServer, host: str) -> None:
    with pytest.raises((NotPermitted, Unreachable)):
        post(f"https://{host}:{server.server_port}/", b"", headers={})
    assert server.came == 0


@pytest.mark.parametrize(
    "url",
    [
        "http://push.example/",
        "ftp://push.example/",
        "file:///etc/passwd",
        "https://user@push.example/",
        "https://push.example\\@localhost/",
        "https://push.example/a b",
        "https://push.example/\r\nHost: x",
        "https://pu\u017fh.example/",
        "https:///path",
        "https://push.example:99999/",
        "https://[::1/",
        "",
    ],
)
def test_what_is_no_plain_https_address(url: str) -> None:
    with pytest.raises(NotPermitted):
        place_of(url)


def test_a_name_that_changes_after_it_was_checked(server: HttpsServer) -> None:
    """DNS rebinding: the second answer would be this machine. Nobody asks a second time; the checked one is dialled."""
    answers = iter([[OUTSIDE], ["127.0.0.1"], ["127.0.0.1"]])
    dials: list[str] = []

    def dial(address: str, port: int, seconds: float) -> socket.socket:
        dials.append(address)
        raise OSError("The internet is not here.")

    with pytest.raises(Unreachable):
        post(
            f"https://rebound.example:{server.server_port}/",
            b"",
            headers={},
            resolve=lambda *_: next(answers),
            dial=dial,
        )
    assert (dials, server.came) == ([OUTSIDE], 0)
    assert next(answers) == ["127.0.0.1"]  # it was asked once


def test_the_certificate_is_that_of_the_name(named: HttpsServer) -> None:
    """Whoever answers at the checked address must still prove to be the name."""
    here = f":{named.server_port}/"

    def dial(address: str, port: int, seconds: float) -> socket.socket:
        return dialled("127.0.0.1", port, seconds)

    with pytest.raises(Unreachable, match="certificate"):
        post(f"https://other.example{here}", b"x", headers={}, resolve=lambda *_: [OUTSIDE], dial=dial)
    assert named.asked == []


def test_a_certificate_that_nobody_vouches_for(named: HttpsServer, settings: SettingsWrapper) -> None:
    settings.EXTRA_CA_FILE = ""
    with pytest.raises(Unreachable, match="certificate"):
        post(named.address, b"", headers={})


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_is_an_answer(named: HttpsServer, status: int) -> None:
    named.status, named.headers = status, {"Location": f"{named.address}/elsewhere"}
    assert post(named.address, b"", headers={}).status == status
    assert named.came == 1


# ── Its patience ─────────────────────────────────────────────────────────
def test_a_long_answer(named: HttpsServer) -> None:
    named.body = b"x" * ANSWER_BYTES
    assert len(post(named.address, b"", headers={}).body) == ANSWER_BYTES
    named.body += b"x"
    with pytest.raises(Unreachable, match="too long"):
        post(named.address, b"", headers={})


def test_a_head_without_end(named: HttpsServer) -> None:
    named.headers = {"X-Long": "x" * (2 * ANSWER_BYTES)}
    with pytest.raises(Unreachable):
        post(named.address, b"", headers={})


def test_a_server_that_takes_its_time_byte_by_byte(
    named: HttpsServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each byte comes in time, the whole does not."""
    monkeypatch.setattr(outgoing, "SECONDS", 1.0)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        began = time.monotonic()
        with pytest.raises(Unreachable):
            post(f"https://localhost:{silent.getsockname()[1]}/", b"", headers={})
        assert time.monotonic() - began < 10

    class Drips(dict[str, str]):
        def items(self) -> Iterator[tuple[str, str]]:  # type: ignore[override]
            for _ in range(200):
                time.sleep(0.05)
                yield "X-Drop", "x"

    named.headers = Drips()
    began = time.monotonic()
    with pytest.raises(Unreachable):
        post(named.address, b"", headers={})
    assert time.monotonic() - began < 8


def test_a_name_that_does_not_resolve(server: HttpsServer) -> None:
    with pytest.raises(Unreachable):
        post("https://nobody.invalid/", b"", headers={})

    def slow(*_: object) -> list[str]:
        time.sleep(2)
        return [OUTSIDE]

    with pytest.raises(Unreachable, match="in time"):
        checked("push.example", 443, seconds=0.1, resolve=slow)
