"""A virus scanner, where the operator has one: clamd, by its INSTREAM command."""

from __future__ import annotations

import socket
import struct
from typing import BinaryIO

from django.utils.translation import gettext_lazy as _

from comptoir.core.errors import Invalid, Refused

SECONDS = 30
PIECE = 64 * 1024


class Infected(Invalid):
    code = "file_infected"
    text = _("A virus was found in this file. It was not stored.")


class ScannerAway(Refused):
    """A scanner that is configured and does not answer refuses: no file is taken unseen because it is down."""

    code = "scanner_away"
    status = 503
    text = _(
        "The virus scanner does not answer, so no file can be taken now. Please try again in a few minutes."
    )


def scan(file: BinaryIO, *, address: str) -> None:
    """Nothing if the file is clean or no address is set; `host:port` or `unix:/path`. Raises Infected or ScannerAway."""
    if not address:
        return
    try:
        verdict = _ask(file, address)
    except OSError as failure:
        raise ScannerAway from failure
    if verdict.endswith("FOUND"):
        raise Infected
    if not verdict.endswith(": OK"):  # too large for it, out of memory, or no scanner at all
        raise ScannerAway from RuntimeError(verdict)


def _ask(file: BinaryIO, address: str) -> str:
    file.seek(0)
    with _connection(address) as clamd:
        clamd.sendall(b"zINSTREAM\0")
        while piece := file.read(PIECE):
            clamd.sendall(struct.pack("!I", len(piece)) + piece)
        clamd.sendall(struct.pack("!I", 0))
        answer = clamd.recv(4096)
    return answer.rstrip(b"\0\n").decode(errors="replace")


def _connection(address: str) -> socket.socket:
    if address.startswith("unix:"):
        connection = socket.socket(socket.AF_UNIX)
        connection.settimeout(SECONDS)
        connection.connect(address.removeprefix("unix:"))
        return connection
    host, _colon, port = address.rpartition(":")
    return socket.create_connection((host, int(port)), timeout=SECONDS)
