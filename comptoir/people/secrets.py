"""Secrets that we hand out: made from 256 random bits, kept as a digest."""

from __future__ import annotations

import hashlib
import secrets

API_PREFIX = "cpt_"


def new_secret(prefix: str = "") -> str:
    return prefix + secrets.token_urlsafe(32)


def digest_of(secret: str) -> str:
    """SHA-256 in hexadecimal: enough for a secret that nobody can guess, and fast enough for every request."""
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()
