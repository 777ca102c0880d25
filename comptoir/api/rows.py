"""Rows of conversations and messages, read without models, as the answers show them. Nothing here asks the database."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from comptoir.conversations.queries import is_unread, waits_for

if TYPE_CHECKING:
    from collections.abc import Iterable
    from uuid import UUID

    from comptoir.conversations.models import Conversation
    from comptoir.files.models import Attachment
    from comptoir.people.models import Membership

Item = dict[str, Any]

CONVERSATION = (
    "id",
    "subject",
    "company_id",
    "company__name",
    "addressee_id",
    "addressee__person__name",
    "started_by_id",
    "started_by__person__name",
    "started_by_office",
    "created_at",
    "revision",
    "last_position",
    "last_message_at",
    "last_line",
    "awaiting_office_since",
    "awaiting_client_since",
    "to_be_seen",
    "closed_at",
    "company__archived_at",
    "seen_upto",
)
OF_THE_DESK = ("desk_revision", "assignee_id", "assignee__person__name")
MESSAGE = (
    "id",
    "conversation_id",
    "kind",
    "author_id",
    "author__person__name",
    "by_office",
    "body",
    "expects_answer",
    "position",
    "revision",
    "sent_at",
    "edited_at",
    "deleted_at",
    "delivered_at",
    "seen_at",
)
FILE = ("message_id", "attachment_id", "attachment__name", "attachment__media_type", "attachment__size")


def conversation_item(row: Any, *, member: Membership) -> Item:
    like_a_model = cast("Conversation", row)  # the rules read it by the same names
    item = {
        "id": row.id,
        "subject": row.subject,
        "company": {"id": row.company_id, "name": row.company__name},
        "state": "closed" if row.closed_at else "open",
        "audience": audience_of(row),
        "started_by": person_of(
            row.started_by_id, row.started_by__person__name, office=row.started_by_office
        ),
        "awaiting": awaiting_of(row),
        "awaiting_since": row.awaiting_office_since or row.awaiting_client_since,
        "to_handle": waits_for(like_a_model, member=member),
        "unread": is_unread(like_a_model, member=member),
        "revision": row.revision,
        "last_message_at": row.last_message_at,
        "last_line": row.last_line,
        "created_at": row.created_at,
        "closed_at": row.closed_at,
    }
    if member.is_office:
        item["assignee"] = named(row.assignee_id, row.assignee__person__name)
        item["desk_revision"] = row.desk_revision
    return item


def audience_of(row: Any) -> str | Item:
    if row.addressee_id is None:
        return "shared"
    return {"person": row.addressee_id, "name": row.addressee__person__name}


def awaiting_of(row: Any) -> str | None:
    """A post answers what waited for its own side, so the two never wait at once."""
    if row.awaiting_office_since:
        return "office"
    return "client" if row.awaiting_client_since else None


def named(pk: UUID | None, name: str | None) -> Item | None:
    return None if pk is None else {"id": pk, "name": name}


def person_of(pk: UUID, name: str, *, office: bool) -> Item:
    return {"id": pk, "name": name, "side": "office" if office else "client"}


def member_item(member: Membership) -> Item:
    return {"id": member.pk, "name": member.person.name, "side": member.side}


def message_items(rows: Iterable[Any], *, files: Iterable[Any]) -> list[Item]:
    hung = by_message(files)
    return [
        message_item(
            row,
            author=person_of(row.author_id, row.author__person__name, office=row.by_office),
            files=hung.get(row.id, []),
        )
        for row in rows
    ]


def by_message(files: Iterable[Any]) -> dict[UUID, list[Item]]:
    """Rows of FILE, in their places."""
    found: dict[UUID, list[Item]] = {}
    for message_id, pk, name, media_type, size in files:
        item = {"id": pk, "name": name, "media_type": media_type, "size": size}
        found.setdefault(message_id, []).append(item)
    return found


def message_item(message: Any, *, author: Item, files: list[Item]) -> Item:
    """Of a row, or of a message that was just written."""
    return {
        "id": message.id,
        "conversation": message.conversation_id,
        "kind": message.kind,
        "author": author,
        "body": message.body,
        "sent_at": message.sent_at,
        "edited_at": message.edited_at,
        "deleted_at": message.deleted_at,
        "state": "seen" if message.seen_at else "delivered" if message.delivered_at else "sent",
        "expects_answer": message.expects_answer,
        "attachments": files,
        "position": message.position,
        "revision": message.revision,
    }


def attachment_item(file: Attachment) -> Item:
    return {"id": file.pk, "name": file.name, "media_type": file.media_type, "size": file.size}
