"""Internal notes: the staff's own, never a client's to see or to notice."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from django.db import transaction

from comptoir.activity.verbs import Verb
from comptoir.conversations.actions.content import BODY_CHARACTERS
from comptoir.conversations.actions.gate import locked, require
from comptoir.conversations.actions.lines import record_change
from comptoir.conversations.models import Note
from comptoir.conversations.refusals import BodyTooLong, EmptyMessage, IdentifierTaken, NotYours
from comptoir.conversations.rules import Do
from comptoir.core.errors import NotFound
from comptoir.core.text import clean_text, linkify

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from comptoir.conversations.models import Conversation
    from comptoir.people.models import Membership


class Written(NamedTuple):
    note: Note
    is_new: bool


def _checked(body: str) -> str:
    cleaned = clean_text(body).strip()
    if not cleaned:
        raise EmptyMessage(field="body")
    if len(cleaned) > BODY_CHARACTERS:
        raise BodyTooLong(field="body")
    return cleaned


@transaction.atomic
def write_note(conversation_id: UUID, *, by: Membership, at: datetime, key: UUID, body: str) -> Written:
    """Add a note where the conversation stands now. The same `key` with the same text returns the stored note."""
    cleaned = _checked(body)
    conversation = locked(conversation_id, by=by)
    require(conversation, Do.NOTE, by=by)
    if again := Note.objects.filter(pk=key).first():
        if (again.author_id, again.conversation_id, again.body) != (by.pk, conversation_id, cleaned):
            raise IdentifierTaken
        return Written(again, is_new=False)
    conversation.desk_revision += 1
    note = Note.objects.create(
        id=key,
        office_id=conversation.office_id,
        conversation=conversation,
        author=by,
        body=cleaned,
        html=linkify(cleaned),
        position=conversation.revision,
        revision=conversation.desk_revision,
        written_at=at,
    )
    _keep(conversation, Verb.NOTE_WRITTEN, by=by, at=at)
    return Written(note, is_new=True)


def _keep(conversation: Conversation, verb: Verb, *, by: Membership, at: datetime) -> None:
    conversation.save(update_fields=["desk_revision"])
    record_change(conversation, verb, by=by, at=at)


def _own(note_id: UUID, *, by: Membership) -> tuple[Note, Conversation]:
    note = Note.objects.visible_to(by).filter(pk=note_id, deleted_at__isnull=True).first()
    if note is None:
        raise NotFound
    conversation = locked(note.conversation_id, by=by)
    require(conversation, Do.NOTE, by=by)
    if note.author_id != by.pk:
        raise NotYours
    return note, conversation


@transaction.atomic
def edit_note(note_id: UUID, *, by: Membership, at: datetime, body: str) -> Note:
    """Replace the text of one's own note."""
    cleaned = _checked(body)
    note, conversation = _own(note_id, by=by)
    conversation.desk_revision += 1
    note.body, note.html, note.edited_at, note.revision = (
        cleaned,
        linkify(cleaned),
        at,
        conversation.desk_revision,
    )
    note.save(update_fields=["body", "html", "edited_at", "revision"])
    _keep(conversation, Verb.NOTE_EDITED, by=by, at=at)
    return note


@transaction.atomic
def delete_note(note_id: UUID, *, by: Membership, at: datetime) -> Note:
    """Take one's own note away; the row stays for the audit trail, without its text."""
    note, conversation = _own(note_id, by=by)
    conversation.desk_revision += 1
    note.body, note.html, note.deleted_at, note.revision = "", "", at, conversation.desk_revision
    note.save(update_fields=["body", "html", "deleted_at", "revision"])
    _keep(conversation, Verb.NOTE_DELETED, by=by, at=at)
    return note
