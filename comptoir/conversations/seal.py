"""Earlier texts, sealed: encrypted with a key derived from the installation's secret."""

from __future__ import annotations

import base64
import hashlib

from cryptography.fernet import Fernet
from django.conf import settings


def _box() -> Fernet:
    key = hashlib.sha256(b"comptoir.sealed-text" + settings.SECRET_KEY.encode()).digest()
    return Fernet(base64.urlsafe_b64encode(key))


def sealed(text: str) -> bytes:
    return _box().encrypt(text.encode())


def unsealed(box: bytes) -> str:
    """The text again; raises `cryptography.fernet.InvalidToken` if it was sealed with another secret."""
    return _box().decrypt(bytes(box)).decode()
