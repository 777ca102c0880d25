"""Who a bearer token speaks for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Q

from comptoir.core.prepared import prepared
from comptoir.people.models import ApiToken
from comptoir.people.secrets import API_PREFIX, digest_of

if TYPE_CHECKING:
    from datetime import datetime

    from django.db.models import QuerySet

    from comptoir.people.models import Membership


@dataclass(frozen=True)
class Bearer:
    member: Membership
    scopes: frozenset[str]


@prepared
def _token_in_force(*, digest: str, at: datetime) -> QuerySet[ApiToken]:
    """One at most: digests are unique."""
    return (
        ApiToken.objects.filter(
            Q(expires_at__isnull=True) | Q(expires_at__gt=at),
            digest=digest,
            revoked_at__isnull=True,
            member__ended_at__isnull=True,
            member__person__is_active=True,
            member__company__archived_at__isnull=True,
        )
        .select_related("member__person", "member__office", "member__company")
        .defer("member__office__logo")
    )


def bearer_of(secret: str, *, at: datetime) -> Bearer | None:
    """The membership and scopes of a token in force; None for any other text. One query."""
    if not secret.startswith(API_PREFIX):
        return None
    token = _token_in_force.first(digest=digest_of(secret), at=at)
    if token is None:
        return None
    if token.last_used_on != at.date():  # once a day, so that reading stays reading
        ApiToken.objects.filter(pk=token.pk).update(last_used_on=at.date())
    return Bearer(member=token.member, scopes=frozenset(token.scopes))
