"""Messages: posted once whatever happens on the way, edited and deleted by their author while open."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from django.db import transaction

from comptoir.activity.record import record
from comptoir.activity.verbs import Verb
from comptoir.conversations import search
from comptoir.conversations.actions.content import Content, checked_content, claimed, files_of, hang, one_line
from comptoir.conversations.actions.gate import (
    CLOSING_FIELDS,
    LAST_FIELDS,
    STATE_FIELDS,
    locked,
    require,
    set_waiting,
    waiting_of,
)
from comptoir.conversations.actions.lines import reopen
from comptoir.conversations.actions.receipt import advance_author
from comptoir.conversations.models import Kind, Message, MessageVersion
from comptoir.conversations.refusals import IdentifierTaken, NotYours
from comptoir.conversations.rules import Do, after_deleted, after_post
from comptoir.conversations.seal import sealed
from comptoir.conversations.turns import is_last_said, turn_of
from comptoir.core.errors import NotFound
from comptoir.core.prepared import prepared
from comptoir.core.saving import insert, update
from comptoir.core.text import linkify

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from uuid import UUID

    from django.db.models import QuerySet

    from comptoir.conversations.models import Conversation
    from comptoir.people.models import Membership


class Posted(NamedTuple):
    message: Message
    is_new: bool


@prepared
def _sent_under(*, key: UUID) -> QuerySet[Message]:
    return Message.objects.filter(pk=key)


def post_message(
    conversation_id: UUID,
    *,
    by: Membership,
    at: datetime,
    key: UUID,
    body: str,
    files: Sequence[UUID] = (),
    expects_answer: bool = False,
    reopening: bool = False,
) -> Posted:
    """Add a message. `key` is the author's UUID for it: the same content again returns the stored message.

    `reopening` is for an answer that comes after closing: it reopens first, which raises the alarm.
    Raises `ConversationClosed`, `IdentifierTaken` (other content under `key`) and the refusals of the content.
    """
    content = checked_content(body, files)
    asks = expects_answer and by.is_office
    digest = content.digest(expects_answer=asks)
    with transaction.atomic():
        conversation = locked(conversation_id, by=by)
        if again := _sent_under.first(key=key):
            return _the_same(again, conversation_id, by=by, digest=digest)
        if reopening and not conversation.is_open:
            require(conversation, Do.REOPEN, by=by)
            reopen(conversation, by=by, at=at)
        require(conversation, Do.POST, by=by)
        if content.files:
            require(conversation, Do.ATTACH, by=by)
        message = add_message(
            conversation, by=by, at=at, key=key, content=content, expects_answer=asks, digest=digest
        )
        record_post(message, conversation)
    return Posted(message, is_new=True)


def _the_same(again: Message, conversation_id: UUID, *, by: Membership, digest: str) -> Posted:
    if (again.conversation_id, again.author_id, again.content_hash) != (conversation_id, by.pk, digest):
        raise IdentifierTaken
    return Posted(again, is_new=False)


def add_message(
    conversation: Conversation,
    *,
    by: Membership,
    at: datetime,
    key: UUID,
    content: Content,
    expects_answer: bool,
    digest: str,
) -> Message:
    """Write the message and what follows from it on the locked conversation, in the caller's transaction."""
    attachments = claimed(content.files, by=by, at=at)
    newest_before, waited = conversation.last_position, waiting_of(conversation)
    conversation.revision += 1
    message = Message(
        id=key,
        office_id=conversation.office_id,
        company_id=conversation.company_id,
        conversation=conversation,
        author=by,
        by_office=by.is_office,
        body=content.body,
        html=linkify(content.body),
        content_hash=digest,
        expects_answer=expects_answer,
        ended_waiting=waited.office if by.is_office else waited.client and not conversation.open_questions,
        position=conversation.revision,
        revision=conversation.revision,
        sent_at=at,
    )
    insert(message)
    hang(attachments, on=message)
    _is_newest(message, conversation, has_files=bool(attachments))
    advance_author(conversation, author=by, newest_before=newest_before, position=message.position)
    search.index_message(message, names=[file.name for file in attachments])
    return message


def _is_newest(message: Message, conversation: Conversation, *, has_files: bool) -> None:
    """What the list's row tells of it, and what waits for whom from now on."""
    waiting = after_post(
        waiting_of(conversation),
        by_office=message.by_office,
        expects_answer=message.expects_answer,
        is_first=conversation.last_position == 0,
        has_questions=conversation.open_questions > 0,
    )
    set_waiting(conversation, waiting, at=message.sent_at)
    conversation.last_position = message.position
    conversation.last_message_at = message.sent_at
    conversation.last_author = message.author
    conversation.last_line = one_line(message.body)
    conversation.last_has_files = has_files
    update(conversation, *STATE_FIELDS, *LAST_FIELDS, *CLOSING_FIELDS)


def record_post(message: Message, conversation: Conversation) -> None:
    record(
        Verb.MESSAGE_POSTED,
        message.pk,
        office_id=conversation.office_id,
        company_id=conversation.company_id,
        conversation_id=conversation.pk,
        by_id=message.author_id,
        at=message.sent_at,
        revision=conversation.revision,
    )


def _own_locked(message_id: UUID, do: Do, *, by: Membership) -> tuple[Message, Conversation]:
    """The author's own living message and its conversation, locked and open."""
    seen = Message.objects.visible_to(by).filter(pk=message_id).values_list("conversation", flat=True).first()
    if seen is None:
        raise NotFound
    conversation = locked(seen, by=by)
    message = Message.objects.get(pk=message_id)
    if message.author_id != by.pk or message.kind != Kind.TEXT:
        raise NotYours
    require(conversation, do, by=by)
    return message, conversation


def _changed(
    message: Message, conversation: Conversation, verb: Verb, *, by: Membership, at: datetime
) -> None:
    """Raise the revision, seal the text that is replaced, and record; the caller has set the new text."""
    conversation.revision += 1
    message.revision = conversation.revision
    message.save(update_fields=["body", "html", "edited_at", "deleted_at", "revision"])
    if is_last_said(message):
        conversation.last_line = one_line(message.body)
        conversation.last_has_files = conversation.last_has_files and message.deleted_at is None
    conversation.save(update_fields=[*STATE_FIELDS, "last_line", "last_has_files"])
    record(
        verb,
        message.pk,
        office_id=conversation.office_id,
        company_id=conversation.company_id,
        conversation_id=conversation.pk,
        by_id=by.pk,
        at=at,
        revision=conversation.revision,
    )


def _seal_text(message: Message, *, at: datetime) -> None:
    MessageVersion.objects.create(
        office_id=message.office_id,
        message=message,
        sealed_body=sealed(message.body),
        written_at=message.edited_at or message.sent_at,
        replaced_at=at,
    )


@transaction.atomic
def edit_message(message_id: UUID, *, by: Membership, at: datetime, body: str) -> Message:
    """Replace the text of one's own message; the earlier text is sealed. The same text again changes nothing."""
    message, conversation = _own_locked(message_id, Do.EDIT, by=by)
    if message.deleted_at is not None:
        raise NotFound
    files = files_of(message)
    cleaned = checked_content(body, [file.pk for file in files]).body
    if cleaned == message.body:
        return message
    _seal_text(message, at=at)
    message.body, message.html, message.edited_at = cleaned, linkify(cleaned), at
    _changed(message, conversation, Verb.MESSAGE_EDITED, by=by, at=at)
    search.forget_message(message)
    search.index_message(message, names=[file.name for file in files])
    return message


@transaction.atomic
def delete_message(message_id: UUID, *, by: Membership, at: datetime) -> Message:
    """Leave a line in place of one's own message; its text is sealed, its files are shown to nobody. Idempotent.

    What it alone had asked for waits no more; where it alone had answered, the answer is due again.
    """
    message, conversation = _own_locked(message_id, Do.DELETE, by=by)
    if message.deleted_at is not None:
        return message
    _seal_text(message, at=at)
    message.body, message.html, message.deleted_at = "", "", at
    turn = turn_of(conversation, by_office=message.by_office, without=message)
    asks = conversation.open_questions > 0
    now = waiting_of(conversation)
    waiting = after_deleted(now, turn, by_office=message.by_office, has_questions=asks)
    set_waiting(conversation, waiting, at=at)
    _changed(message, conversation, Verb.MESSAGE_DELETED, by=by, at=at)
    search.forget_message(message)
    return message
