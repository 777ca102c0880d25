"""Who a bearer token speaks for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Q

from comptoir.people.models import ApiToken
from comptoir.people.secrets import API_PREFIX, digest_of

if TYPE_CHECKING:
    from datetime import datetime

    from comptoir.people.models import Membership


@dataclass(frozen=True)
class Bearer:
    member: Membership
    scopes: frozenset[str]


def bearer_of(secret: str, *, at: datetime) -> Bearer | None:
    """The membership and scopes of a token in force; None for any other text. One query."""
    if not secret.startswith(API_PREFIX):
        return None
    token = (
        ApiToken.objects.filter(
            Q(expires_at__isnull=True) | Q(expires_at__gt=at),
            digest=digest_of(secret),
            revoked_at__isnull=True,
            member__ended_at__isnull=True,
            member__person__is_active=True,
            member__company__archived_at__isnull=True,
        )
        .select_related("member__person", "member__office", "member__company")
        .defer("member__office__logo")
        .first()
    )
    if token is None:
        return None
    if token.last_used_on != at.date():  # once a day, so that reading stays reading
        ApiToken.objects.filter(pk=token.pk).update(last_used_on=at.date())
    return Bearer(member=token.member, scopes=frozenset(token.scopes))
