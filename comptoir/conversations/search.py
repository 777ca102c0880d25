"""Full-text search within what a member may see: subjects, messages and names of files.

Texts are folded (case and accents) and cut into words in Python, so that SQLite's FTS5 and PostgreSQL find the same:
left to itself, PostgreSQL takes `facture.pdf`, `-12` and `/tva/2026` for one word each. Every
entry also carries words that name its office and company, so that a client's search never walks through
other companies' texts. The indexes themselves are kept by the database: triggers on SQLite, a generated
column on PostgreSQL (migration 0002).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import connection

from comptoir.conversations.models import Conversation, Message, SearchEntry
from comptoir.conversations.querysets import visible
from comptoir.core.prepared import Limit, prepared
from comptoir.core.saving import insert
from comptoir.core.text import fold
from comptoir.people.models import Company
from comptoir.people.profiles import Profile

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from uuid import UUID

    from django.db.models import QuerySet

    from comptoir.people.models import Membership

WORD = re.compile(r"[^\W_]+")
MAX_WORDS = 8
# Of a word that is searched, as it may be unfinished anyway. PostgreSQL leaves out one of more than 2,046 bytes, and
# a query without it would find everything else.
MAX_LETTERS = 64
MAX_DOSSIERS_NAMED = 200
SHOWN = [
    *(f"conversation__{field}" for field in ("subject", "closed_at", "last_message_at", "company__name")),
    *(f"message__{field}" for field in ("body", "sent_at", "position")),
    *(f"message__author__{field}" for field in ("company", "person__name")),
]
AMONG, ALL = 200, 2**62
NEWEST = """conversations_searchentry.id IN (
    SELECT rowid FROM conversations_search WHERE conversations_search MATCH %s ORDER BY rowid DESC LIMIT %s)"""


def index_subject(conversation: Conversation) -> None:
    _add(conversation.office_id, conversation.company_id, conversation.pk, None, conversation.subject)


def index_message(message: Message, *, names: Sequence[str]) -> None:
    text = "\n".join([message.body, *names])
    _add(message.office_id, message.company_id, message.conversation_id, message.pk, text)


def forget_message(message: Message) -> None:
    SearchEntry.objects.filter(message=message.pk).delete()


def _add(
    office_id: UUID, company_id: UUID, conversation_id: UUID, message_id: UUID | None, text: str
) -> None:
    insert(
        SearchEntry(
            office_id=office_id,
            company_id=company_id,
            conversation_id=conversation_id,
            message_id=message_id,
            scope=f"o{office_id.hex} c{company_id.hex}",
            folded=" ".join(words_of(text)),
        )
    )


def words_of(text: str) -> list[str]:
    return WORD.findall(fold(text))


@dataclass(frozen=True)
class Found:
    """One hit: its conversation, and the message unless the subject was hit."""

    conversation: Conversation
    message: Message | None


def find(member: Membership, text: str, *, limit: int = 50) -> list[Found]:
    """The newest entries that contain every word of `text` (the last may be unfinished), newest first."""
    words = [word[:MAX_LETTERS] for word in words_of(text)[:MAX_WORDS]]
    if not words:
        return []
    if connection.vendor == "postgresql":
        query = " & ".join(f"{word}:*" for word in words)
        return _found(_matching(member=member, query=query, limit=Limit(limit)))
    query = " AND ".join([*(f'folded : "{word}"*' for word in words), f"scope : ({_scope(member)})"])
    entries = _matching_fts5(member=member, query=query, among=AMONG, limit=Limit(limit))
    if len(entries) < limit:
        # Either that is all, or the gate dropped much: the scope names dossiers, not who reads along in them.
        entries = _matching_fts5(member=member, query=query, among=ALL, limit=Limit(limit))
    return _found(entries)


@prepared
def _matching(*, member: Membership, query: str, limit: Limit) -> QuerySet[SearchEntry]:
    ours = SearchEntry.objects.filter(office=member.office_id)
    return _seen_by(member, ours.extra(where=["words @@ to_tsquery('simple', %s)"], params=[query]), limit)


@prepared
def _matching_fts5(*, member: Membership, query: str, among: int, limit: Limit) -> QuerySet[SearchEntry]:
    """Among so many newest ones: FTS5 finds those of a common word without reading all that hold it."""
    newest = SearchEntry.objects.extra(where=[NEWEST], params=[query, among])  # noqa: S610 -- a statement of ours
    return _seen_by(member, newest, limit)


def _seen_by(member: Membership, entries: QuerySet[SearchEntry], limit: Limit) -> QuerySet[SearchEntry]:
    return (
        entries.filter(visible(member, prefix="conversation__"))
        .select_related("conversation__company", "message__author__person")
        .only(*SHOWN)
        .order_by("-id")[:limit]
    )


def _found(entries: Iterable[SearchEntry]) -> list[Found]:
    return [Found(conversation=entry.conversation, message=entry.message) for entry in entries]


@prepared
def _dossiers(*, member: Membership) -> QuerySet[Any, UUID]:
    return Company.objects.visible_to(member).values_list("pk", flat=True)[: MAX_DOSSIERS_NAMED + 1]


def _scope(member: Membership) -> str:
    """The words for what this member may see at most; the gate still has the last word on every hit."""
    if member.company_id is not None:
        return f"c{member.company_id.hex}"
    if member.profile == Profile.ADMINISTRATOR:
        return f"o{member.office_id.hex}"
    dossiers = _dossiers(member=member)
    if len(dossiers) > MAX_DOSSIERS_NAMED:
        return f"o{member.office_id.hex}"
    return " OR ".join(f"c{pk.hex}" for pk in dossiers) or "none"
