"""API tokens: made for one membership, with scopes, shown once."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from comptoir.activity.record import record
from comptoir.activity.verbs import Verb
from comptoir.core.errors import Invalid, NotFound
from comptoir.core.text import clean_line
from comptoir.people.models import ApiToken
from comptoir.people.secrets import API_PREFIX, digest_of, new_secret

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime
    from uuid import UUID

    from comptoir.people.models import Membership

SCOPES = {"read": _("Read conversations and files"), "write": _("Write, close and upload")}
TOKEN_LIFE = timedelta(days=365)


@transaction.atomic
def make_token(member: Membership, *, name: str, scopes: Iterable[str], at: datetime) -> tuple[ApiToken, str]:
    """A new token and its secret, which is shown now and never again. It lives a year."""
    chosen = sorted(set(scopes))
    if not chosen or not set(chosen) <= SCOPES.keys():
        raise Invalid(_("Choose what the token may do."), field="scopes")
    secret = new_secret(API_PREFIX)
    token = ApiToken.objects.create(
        member=member,
        name=clean_line(name)[:80] or "API",
        shown=secret[:10],
        digest=digest_of(secret),
        scopes=chosen,
        made_at=at,
        expires_at=at + TOKEN_LIFE,
    )
    record(
        Verb.TOKEN_MADE,
        token.pk,
        office_id=member.office_id,
        by_id=member.pk,
        at=at,
        name=token.name,
        scopes=chosen,
    )
    return token, secret


@transaction.atomic
def revoke_token(token_id: UUID, *, by: Membership, at: datetime) -> ApiToken:
    """End one of the member's own tokens; it stops working with this transaction."""
    token = (
        ApiToken.objects.select_for_update()
        .filter(pk=token_id, member=by.pk, revoked_at__isnull=True)
        .first()
    )
    if token is None:
        raise NotFound
    token.revoked_at = at
    token.save(update_fields=["revoked_at"])
    record(Verb.TOKEN_REVOKED, token.pk, office_id=by.office_id, by_id=by.pk, at=at, name=token.name)
    return token
