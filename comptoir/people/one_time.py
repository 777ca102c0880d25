"""Secrets that are sent to somebody and work once: made, looked at, consumed. Only their digests are kept."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from django.utils.translation import gettext_lazy as _

from comptoir.core.errors import NotFound
from comptoir.core.ids import new_id
from comptoir.people.models import Purpose, Token
from comptoir.people.secrets import digest_of, digest_of_code, new_code, new_secret

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime, timedelta
    from uuid import UUID

    from comptoir.people.models import Membership

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


class Made(NamedTuple):
    token: Token
    secret: str
    code: str


def make_item_token(member: Membership, *, scope: dict[str, Any], at: datetime, life: timedelta) -> Made:
    """For this member's mailbox: a secret, and a code that stands for it."""
    secret, code, pk = new_secret(), new_code(), new_id()
    token = Token.objects.create(
        pk=pk,
        digest=digest_of(secret),
        purpose=Purpose.ITEM,
        office_id=member.office_id,
        person_id=member.person_id,
        email=member.person.email,
        scope={**scope, "member": str(member.pk)},
        made_at=at,
        expires_at=at + life,
        code_digest=digest_of_code(code, of=pk),
    )
    return Made(token, secret, code)


def token_behind(purpose: Purpose, secret: str) -> Token | None:
    """Whatever became of it."""
    digest = digest_of(secret[:SECRET_CHARACTERS])
    found = Token.objects.filter(digest=digest, purpose=purpose)
    return found.select_related("office", "made_by__person", "person").first()


def token_in_force(purpose: Purpose, secret: str, *, at: datetime) -> Token:
    """The token behind a secret, without using it up; `LinkExpired` if it would not be accepted."""
    token = token_behind(purpose, secret)
    if token is None or token.used_at is not None or token.expires_at <= at:
        raise LinkExpired
    return token


def consume_token(purpose: Purpose, secret: str, *, at: datetime) -> Token:
    """Use the token up, in the caller's transaction. Of two who come at once, one gets it."""
    return consume(token_in_force(purpose, secret, at=at), at=at)


def consume(token: Token, *, at: datetime, browser: str = "", life: timedelta | None = None) -> Token:
    """The one way in which a token is used up: one statement, which the first of all who try performs.

    `browser` is the digest of a secret that this browser alone has; with `life`, it may use the token that long again.
    """
    expires_at = token.expires_at if life is None else at + life
    waiting = Token.objects.filter(pk=token.pk, used_at__isnull=True, expires_at__gt=at)
    if not waiting.update(used_at=at, browser=browser, expires_at=expires_at):
        raise LinkExpired
    token.used_at, token.browser, token.expires_at = at, browser, expires_at
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


def end_item_links(member: Membership, *, at: datetime) -> int:
    """Those in a member's mailbox, and what is open by one of them just now."""
    links = Token.objects.filter(purpose=Purpose.ITEM, person=member.person_id, scope__member=str(member.pk))
    return links.filter(expires_at__gt=at).update(expires_at=at)


def end_item_links_named(secrets: Iterable[str], *, at: datetime) -> int:
    """Those behind these secrets that nobody has opened: others than their person have read them. Returns how many."""
    digests = [digest_of(secret) for secret in secrets]
    links = Token.objects.filter(purpose=Purpose.ITEM, digest__in=digests, used_at__isnull=True)
    return links.filter(expires_at__gt=at).update(expires_at=at)


def discard_item_links(*, before: datetime) -> int:
    """Those that nobody could ask a fresh one by any more."""
    return Token.objects.filter(purpose=Purpose.ITEM, made_at__lt=before).delete()[0]
