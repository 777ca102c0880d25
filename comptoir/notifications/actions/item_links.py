"""Links in mails that open one conversation for one client: made, opened by themselves or by their code."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import F
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext_lazy as _

from comptoir.activity.record import record
from comptoir.activity.verbs import Verb
from comptoir.core.errors import Invalid
from comptoir.notifications.item_members import is_open_in, proof_of, tokens_with_code, visitor_in
from comptoir.people.models import Purpose, Token
from comptoir.people.one_time import LinkExpired, consume, make_item_token, token_behind
from comptoir.people.secrets import digest_of_code

if TYPE_CHECKING:
    from datetime import datetime
    from typing import Any

    from comptoir.conversations.models import Conversation
    from comptoir.people.models import Membership
    from comptoir.people.one_time import Made

# Of a link that nobody opened: over a long weekend and a week's holiday mail still opens, and an old mailbox nothing.
UNOPENED = timedelta(days=7)
OPENED = timedelta(minutes=10)


class WrongCode(Invalid):
    """Wrong, used, too old, of another address or of nobody: all the same."""

    code = "wrong_code"
    text = _("This code does not open anything, or no longer does. Please look in the newest e-mail.")


@transaction.atomic
def make_item_link(
    conversation: Conversation, *, to: Membership, at: datetime, is_asked: bool = False
) -> Made:
    """For the mail that tells of it. Earlier links to the same stay good: nobody knows which mail is opened."""
    scope = {"conversation": str(conversation.pk), "proof": proof_of(to.person), "asked": is_asked}
    made = make_item_token(to, scope=scope, at=at, life=UNOPENED)
    _record(Verb.LINK_MADE, made.token, at=at, to=to, asked=is_asked)
    return made


@transaction.atomic
def open_item(secret: str, *, browser: str, at: datetime) -> Membership:
    """The membership of the link, narrowed to its conversation, for ten minutes and this browser; `LinkExpired`.

    `browser` is the digest of a secret of the browser's own. The same one may open it again within its minutes.
    """
    token = token_behind(Purpose.ITEM, secret)
    if token is None:
        raise LinkExpired
    return _opened(token, browser=browser, at=at, how="link")


@transaction.atomic
def open_item_by_code(code: str, *, email: str, browser: str, at: datetime) -> Membership:
    """The same by the code beside the link, for the address that it was mailed to; `WrongCode`."""
    for token in tokens_with_code(email, at=at):
        if constant_time_compare(token.code_digest, digest_of_code(code, of=token.pk)):
            try:
                return _opened(token, browser=browser, at=at, how="code")
            except LinkExpired as expired:
                raise WrongCode(field="code") from expired
    raise WrongCode(field="code")


def _opened(token: Token, *, browser: str, at: datetime, how: str) -> Membership:
    visitor = visitor_in(token)
    if visitor is None:
        raise LinkExpired
    if not is_open_in(token, browser, at=at) and _is_first(token, browser=browser, at=at):
        _record(Verb.LINK_OPENED, token, at=at, to=visitor, how=how)
    visitor.only_since, visitor.only_until = token.used_at, token.expires_at
    return visitor


def _is_first(token: Token, *, browser: str, at: datetime) -> bool:
    """False where the same browser was quicker, by a second press of its button; another one's loses."""
    try:
        consume(token, at=at, browser=browser, life=OPENED)
    except LinkExpired:
        token.refresh_from_db()
        if not is_open_in(token, browser, at=at):
            raise
        return False
    return True


@transaction.atomic
def note_wrong_code(email: str, *, at: datetime) -> None:
    """After so many, no code of this address opens anything; its links do, and a fresh one brings a fresh code.

    Called by a job, for every address alike: the answer must not take longer where there is somebody.
    """
    tokens = list(tokens_with_code(email, at=at))
    Token.objects.filter(pk__in=[one.pk for one in tokens]).update(code_attempts=F("code_attempts") + 1)
    for office_id, one in {token.office_id: token for token in tokens}.items():
        record(Verb.LINK_REFUSED, one.pk, office_id=office_id, by_id=None, at=at, member=one.scope["member"])


def _record(verb: Verb, token: Token, *, at: datetime, to: Membership, **facts: Any) -> None:
    record(
        verb,
        token.pk,
        office_id=to.office_id,
        company_id=to.company_id,
        conversation_id=token.scope["conversation"],
        by_id=to.pk if verb == Verb.LINK_OPENED else None,
        at=at,
        member=str(to.pk),
        **facts,
    )
