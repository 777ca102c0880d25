"""Who comes by the link of a mail: a client, as one membership, to one conversation, as far as that is theirs today.

Nothing of it is kept in between: every request asks anew, so that whoever lost an access has lost the link as well.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from django.utils.crypto import constant_time_compare

from comptoir.conversations.models import Conversation, MessageAttachment
from comptoir.people.models import Membership, Person, Purpose, Token
from comptoir.people.secrets import digest_of

if TYPE_CHECKING:
    from datetime import datetime

    from django.db.models import QuerySet

OPEN_AT_ONCE = 20
WRONG_CODES = 10
# How long a browser is told that its ten minutes are over, rather than to sign in.
REMEMBERED = timedelta(days=1)


def is_on_a_staff(person_id: UUID) -> bool:
    """Of whatever office: such a person signs in, with a second factor. A link in a mail is none."""
    return Membership.objects.active().filter(person=person_id, company__isnull=True).exists()


def proof_of(person: Person) -> str:
    """Changes with the password and with "sign out everywhere": either ends the links in a mailbox, too."""
    return digest_of(person.get_session_auth_hash())[:32]


def conversation_in(token: Token) -> UUID:
    return UUID(token.scope["conversation"])


def member_in(token: Token) -> Membership | None:
    """The whole membership, where it and the conversation are still this person's; the link's own state aside."""
    member = (
        Membership.objects.active()
        .filter(pk=token.scope["member"], person=token.person_id, company__archived_at__isnull=True)
        .select_related("person", "office", "company")
        .defer("office__logo")
        .first()
    )
    if member is None or member.is_office:
        return None
    seen = Conversation.objects.visible_to(member).filter(pk=conversation_in(token))
    return member if seen.exists() else None


def visitor_in(token: Token) -> Membership | None:
    """The membership, narrowed to the conversation of the link; None where a link opens it no more."""
    member = member_in(token)
    if member is None or member.person.email != token.email:
        return None
    if not constant_time_compare(proof_of(member.person), token.scope["proof"]):
        return None
    if is_on_a_staff(member.person_id):
        return None
    member.only_conversation = conversation_in(token)
    member.only_since, member.only_until = token.used_at, token.expires_at
    return member


def is_open_in(token: Token, browser: str, *, at: datetime) -> bool:
    return bool(browser) and token.browser == browser and token.expires_at > at


def tokens_with_code(email: str, *, at: datetime) -> QuerySet[Token]:
    """Those in force of an address, as long as not too many wrong codes were tried for them; the newest first."""
    mine = Token.objects.filter(person__email=email, purpose=Purpose.ITEM, code_attempts__lt=WRONG_CODES)
    return mine.filter(expires_at__gt=at).select_related("person").order_by("-made_at")


def links_of(browser: str, *, at: datetime) -> list[Token]:
    """All that was opened in a browser, by the digest of its secret, the last first; some may be over."""
    if not browser:
        return []
    used = Token.objects.filter(browser=browser, purpose=Purpose.ITEM, used_at__gt=at - REMEMBERED)
    return list(used.order_by("-used_at")[:OPEN_AT_ONCE])


def link_about(links: list[Token], *, named: dict[str, UUID]) -> Token | None:
    """Of several, the one whose conversation an address is about; the last one where it names none of theirs."""
    if len(links) < 2:  # noqa: PLR2004 -- nothing to choose
        return next(iter(links), None)
    about = _conversation_of(named)
    return next((one for one in links if conversation_in(one) == about), links[0])


def _conversation_of(named: dict[str, UUID]) -> UUID | None:
    """Nobody is told: it only chooses between conversations that the asker has opened."""
    if "attachment_id" in named:
        hung = MessageAttachment.objects.filter(attachment=named["attachment_id"])
        return hung.values_list("message__conversation", flat=True).first()
    return named.get("conversation_id")
