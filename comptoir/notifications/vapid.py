"""Who we are to a push service (RFC 8292): one key for the installation, made from its secret, for as long as that lives.

Browsers bind what they allow to this key. So it is not stored a second time, where it could be lost or differ between
machines: it follows from the secret key, which is backed up and shared already.
"""

from __future__ import annotations

from datetime import timedelta
from email.utils import parseaddr
from functools import lru_cache
from typing import TYPE_CHECKING

import jwt
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

from comptoir.core.outgoing import place_of
from comptoir.notifications.push_encryption import CURVE, packed, point_of

if TYPE_CHECKING:
    from datetime import datetime

# The order of P-256: a private key is a number from 1 to one less.
ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
VALID_FOR = timedelta(hours=12)  # 24 are allowed


def public_key() -> str:
    """As a browser wants it when it is asked to be woken."""
    return packed(point_of(_key(settings.SECRET_KEY).public_key()))


def authorization(endpoint: str, *, at: datetime) -> str:
    """Of a request to this endpoint's service, and to no other."""
    claims = {
        "aud": place_of(endpoint).origin,
        "exp": int((at + VALID_FOR).timestamp()),
        "sub": _contact(),
    }
    token = jwt.encode(claims, _key(settings.SECRET_KEY), algorithm="ES256")
    return f"vapid t={token}, k={public_key()}"


def _contact() -> str:
    """Whom a service tells when something is the matter: the operator."""
    if settings.IS_HTTPS:
        return str(settings.BASE_URL)
    return f"mailto:{parseaddr(settings.DEFAULT_FROM_EMAIL)[1]}"


@lru_cache(maxsize=2)
def _key(secret: str) -> ec.EllipticCurvePrivateKey:
    # 16 bytes more than the order has: what the remainder favours is too little to be seen (FIPS 186-5, A.2.1).
    chance = HKDF(SHA256(), length=48, salt=None, info=b"comptoir.vapid").derive(secret.encode())
    return ec.derive_private_key(int.from_bytes(chance, "big") % (ORDER - 1) + 1, CURVE)
