"""The facts that the table of `acceptance` asks for, and the limit on how much one address may bring."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from comptoir.conversations.models import Conversation
from comptoir.conversations.querysets import readers
from comptoir.correspondence.acceptance import From, Token, verdict
from comptoir.correspondence.models import InboundMail, Reason, State
from comptoir.notifications.reply_addresses import Standing
from comptoir.people.models import Membership

if TYPE_CHECKING:
    from datetime import datetime

    from comptoir.correspondence.letter import Letter
    from comptoir.notifications.models import ReplyAddress
    from comptoir.notifications.reply_addresses import Found

# Nobody writes more by hand; a program that does not say that it is one, does.
AT_MOST, WITHIN = 20, timedelta(hours=1)


def because_of(letter: Letter, found: Found, *, at: datetime) -> Reason | None:
    """Why this mail does not count as the word of the address' owner; None if it does."""
    assert found.address is not None
    judged = verdict(_token(letter, found), _from(letter, found.address), letter.dmarc)
    if not judged.is_accepted:
        return Reason(judged.because)
    return Reason.TOO_MANY if _brings_too_many(found.address, at=at) else None


def _token(letter: Letter, found: Found) -> Token:
    assert found.address is not None
    if found.standing is not Standing.VALID:
        return Token.NONE
    # A mail of ours names its conversation as the root of its thread; an answer keeps that name.
    named = set(Conversation.objects.filter(pk__in=list(letter.answered())).values_list("pk", flat=True))
    return Token.VALID if named <= {found.address.conversation_id} else Token.OTHER_CONVERSATION


def _from(letter: Letter, address: ReplyAddress) -> From:
    if letter.sender and letter.sender == address.member.person.email:
        return From.OWNER
    others = Membership.objects.active().filter(readers(address.conversation), person__email=letter.sender)
    return From.OTHER_MEMBER if letter.sender and others.exists() else From.STRANGER


def _brings_too_many(address: ReplyAddress, *, at: datetime) -> bool:
    lately = InboundMail.objects.filter(
        member=address.member_id,
        conversation=address.conversation_id,
        received_at__gt=at - WITHIN,
        state__in=[State.POSTED, State.KEPT],
    )
    return lately.count() >= AT_MOST
