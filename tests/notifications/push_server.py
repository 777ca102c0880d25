"""A push service of the tests' own, over real HTTPS, and browsers that subscribe to it and read what comes."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any, NamedTuple

import jwt
import orjson
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from comptoir.notifications.push_encryption import CURVE, packed, point_of, unpacked
from tests.core.https_server import Handler, HttpsServer

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path


class Arrived(NamedTuple):
    headers: dict[str, str]
    message: dict[str, Any]
    claims: dict[str, Any]


class BrowserKeys:
    """What a browser makes when it subscribes: a key pair and a secret that only it and our server know."""

    def __init__(self) -> None:
        self.key = ec.generate_private_key(CURVE)
        self.secret = os.urandom(16)

    @property
    def p256dh(self) -> str:
        return packed(point_of(self.key.public_key()))

    @property
    def auth(self) -> str:
        return packed(self.secret)

    def read(self, body: bytes) -> bytes:
        """RFC 8188 and 8291 from the receiver's side."""
        salt, size, length = body[:16], int.from_bytes(body[16:20], "big"), body[20]
        sender, record = body[21 : 21 + length], body[21 + length :]
        assert len(record) <= size
        theirs = ec.EllipticCurvePublicKey.from_encoded_point(CURVE, sender)
        info = b"WebPush: info\0" + point_of(self.key.public_key()) + sender
        secret = derived(self.key.exchange(ec.ECDH(), theirs), self.secret, info, 32)
        key = derived(secret, salt, b"Content-Encoding: aes128gcm\0", 16)
        nonce = derived(secret, salt, b"Content-Encoding: nonce\0", 12)
        text = AESGCM(key).decrypt(nonce, record, None).rstrip(b"\0")
        assert text[-1:] == b"\x02"
        return text[:-1]


def derived(secret: bytes, salt: bytes, info: bytes, length: int) -> bytes:
    return HKDF(SHA256(), length=length, salt=salt, info=info).derive(secret)


class PushService(HttpsServer):
    """Takes pushes to `/push/<name>`; the statuses of single browsers may be set beside `status`."""

    def __init__(self, chain: Path) -> None:
        super().__init__(chain, PushHandler)
        self.browsers: dict[str, BrowserKeys] = {}
        self.statuses: dict[str, int] = {}

    def subscription(self, name: str) -> dict[str, str]:
        keys = self.browsers[name] = BrowserKeys()
        return {"endpoint": f"{self.address}/push/{name}", "p256dh": keys.p256dh, "auth": keys.auth}

    def arrived(self, name: str, *, at: datetime) -> list[Arrived]:
        """What this browser was sent, as it reads it; each signed by us, for this service, for a while."""
        return [
            Arrived(headers, orjson.loads(self.browsers[name].read(body)), self._claims(headers, at=at))
            for path, headers, body in self.asked
            if path == f"/push/{name}"
        ]

    def _claims(self, headers: dict[str, str], *, at: datetime) -> dict[str, Any]:
        scheme, _, rest = headers["authorization"].partition(" ")
        given = dict(part.strip().split("=", 1) for part in rest.split(","))
        assert scheme == "vapid"
        key = ec.EllipticCurvePublicKey.from_encoded_point(CURVE, unpacked(given["k"]))
        claims: dict[str, Any] = jwt.decode(
            given["t"], key, algorithms=["ES256"], audience=self.address, options={"verify_exp": False}
        )
        assert 0 < claims["exp"] - at.timestamp() <= 24 * 3600
        return claims


class PushHandler(Handler):
    server: PushService

    def send_response(self, code: int, message: str | None = None) -> None:
        super().send_response(self.server.statuses.get(self.path.rpartition("/")[2], code), message)
