"""A reply by mail becomes a message of the person whose reply address it was sent to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from comptoir.conversations.actions.content import BODY_CHARACTERS
from comptoir.conversations.actions.message import post_message
from comptoir.correspondence.attaching import taken
from comptoir.correspondence.models import State
from comptoir.correspondence.settling import id_from, settle
from comptoir.mailbox.parse import Attached
from comptoir.people.profiles import may_attach

if TYPE_CHECKING:
    from datetime import datetime

    from comptoir.conversations.models import Message
    from comptoir.correspondence.attaching import Taken
    from comptoir.correspondence.letter import Letter
    from comptoir.correspondence.settling import Belongs
    from comptoir.notifications.models import ReplyAddress

CUT_AT = BODY_CHARACTERS - 2000  # room for the lines that name refused files


def post_reply(letter: Letter, *, address: ReplyAddress, to: Belongs, at: datetime) -> Message:
    """The message and the note that this mail became it, or neither. In a closed conversation it reopens it.

    Only for what `acceptance` accepted. Raises the refusals of the conversation's gate, asked now: who lost access
    since the mail was sent writes nothing.
    """
    member, talk = address.member, address.conversation
    files, text = letter.files, letter.reply
    if len(text) > CUT_AT:
        files = [*files, Attached("message.txt", "text/plain", text.encode(), is_inline=False)]
    with translation.override(talk.company.language):
        # Files are copied and examined before the transaction; others would wait for what it holds.
        found = taken(files, by=member, at=at, may_attach=may_attach(member.profile))
        body = _body(text, found)
    with transaction.atomic():
        posted = post_message(
            talk.pk,
            by=member,
            at=at,
            key=id_from(letter, talk.pk),
            body=body,
            files=found.ids,
            reopening=True,
        )
        settle(letter, State.POSTED, to=to, message=posted.message, files=found.listed)
    return posted.message


def _body(text: str, found: Taken) -> str:
    """The text, and the names of files that could not be taken: both sides know that something is missing."""
    body = text if len(text) <= CUT_AT else f"{text[:CUT_AT].rstrip()} …"
    if not found.refused:
        return body
    names = ", ".join(file["name"] for file in found.refused)[:1500]
    return f"{body}\n\n[{_('Not taken over from the e-mail:')} {names}]"
