"""Starting says what is wrong; ending loses no request."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
import threading
import time
from typing import TYPE_CHECKING

import pytest

from tests.browser.product import free_port
from tests.serving.probed import Probed

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.servers


def output_of(product: Probed, *arguments: str) -> tuple[int, str]:
    ended = subprocess.run(
        [sys.executable, "-P", "-m", "comptoir", *arguments],
        cwd=product.data,
        env=product.environment(),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    return ended.returncode, ended.stdout + ended.stderr


def end(product: Probed, number: int = signal.SIGTERM) -> float:
    """Seconds until the process was gone."""
    assert product.process is not None
    begun = time.monotonic()
    product.process.send_signal(number)
    product.process.wait(timeout=20)
    return time.monotonic() - begun


def test_a_first_start_prepares_and_a_second_has_nothing_to_do(tmp_path: Path) -> None:
    own = Probed(tmp_path)
    own.start()
    own.stop()
    assert own.log.read_text().splitlines() == [
        "Bringing the database up to date",
        "Collecting scripts and styles",
        f"Comptoir listens on {own.address}",
    ]
    assert (own.data / "comptoir.sqlite3").stat().st_mode & 0o077 == 0  # nobody else's to read
    own.log.unlink()
    own.start()
    own.stop()
    assert own.log.read_text() == f"Comptoir listens on {own.address}\n"


def test_a_port_in_use_is_said_at_once(tmp_path: Path) -> None:
    own = Probed(tmp_path)
    with socket.create_server(("127.0.0.1", own.port)):
        code, said = output_of(own, "serve")
    assert code == 1
    assert f"Cannot listen on 127.0.0.1:{own.port}: Address already in use" in said
    assert not (own.data / "comptoir.sqlite3").exists()  # before anything else was done


def test_a_second_server_on_one_folder_is_refused_and_a_command_is_not(own: Probed) -> None:
    own.start()
    code, said = output_of(own, "serve", "--port", str(free_port()))
    assert (code, said.count("\n")) == (1, 1)
    assert f"Comptoir serves from {own.data} already" in said
    assert output_of(own, "check")[0] == 0
    end(own, signal.SIGKILL)
    own.start()  # the lock died with its process


def test_a_database_that_cannot_be_reached_is_said(own: Probed) -> None:
    own.more["COMPTOIR_DATABASE_URL"] = "postgres://nobody@127.0.0.1:1/nothing"
    code, said = output_of(own, "serve")
    assert code == 1
    assert "The database cannot be reached" in said
    assert "Traceback" not in said


def test_a_request_under_way_is_finished(own: Probed) -> None:
    own.start()
    answers: list[bytes] = []
    asking = threading.Thread(target=lambda: answers.append(own.get("/probe/slow?seconds=1.5").read()))
    asking.start()
    time.sleep(0.5)
    assert end(own) < 5
    asking.join()
    assert answers == [b"at last"]


def test_nobody_is_waited_for_longer_than_five_seconds(own: Probed) -> None:
    own.start()
    for _ in range(3):
        half = own.socket()
        half.sendall(b"POST /probe/echo HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n\r\nx")
        reading = own.socket()
        reading.sendall(b"GET /probe/file HTTP/1.1\r\nHost: localhost\r\n\r\n")
    assert end(own) < 6.5


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_an_idle_server_ends_quickly_and_well(own: Probed, number: int) -> None:
    own.start()
    assert own.process is not None
    assert end(own, number) < 4
    assert own.process.returncode == 0
    assert "Traceback" not in own.log.read_text()
