"""Conversations: started, closed, reopened, handled, assigned."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from django.db import IntegrityError, transaction

from comptoir.activity.verbs import Verb
from comptoir.conversations import search
from comptoir.conversations.actions.content import checked_content, checked_subject
from comptoir.conversations.actions.gate import (
    CLOSING_FIELDS,
    STATE_FIELDS,
    locked,
    require,
    set_waiting,
    waiting_of,
)
from comptoir.conversations.actions.lines import add_line, record_change, reopen
from comptoir.conversations.actions.message import add_message
from comptoir.conversations.models import Conversation, Kind, Message
from comptoir.conversations.querysets import still_in_force
from comptoir.conversations.refusals import IdentifierTaken, NotAddressable
from comptoir.conversations.rules import NOTHING_WAITS, Do, after_handled, is_theirs
from comptoir.core.errors import NotAllowed, NotFound
from comptoir.people.models import Company, Membership
from comptoir.people.profiles import may_attach, may_start_conversations
from comptoir.people.queries import addressees

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from uuid import UUID


class Started(NamedTuple):
    conversation: Conversation
    message: Message
    is_new: bool


def start_conversation(
    company_id: UUID,
    *,
    by: Membership,
    at: datetime,
    key: UUID,
    message_key: UUID,
    subject: str,
    body: str,
    addressee_id: UUID | None = None,
    files: Sequence[UUID] = (),
    expects_answer: bool = True,
) -> Started:
    """Begin a conversation about a dossier: shared, or private with `addressee_id` (a membership).

    `key` and `message_key` are the starter's own UUIDs: the same start again returns what is stored.
    """
    content, title = checked_content(body, files), checked_subject(subject)
    asks = expects_answer and by.is_office
    digest = content.digest(subject=title, audience=f"{company_id}/{addressee_id}", expects_answer=asks)
    try:
        with transaction.atomic():
            company = _company(company_id, by=by, has_files=bool(content.files))
            if again := _started_before(key, message_key, by=by, digest=digest):
                return again
            addressee = _addressee(addressee_id, company, by=by)
            conversation = _new(company, addressee, by=by, at=at, key=key, subject=title, digest=digest)
            conversation.save(force_insert=True)
            search.index_subject(conversation)
            message = add_message(
                conversation,
                by=by,
                at=at,
                key=message_key,
                content=content,
                expects_answer=asks,
                digest=digest,
            )
            record_change(conversation, Verb.CONVERSATION_STARTED, by=by, at=at)
    except IntegrityError:
        # A retry that ran beside the first try, and came second: there is no row yet that both could have locked.
        if again := _started_before(key, message_key, by=by, digest=digest):
            return again
        raise
    return Started(conversation, message, is_new=True)


def _company(company_id: UUID, *, by: Membership, has_files: bool) -> Company:
    seen = Company.objects.visible_to(by).active().filter(still_in_force(by))
    company = seen.filter(pk=company_id).first()
    if company is None:
        raise NotFound
    if not may_start_conversations(by.profile) or (has_files and not may_attach(by.profile)):
        raise NotAllowed
    return company


def _started_before(key: UUID, message_key: UUID, *, by: Membership, digest: str) -> Started | None:
    first = _first_message(message_key)
    if first is None and Conversation.objects.filter(pk=key).exists():
        first = _first_message(message_key)  # another try may have ended between the two questions
        if first is None:
            raise IdentifierTaken
    if first is None:
        return None
    started = first.conversation
    stored = (started.pk, started.started_by_id, started.started_hash, first.content_hash)
    if stored != (key, by.pk, digest, digest):
        raise IdentifierTaken
    return Started(started, first, is_new=False)


def _first_message(message_key: UUID) -> Message | None:
    return Message.objects.filter(pk=message_key).select_related("conversation").first()


def _addressee(addressee_id: UUID | None, company: Company, *, by: Membership) -> Membership | None:
    if addressee_id is None:
        return None
    for person in addressees(by, company):
        if person.pk == addressee_id:
            return person
    raise NotAddressable(field="audience")


def _new(
    company: Company,
    addressee: Membership | None,
    *,
    by: Membership,
    at: datetime,
    key: UUID,
    subject: str,
    digest: str,
) -> Conversation:
    return Conversation(
        id=key,
        subject=subject,
        office_id=company.office_id,
        company=company,
        addressee=addressee,
        started_by=by,
        started_by_office=by.is_office,
        started_hash=digest,
        created_at=at,
        last_message_at=at,
        last_author=by,
    )


@transaction.atomic
def close_conversation(conversation_id: UUID, *, by: Membership, at: datetime) -> Conversation:
    """*Arrêter conversation*: it waits for nobody any more. Closing a closed one changes nothing."""
    conversation = locked(conversation_id, by=by)
    if not conversation.is_open and is_theirs(by.profile, Do.CLOSE):
        return conversation
    require(conversation, Do.CLOSE, by=by)
    conversation.closed_at, conversation.closed_by = at, by
    conversation.open_questions = 0
    set_waiting(conversation, NOTHING_WAITS, at=at)
    add_line(conversation, Kind.CLOSED, by=by, at=at)
    conversation.save(update_fields=[*STATE_FIELDS, *CLOSING_FIELDS])
    record_change(conversation, Verb.CONVERSATION_CLOSED, by=by, at=at)
    return conversation


@transaction.atomic
def reopen_conversation(conversation_id: UUID, *, by: Membership, at: datetime) -> Conversation:
    """Open it again. A client who does raises an alarm at the office. Reopening an open one changes nothing."""
    conversation = locked(conversation_id, by=by)
    if conversation.is_open and is_theirs(by.profile, Do.REOPEN):
        return conversation
    require(conversation, Do.REOPEN, by=by)
    reopen(conversation, by=by, at=at)
    conversation.save(update_fields=[*STATE_FIELDS, *CLOSING_FIELDS])
    return conversation


@transaction.atomic
def mark_handled(conversation_id: UUID, *, by: Membership, at: datetime) -> Conversation:
    """Nothing is to be answered: end what waits for the member's side. Handled twice changes nothing."""
    conversation = locked(conversation_id, by=by)
    require(conversation, Do.HANDLE, by=by)
    now = waiting_of(conversation)
    then = after_handled(now, by_office=by.is_office, has_questions=conversation.open_questions > 0)
    if then == now:
        return conversation
    set_waiting(conversation, then, at=at)
    conversation.revision += 1
    conversation.save(update_fields=STATE_FIELDS)
    record_change(conversation, Verb.CONVERSATION_HANDLED, by=by, at=at)
    return conversation


@transaction.atomic
def assign_conversation(
    conversation_id: UUID, *, by: Membership, at: datetime, assignee_id: UUID | None
) -> Conversation:
    """Give it to one of the staff with access to the dossier, or to nobody. Clients do not see it."""
    conversation = locked(conversation_id, by=by)
    require(conversation, Do.ASSIGN, by=by)
    assignee = None
    if assignee_id is not None:
        assignee = Membership.objects.staff_of(conversation.company).filter(pk=assignee_id).first()
        if assignee is None:
            raise NotFound
    conversation.assignee = assignee
    conversation.desk_revision += 1
    conversation.save(update_fields=["assignee", "desk_revision"])
    record_change(conversation, Verb.CONVERSATION_ASSIGNED, by=by, at=at)
    return conversation
