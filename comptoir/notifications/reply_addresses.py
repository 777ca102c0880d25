"""The address to which one person answers in one conversation: put into a mail, found again when the answer comes.

The token is derived from the row by our secret key, and the row keeps its digest: a copy of the database alone answers
nothing. It says only whose conversation it is; whether it may be used now, the gate says, each time.
"""

from __future__ import annotations

from datetime import timedelta
from enum import Enum
from typing import TYPE_CHECKING, NamedTuple

from django.conf import settings
from django.utils.crypto import constant_time_compare

from comptoir.conversations.rules import Do, is_theirs
from comptoir.core.ids import new_id
from comptoir.mailbox.addressing import REPLY, derived_token, place_of, token_in
from comptoir.notifications.models import ReplyAddress
from comptoir.people.secrets import digest_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from uuid import UUID

    from comptoir.conversations.models import Conversation
    from comptoir.mailbox.addressing import Place
    from comptoir.notifications.models import Delivery
    from comptoir.people.models import Membership

# New mails carry a new one after a month; an answer may come late, but not for ever.
RENEWED_AFTER, GOOD_FOR = timedelta(days=30), timedelta(days=365)


class Standing(Enum):
    VALID = "valid"
    EXPIRED = "expired"  # too old, or revoked
    UNKNOWN = "unknown"


class Found(NamedTuple):
    """`address` is known for an expired one too: its office is shown what came."""

    standing: Standing
    address: ReplyAddress | None = None


def mail_in_place() -> Place | None:
    """Where mails come in; None where the operator set nothing, and mails carry no such address."""
    return place_of(settings.MAIL_IN)


def reply_address_for(rows: Sequence[Delivery], *, at: datetime) -> str:
    """Of a mail about these rows: only where it tells of one conversation, else nobody knows which one is answered."""
    places = {(row.member_id, row.conversation_id) for row in rows}
    return reply_address(rows[0].member, rows[0].conversation, at=at) if len(places) == 1 else ""


def reply_address(member: Membership, conversation: Conversation, *, at: datetime) -> str:
    """For the next mail to this person about this conversation; empty where they cannot answer by mail."""
    place = mail_in_place()
    if place is None or not is_theirs(member.profile, Do.POST):
        return ""
    given = ReplyAddress.objects.filter(member=member, conversation=conversation, revoked_at__isnull=True)
    newest = given.filter(made_at__gt=at - RENEWED_AFTER).order_by("made_at").last()
    token = _token(newest.pk) if newest else ""
    # After a change of the secret key what is derived is no longer what was given out.
    if newest is None or not constant_time_compare(digest_of(token), newest.digest):
        pk = new_id()
        token = _token(pk)
        ReplyAddress.objects.create(
            pk=pk, member=member, conversation=conversation, digest=digest_of(token), made_at=at
        )
    return place.address(f"{REPLY}{token}")


def _token(pk: UUID) -> str:
    return derived_token(settings.SECRET_KEY.encode(), kind=REPLY, about=pk.bytes)


def reply_address_behind(word: str, *, at: datetime) -> Found:
    """`word` is what stands in for the star of our place."""
    token = token_in(word, kind=REPLY)
    if not token:
        return Found(Standing.UNKNOWN)
    known = ReplyAddress.objects.select_related("member__person", "member__company", "conversation__company")
    address = known.filter(digest=digest_of(token)).first()
    if address is None:
        return Found(Standing.UNKNOWN)
    is_over = address.revoked_at is not None or address.made_at <= at - GOOD_FOR
    return Found(Standing.EXPIRED if is_over else Standing.VALID, address)
