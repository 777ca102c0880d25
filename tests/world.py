"""The cast of every test, and the few words that most tests begin with."""

from __future__ import annotations

import time
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from comptoir.conversations.actions.conversation import start_conversation
from comptoir.conversations.actions.message import post_message
from comptoir.core.ids import new_id
from comptoir.ops.cast import PASSWORD, Cast, build_cast
from comptoir.people.models import Membership
from comptoir.web.session_limits import HOUR, SEEN, SINCE

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any
    from uuid import UUID

    from django.test import Client

    from comptoir.conversations.actions.conversation import Started
    from comptoir.conversations.models import Conversation, Message
    from comptoir.people.models import Company

__all__ = ["NOW", "PASSWORD", "Cast", "begin", "build_world", "fresh", "say", "signed_in"]

NOW = datetime(2026, 11, 12, 9, 30, tzinfo=ZoneInfo("Europe/Brussels"))  # a Thursday
JOINED = NOW - timedelta(days=400)


def build_world() -> Cast:
    return build_cast(at=JOINED)


def fresh(member: Membership) -> Membership:
    """The same membership as a door would hand it over: read anew, with person, office and company."""
    return Membership.objects.select_related("person", "office", "company").get(pk=member.pk)


def begin(
    by: Membership,
    company: Company,
    *,
    subject: str = "Facture du Moulin",
    body: str = "Pouvez-vous regarder ?",
    at: datetime = NOW,
    to: Membership | None = None,
    files: Sequence[UUID] = (),
    expects_answer: bool = True,
) -> Started:
    """A conversation begun: shared, or private with `to`."""
    return start_conversation(
        company.pk,
        by=by,
        at=at,
        key=new_id(),
        message_key=new_id(),
        subject=subject,
        body=body,
        addressee_id=to.pk if to else None,
        files=files,
        expects_answer=expects_answer,
    )


def say(conversation: Conversation, by: Membership, body: str, *, at: datetime = NOW, **more: Any) -> Message:
    """One more message in it."""
    return post_message(conversation.pk, by=by, at=at, key=new_id(), body=body, **more).message


def signed_in(client: Client, member: Membership) -> Client:
    """A browser in which this member is signed in, and this membership chosen."""
    client.force_login(member.person)
    session = client.session
    session["member"] = str(member.pk)
    session[SINCE] = session[SEEN] = int(
        time.time() // HOUR
    )  # noted already: the first page notes it otherwise
    session.save()
    return client
