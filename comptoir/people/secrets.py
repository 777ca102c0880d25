"""Secrets that we hand out: made from 256 random bits, kept as a digest."""

from __future__ import annotations

import hashlib
import secrets
from typing import TYPE_CHECKING

from django.utils.crypto import salted_hmac

if TYPE_CHECKING:
    from uuid import UUID

API_PREFIX = "cpt_"
CODE_DIGITS = 8


def new_secret(prefix: str = "") -> str:
    return prefix + secrets.token_urlsafe(32)


def digest_of(secret: str) -> str:
    """SHA-256 in hexadecimal: enough for a secret that nobody can guess, and fast enough for every request."""
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()


def new_code() -> str:
    """For people to type: so short that attempts must be counted."""
    return f"{secrets.randbelow(10**CODE_DIGITS):0{CODE_DIGITS}d}"


def digest_of_code(code: str, *, of: UUID) -> str:
    """Under the installation's key: a hundred million codes are hashed in a minute by whoever has the table alone."""
    return salted_hmac("comptoir.code", f"{of}:{code}", algorithm="sha256").hexdigest()
