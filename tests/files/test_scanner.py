"""comptoir.files.scanner, against a clamd of our own on the network's edge."""

from __future__ import annotations

import io
import socket
import struct
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

from comptoir.files import scanner
from comptoir.files.actions import store_attachment
from comptoir.files.models import Attachment
from comptoir.files.scanner import Infected, ScannerAway, scan

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from pathlib import Path

    from pytest_django.fixtures import SettingsWrapper

    from comptoir.people.models import Membership

# A signature of our own: the well-known test string would set off the scanners of developers.
BAD = b"COMPTOIR-TEST-SIGNATURE"


def serve_one(server: socket.socket, answer: bytes | None) -> None:
    connection, _ = server.accept()
    with connection, connection.makefile("rb") as stream:
        assert stream.read(10) == b"zINSTREAM\0"
        data = b""
        while length := struct.unpack("!I", stream.read(4))[0]:
            data += stream.read(length)
        verdict = b"stream: Test.Sig FOUND\0" if BAD in data else b"stream: OK\0"
        connection.sendall(verdict if answer is None else answer)


@contextmanager
def clamd(answer: bytes | None = None, path: str = "") -> Iterator[str]:
    with socket.socket(socket.AF_UNIX if path else socket.AF_INET) as server:
        server.bind(path or ("127.0.0.1", 0))
        server.listen()
        thread = threading.Thread(target=serve_one, args=(server, answer))
        thread.start()
        yield f"unix:{path}" if path else f"127.0.0.1:{server.getsockname()[1]}"
        thread.join(5)


def test_without_an_address_nothing_is_asked() -> None:
    scan(io.BytesIO(BAD), address="")


def test_a_clean_file_passes_whole(tmp_path: Path) -> None:
    for path in ("", str(tmp_path / "clamd.ctl")):
        with clamd(path=path) as address:
            scan(io.BytesIO(b"x" * 300_000), address=address)


def test_a_virus_is_refused_wherever_it_stands() -> None:
    with clamd() as address, pytest.raises(Infected):
        scan(io.BytesIO(b"x" * (scanner.PIECE - 5) + BAD), address=address)


@pytest.mark.parametrize(
    "answer", [b"", b"INSTREAM size limit exceeded. ERROR\0", b"stream: not OK", b"\xff\xfe"]
)
def test_an_odd_answer_is_no_clearance(answer: bytes) -> None:
    with clamd(answer) as address, pytest.raises(ScannerAway):
        scan(io.BytesIO(b"x"), address=address)


@pytest.mark.parametrize("address", ["127.0.0.1:1", "unix:/nowhere/clamd.ctl"])
def test_a_scanner_that_is_away_refuses(address: str) -> None:
    with pytest.raises(ScannerAway) as refused:
        scan(io.BytesIO(b"x"), address=address)
    assert refused.value.status == 503


def test_a_scanner_that_hangs_refuses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scanner, "SECONDS", 0.2)
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen()
        with pytest.raises(ScannerAway):
            scan(io.BytesIO(b"x"), address=f"127.0.0.1:{server.getsockname()[1]}")


@pytest.mark.django_db
def test_nothing_is_stored_unseen(
    sophie: Membership, now: datetime, settings: SettingsWrapper, folder: Path
) -> None:
    settings.CLAMD = "127.0.0.1:1"
    with pytest.raises(ScannerAway):
        store_attachment(io.BytesIO(b"x"), name="a.txt", by=sophie, at=now)
    with clamd() as settings.CLAMD, pytest.raises(Infected):
        store_attachment(io.BytesIO(BAD), name="a.txt", by=sophie, at=now)
    assert not Attachment.objects.exists()
    assert not [path for path in folder.rglob("*") if path.is_file()]
    with clamd() as settings.CLAMD:
        store_attachment(io.BytesIO(b"x"), name="a.txt", by=sophie, at=now)
    assert Attachment.objects.count() == 1
