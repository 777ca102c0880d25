"""What a push says: the office's name, how many messages or questions wait, and where they are. It shows on locked screens.

No subject, no text, no name of a client or colleague, no amount: the same for a private conversation and a shared one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import orjson
from django.conf import settings
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import translation
from django.utils.translation import ngettext

from comptoir.conversations.models import Conversation, Reader
from comptoir.conversations.queries import counters
from comptoir.notifications.links import link_to
from comptoir.notifications.models import Channel, Delivery, State
from comptoir.people.queries import memberships_of
from comptoir.questions.queries import open_for

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from django.db.models import QuerySet

    from comptoir.people.models import Office, Person

DECLARATIVE = 8030  # by which Safari knows that it may show the notification without a script of ours


def written_push(rows: Sequence[Delivery], *, office: Office) -> bytes:
    """About rows of one person and office, in their language; with the exact number for the app's sign."""
    person = rows[0].member.person
    waiting = _waiting(rows)
    badge = badge_of(person)
    with translation.override(person.language):
        words = _words(rows, waiting)
    notification: dict[str, Any] = {
        "title": office.name,
        "body": words,
        "lang": person.language,
        "navigate": _where(rows, waiting),
        "tag": tag_of(office.pk),
        "silent": False,
        "app_badge": str(badge),  # where Safari's first version looked for it
    }
    return orjson.dumps({"web_push": DECLARATIVE, "notification": notification, "app_badge": badge})


def _words(rows: Sequence[Delivery], waiting: QuerySet[Delivery]) -> str:
    """How many messages, and how many questions they ask; where they do nothing else, how many questions."""
    told = list(waiting.values_list("member", "message", "pk"))
    count = max(len(rows), len(told))
    asked = [
        message_id
        for member in {row.member_id: row.member for row in rows}.values()
        for message_id in open_for(member)
        .filter(message__in=[message_id for pk, message_id, _ in told if pk == member.pk])
        .values_list("message", flat=True)
    ]
    words = ngettext("%(n)s new message", "%(n)s new messages", count) % {"n": count}
    if not asked:
        return words
    questions = ngettext("%(n)s question", "%(n)s questions", len(asked)) % {"n": len(asked)}
    return questions if len(set(asked)) == count else f"{words} · {questions}"


def tag_of(office_id: UUID) -> str:
    """The next push of an office takes the place of the one before: a lock screen shows one line for each office."""
    return f"office-{office_id}"


def badge_of(person: Person) -> int:
    """What waits for an action of theirs, over all their memberships: the app is one, whatever it is opened as."""
    return sum(counters(member).to_handle for member in memberships_of(person))


def _waiting(rows: Sequence[Delivery]) -> QuerySet[Delivery]:
    """All that this person was told on their devices by this office, or is about to be, and has not seen yet."""
    seen = Reader.objects.filter(
        conversation=OuterRef("conversation"),
        member=OuterRef("member"),
        seen_upto__gte=OuterRef("message__position"),
    )
    members = {row.member_id: row.member for row in rows}.values()
    visible = Q()
    for member in members:
        visible |= Q(member=member.pk, conversation__in=Conversation.objects.visible_to(member).open())
    told = Q(pk__in=[row.pk for row in rows]) | Q(state=State.SENT)
    return Delivery.objects.filter(
        told, visible, ~Exists(seen), channel=Channel.PUSH, message__deleted_at__isnull=True
    )


def _where(rows: Sequence[Delivery], waiting: QuerySet[Delivery]) -> str:
    """The conversation itself where there is one only, else the list."""
    talks = {row.conversation_id for row in rows} | set(waiting.values_list("conversation", flat=True))
    member = rows[0].member
    if len(talks) == 1:
        return link_to(member, rows[0].conversation)
    return f"{settings.BASE_URL}{reverse('desk_inbox' if member.is_office else 'portal_list')}"
