"""The link at the foot of every mail by which it is the last one: it works without signing in, and for ever."""

from __future__ import annotations

from base64 import urlsafe_b64decode, urlsafe_b64encode
from typing import NamedTuple
from uuid import UUID

from django.conf import settings
from django.core import signing
from django.urls import reverse

SALT = "comptoir.unsubscribe"


class Subscription(NamedTuple):
    person_id: UUID
    office_id: UUID


def unsubscribe_link(subscription: Subscription) -> str:
    ids = urlsafe_b64encode(b"".join(one.bytes for one in subscription)).decode().rstrip("=")
    return f"{settings.BASE_URL}{reverse('unsubscribe', args=[signing.Signer(salt=SALT).sign(ids)])}"


def subscription_in(token: str) -> Subscription | None:
    """None where the token is not one that we made."""
    try:
        signed = signing.Signer(salt=SALT).unsign(token)
    except signing.BadSignature:
        return None
    ids = urlsafe_b64decode(f"{signed}=")
    return Subscription(UUID(bytes=ids[:16]), UUID(bytes=ids[16:]))
