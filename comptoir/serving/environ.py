"""A WSGI environ made from an ASGI scope.

a2wsgi has one as well; this one drops header names with an underscore (`X_Forwarded_Proto` must not pass for
`X-Forwarded-Proto`), keeps a path that is no UTF-8 as it came, and does not fail on a query string beyond ASCII.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote_to_bytes

if TYPE_CHECKING:
    from collections.abc import Iterable, MutableMapping
    from typing import BinaryIO

# WSGI names these two without the HTTP_ that all other headers get.
UNPREFIXED = {b"content-length": "CONTENT_LENGTH", b"content-type": "CONTENT_TYPE"}
# A second Cookie line (HTTP/2 proxies split them) continues the list of cookies; all others are lists with commas.
SEPARATORS = {"HTTP_COOKIE": "; "}


def environ_from(scope: MutableMapping[str, Any], body: BinaryIO, size: int) -> dict[str, Any]:
    """What PEP 3333 asks for. `body` holds the whole request body, `size` bytes, read already."""
    host, port = scope.get("server") or ("localhost", 80)
    client, client_port = scope.get("client") or ("", 0)
    raw_path: bytes = scope.get("raw_path") or scope["path"].encode()
    return {
        "REQUEST_METHOD": scope["method"],
        "SCRIPT_NAME": "",
        "PATH_INFO": unquote_to_bytes(raw_path).decode("latin1"),
        "QUERY_STRING": scope["query_string"].decode("latin1"),
        "SERVER_PROTOCOL": f"HTTP/{scope['http_version']}",
        "SERVER_NAME": host,
        "SERVER_PORT": str(port or 0),
        "REMOTE_ADDR": client,
        "REMOTE_PORT": str(client_port),
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope.get("scheme", "http"),
        "wsgi.input": body,
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
        **header_variables(scope["headers"]),
        # Known by now even where the sender did not know it (chunked).
        "CONTENT_LENGTH": str(size),
    }


def header_variables(headers: Iterable[tuple[bytes, bytes]]) -> dict[str, str]:
    values: dict[str, list[str]] = {}
    for name, value in headers:
        if b"_" not in name:
            key = UNPREFIXED.get(name) or "HTTP_" + name.decode("latin1").upper().replace("-", "_")
            values.setdefault(key, []).append(value.decode("latin1"))
    return {key: SEPARATORS.get(key, ",").join(found) for key, found in values.items()}
