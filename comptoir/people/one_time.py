"""Secrets that are sent to somebody and work once: made, looked at, consumed. Only their digests are kept."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from comptoir.core.errors import NotFound
from comptoir.people.models import Token
from comptoir.people.secrets import digest_of, new_secret

if TYPE_CHECKING:
    from datetime import datetime, timedelta
    from uuid import UUID

    from comptoir.people.models import Membership, Purpose

SECRET_CHARACTERS = 100


class LinkExpired(NotFound):
    """Unknown, used, too old, or made for something else: to whoever asks, all the same."""

    code = "link_expired"
    text = _("This link is no longer valid. Please ask for a new one.")


def make_one_time(
    purpose: Purpose, *, by: Membership, email: str, scope: dict[str, Any], at: datetime, life: timedelta
) -> tuple[Token, str]:
    """A new token and its secret. The secret is nowhere else: whoever loses it needs another."""
    secret = new_secret()
    token = Token.objects.create(
        digest=digest_of(secret),
        purpose=purpose,
        office_id=by.office_id,
        email=email,
        scope=scope,
        made_by=by,
        made_at=at,
        expires_at=at + life,
    )
    return token, secret


def token_in_force(purpose: Purpose, secret: str, *, at: datetime) -> Token:
    """The token behind a secret, without using it up; `LinkExpired` if it would not be accepted."""
    digest = digest_of(secret[:SECRET_CHARACTERS])
    found = Token.objects.filter(digest=digest, purpose=purpose, used_at__isnull=True, expires_at__gt=at)
    token = found.select_related("office", "made_by__person").first()
    if token is None:
        raise LinkExpired
    return token


def consume_token(purpose: Purpose, secret: str, *, at: datetime) -> Token:
    """Use the token up, in the caller's transaction. Of two who come at once, one gets it."""
    token = token_in_force(purpose, secret, at=at)
    used = Token.objects.filter(pk=token.pk, used_at__isnull=True, expires_at__gt=at).update(used_at=at)
    if not used:
        raise LinkExpired
    token.used_at = at
    return token


def discard_tokens(purpose: Purpose, *, office_id: UUID, email: str, company_id: UUID | None = None) -> int:
    """Take back what is not used yet: for one company of the office, or all of the office's. Returns how many."""
    waiting = Token.objects.filter(purpose=purpose, office=office_id, email=email, used_at__isnull=True)
    if company_id is not None:
        waiting = waiting.filter(scope__company=str(company_id))
    return waiting.delete()[0]


def discard_tokens_made_by(member: Membership) -> int:
    """Take back what a member handed out and nobody used: who loses a right must not have left a door open."""
    return Token.objects.filter(made_by=member.pk, used_at__isnull=True).delete()[0]
