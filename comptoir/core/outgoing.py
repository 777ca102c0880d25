"""The one client for requests that our server makes to addresses which others chose: push services, webhooks.

HTTPS only, to a checked address, no redirect followed, five seconds and 64 KB in all. Call it from jobs, never while a
page waits.
"""

from __future__ import annotations

import socket
import ssl
from dataclasses import dataclass, field
from time import monotonic
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import h11
from django.conf import settings

from comptoir.core.dialling import NotPermitted, Unreachable, checked, resolved

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from comptoir.core.dialling import Resolve

    Dial = Callable[[str, int, float], socket.socket]

SECONDS = 5.0
ANSWER_BYTES = 64 * 1024
PIECE = 16 * 1024
HTTPS = 443


@dataclass(frozen=True)
class Reply:
    status: int
    headers: dict[str, str] = field(default_factory=dict)  # names in lower case
    body: bytes = b""


@dataclass(frozen=True)
class Place:
    host: str
    port: int
    target: str  # path and query

    @property
    def origin(self) -> str:
        return f"https://{self.authority}"

    @property
    def authority(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == HTTPS else f"{host}:{self.port}"


def place_of(url: str) -> Place:
    """Raises NotPermitted for what is not a plain https address in ASCII."""
    try:
        parts = urlsplit(url)
        port = parts.port or HTTPS
    except ValueError:
        raise NotPermitted("This is not an address.") from None
    is_plain = url.isascii() and url.isprintable() and " " not in url and "\\" not in url
    if parts.scheme != "https" or not parts.hostname or "@" in parts.netloc or not is_plain:
        raise NotPermitted("Only plain https addresses are asked.")
    path = parts.path or "/"
    return Place(parts.hostname.rstrip("."), port, f"{path}?{parts.query}" if parts.query else path)


def dialled(address: str, port: int, seconds: float) -> socket.socket:
    return socket.create_connection((address, port), timeout=seconds)


def post(
    url: str,
    body: bytes,
    *,
    headers: Mapping[str, str],
    resolve: Resolve = resolved,
    dial: Dial = dialled,
) -> Reply:
    """Raises NotPermitted or Unreachable. An answer is an answer, whatever its status; a redirect is one too."""
    place, end = place_of(url), monotonic() + SECONDS
    addresses = checked(place.host, place.port, seconds=SECONDS, resolve=resolve)
    try:
        with _line_to(addresses, place, end=end, dial=dial) as line:
            return _asked(line, place, body, headers, end=end)
    except (OSError, h11.ProtocolError) as failure:  # of TLS, too
        raise Unreachable(f"{type(failure).__name__}: {failure}"[:300]) from failure


def _left(end: float) -> float:
    left = end - monotonic()
    if left <= 0:
        raise TimeoutError("No answer in time.")
    return left


def _line_to(addresses: list[str], place: Place, *, end: float, dial: Dial) -> ssl.SSLSocket:
    """To the first address that answers; the certificate must be the name's."""
    failure: OSError | None = None
    for address in addresses:
        try:
            line = dial(address, place.port, _left(end))
        except OSError as why:
            failure = why
            continue
        line.settimeout(_left(end))
        try:
            return _trust().wrap_socket(line, server_hostname=place.host)
        except OSError:
            line.close()
            raise
    raise failure or OSError("No address.")


def _trust() -> ssl.SSLContext:
    context = ssl.create_default_context()
    if settings.EXTRA_CA_FILE:
        context.load_verify_locations(settings.EXTRA_CA_FILE)
    return context


def _asked(
    line: ssl.SSLSocket, place: Place, body: bytes, headers: Mapping[str, str], *, end: float
) -> Reply:
    talk = h11.Connection(h11.CLIENT, max_incomplete_event_size=ANSWER_BYTES)
    ours = {"Host": place.authority, "Content-Length": str(len(body)), "Connection": "close", **headers}
    begin = h11.Request(method="POST", target=place.target, headers=list(ours.items()))
    line.settimeout(_left(end))
    line.sendall(b"".join(talk.send(one) or b"" for one in (begin, h11.Data(data=body), h11.EndOfMessage())))
    status, named, found = 0, {}, bytearray()
    while True:
        event = talk.next_event()
        if event is h11.NEED_DATA:
            line.settimeout(_left(end))
            talk.receive_data(line.recv(PIECE))
        elif isinstance(event, h11.Response):
            status = event.status_code
            named = {name.decode("latin1"): value.decode("latin1") for name, value in event.headers}
        elif isinstance(event, h11.Data):
            found += event.data
            if len(found) > ANSWER_BYTES:
                raise Unreachable("The answer is too long.")
        elif isinstance(event, h11.EndOfMessage | h11.ConnectionClosed):
            return Reply(status, named, bytes(found))
