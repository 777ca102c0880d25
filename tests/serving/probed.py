"""The product with probes in it, and bare sockets to misbehave with."""

from __future__ import annotations

import http.client
import socket
from typing import TYPE_CHECKING, Any

from tests.browser.product import Product

if TYPE_CHECKING:
    from http.client import HTTPResponse
    from pathlib import Path


class Probed(Product):
    def __init__(self, data: Path, **environment: str) -> None:
        super().__init__(data)
        self.more = environment
        self.facts: dict[str, Any] = {}  # what `prepare` told, where a test has it

    def environment(self) -> dict[str, str]:
        probes = {"DJANGO_SETTINGS_MODULE": "tests.serving.settings_with_probes"}
        return {**super().environment(), **probes, **self.more}

    def connection(self, timeout: float = 10.0) -> http.client.HTTPConnection:
        return http.client.HTTPConnection("127.0.0.1", self.port, timeout=timeout)

    def get(self, path: str, **headers: str) -> HTTPResponse:
        connection = self.connection()
        connection.request(
            "GET", path, headers={name.replace("_", "-"): value for name, value in headers.items()}
        )
        return connection.getresponse()

    def text(self, path: str) -> str:
        answer = self.get(path)
        text = answer.read().decode()
        assert answer.status == 200, text
        return text

    def socket(self) -> socket.socket:
        return socket.create_connection(("127.0.0.1", self.port), timeout=10)


def read_all(connection: socket.socket) -> bytes:
    """Everything until the other side closes."""
    parts = []
    while part := connection.recv(65536):
        parts.append(part)
    return b"".join(parts)
