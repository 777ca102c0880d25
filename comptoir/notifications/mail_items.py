"""The lines of a mail: for each membership its conversations, each with as many words as the office allows."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from comptoir.conversations.models import Kind
from comptoir.core.moments import moment_exact
from comptoir.notifications.models import TextInMails
from comptoir.questions.queries import open_for

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from comptoir.conversations.models import Conversation, Message
    from comptoir.notifications.links import Way, Ways
    from comptoir.notifications.models import Delivery
    from comptoir.people.models import Membership

SHOWN_AT_MOST = 20
TEXT_CHARACTERS = 2000


@dataclass
class Item:
    """One conversation in a mail. `subject` and `texts` are empty where the office does not allow them."""

    conversation: Conversation
    way: Way
    subject: str = ""
    messages: list[Message] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    is_reopened: bool = False
    questions: int = 0  # asked by these messages, and open

    @property
    def title(self) -> str:
        if self.subject:
            return self.subject
        return _("Private conversation") if self.conversation.is_private else _("Conversation")

    @property
    def line(self) -> str:
        first = timezone.localtime(self.messages[0].sent_at)
        count = len(self.messages)
        when = moment_exact(first, language=translation.get_language() or "en")
        words = ngettext("%(count)s message, %(when)s", "%(count)s messages since %(when)s", count)
        line = words % {"count": count, "when": when}
        if self.questions:
            asked = ngettext("%(n)s question", "%(n)s questions", self.questions)
            line = f"{line} · {asked % {'n': self.questions}}"
        return f"{line} · {_('reopened by the client')}" if self.is_reopened else line


@dataclass
class Place:
    """The items of one membership; `name` where a mail tells of several."""

    name: str = ""
    items: list[Item] = field(default_factory=list)

    @property
    def shown(self) -> list[Item]:
        return self.items[:SHOWN_AT_MOST]

    @property
    def more(self) -> int:
        return len(self.items) - len(self.shown)


def places_of(rows: Sequence[Delivery], *, ways: Ways, allowed: str) -> list[Place]:
    """The rows, oldest first, by membership and conversation."""
    places: dict[UUID, Place] = {}
    items: dict[tuple[UUID, UUID], Item] = {}
    for row in rows:
        place = places.setdefault(row.member_id, Place())
        key = (row.member_id, row.conversation_id)
        if key not in items:
            items[key] = _item(row, ways[key], allowed=allowed)
            place.items.append(items[key])
        _add(items[key], row, allowed=allowed)
    for member in {row.member_id: row.member for row in rows}.values():
        _count_questions(places[member.pk], member)
    if len(places) > 1:
        _name(places, rows)
    return list(places.values())


def _count_questions(place: Place, member: Membership) -> None:
    """How many, never what: whose profile sees none is told of none."""
    messages = {message.pk: item for item in place.items for message in item.messages}
    for message_id in open_for(member).filter(message__in=messages).values_list("message", flat=True):
        messages[message_id].questions += 1


def _item(row: Delivery, way: Way, *, allowed: str) -> Item:
    shows = allowed != TextInMails.NONE and not row.conversation.is_private
    return Item(
        conversation=row.conversation,
        way=way,
        subject=row.conversation.subject if shows else "",
    )


def _add(item: Item, row: Delivery, *, allowed: str) -> None:
    item.messages.append(row.message)
    item.is_reopened = item.is_reopened or row.is_urgent
    if allowed == TextInMails.TEXT and not row.conversation.is_private and row.message.kind == Kind.TEXT:
        item.texts.append(_cut(row.message.body))


def _name(places: dict[UUID, Place], rows: Sequence[Delivery]) -> None:
    """A person of several companies must tell them apart. Whose dossier the staff are told of stands in no mail."""
    for row in rows:
        company = row.member.company
        places[row.member_id].name = company.name if company is not None else ""


def _cut(body: str) -> str:
    return body if len(body) <= TEXT_CHARACTERS else body[:TEXT_CHARACTERS].rstrip() + " …"
