"""One seeded conversation: who wrote, who saw, what waits, as the actions of conversations would leave it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from functools import cache
from typing import TYPE_CHECKING

from comptoir.activity.models import Event
from comptoir.activity.verbs import Verb
from comptoir.conversations.actions.content import Content, one_line
from comptoir.conversations.actions.gate import set_waiting, waiting_of
from comptoir.conversations.models import (
    Conversation,
    Kind,
    Message,
    Reader,
    Receipt,
    ReceiptKind,
    SearchEntry,
)
from comptoir.conversations.rules import NOTHING_WAITS, after_post
from comptoir.core.ids import new_id
from comptoir.core.text import fold, linkify
from comptoir.ops.seed_words import SENTENCES, SUBJECTS

if TYPE_CHECKING:
    import random
    from datetime import datetime
    from uuid import UUID

    from comptoir.ops.seed_rows import Rows
    from comptoir.people.models import Company, Membership

LEFT_OPEN = timedelta(days=30)
# Shares of one, about as an office's history shows them.
BEGUN_BY_OFFICE, GOES_ON, EXPECTS_ANSWER, SEEN_AT_THE_END, CLOSED = 0.6, 0.25, 0.6, 0.8, 0.93


@dataclass
class Talk:
    company: Company
    manager: Membership
    clients: list[Membership]
    begun_at: datetime
    length: int
    until: datetime
    chance: random.Random
    messages: list[Message] = field(default_factory=list)
    readers: dict[UUID, Reader] = field(default_factory=dict)
    receipts: list[Receipt] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)

    def write_into(self, rows: Rows) -> None:
        starter = self.manager if self.chance.random() < BEGUN_BY_OFFICE else self.chance.choice(self.clients)
        talk = self._begun(starter)
        at, author = self.begun_at, starter
        for place in range(self.length):
            if place:
                at = min(at + timedelta(minutes=self.chance.randint(5, 1500)), self.until)
                author = self._next(author)
                self._see(talk, author, at=at)
            self._post(talk, author, at=at)
        self._end(talk, at)
        rows.conversations.append(talk)
        rows.messages += self.messages
        rows.readers += self.readers.values()
        rows.receipts += self.receipts
        rows.events += self.events
        rows.search.append(self._entry(talk, None, talk.subject))
        rows.search += [self._entry(talk, one, one.body) for one in self.messages if one.kind == Kind.TEXT]

    def _begun(self, starter: Membership) -> Conversation:
        return Conversation(
            id=new_id(),
            office_id=self.company.office_id,
            company=self.company,
            subject=f"{self.chance.choice(SUBJECTS)} {self.chance.randint(1, 9999):04}",
            started_by=starter,
            started_by_office=starter.is_office,
            created_at=self.begun_at,
            last_message_at=self.begun_at,
            last_author=starter,
        )

    def _next(self, author: Membership) -> Membership:
        if self.chance.random() < GOES_ON:
            return author
        return self.chance.choice(self.clients) if author.is_office else self.manager

    def _post(self, talk: Conversation, by: Membership, *, at: datetime) -> None:
        is_first = not self.messages
        body = f"{self.chance.choice(SENTENCES)} {self.chance.choice(SENTENCES)}"
        asks = by.is_office and self.chance.random() < EXPECTS_ANSWER
        digest = Content(body, ()).digest(expects_answer=asks)
        talk.revision += 1
        if is_first:
            talk.started_hash = digest
        message = Message(
            id=new_id(),
            office_id=talk.office_id,
            company_id=talk.company_id,
            conversation_id=talk.pk,
            author_id=by.pk,
            by_office=by.is_office,
            body=body,
            html=_html(body),
            content_hash=digest,
            expects_answer=asks,
            position=talk.revision,
            revision=talk.revision,
            sent_at=at,
        )
        self.messages.append(message)
        self._is_newest(talk, message, by, is_first=is_first)
        if is_first:
            self._record(talk, Verb.CONVERSATION_STARTED, talk.pk, by, at=at, desk_revision=0)
        else:
            self._record(talk, Verb.MESSAGE_POSTED, message.pk, by, at=at)

    def _is_newest(self, talk: Conversation, message: Message, by: Membership, *, is_first: bool) -> None:
        waiting = after_post(
            waiting_of(talk), by_office=by.is_office, expects_answer=message.expects_answer, is_first=is_first
        )
        set_waiting(talk, waiting, at=message.sent_at)
        talk.last_position, talk.last_message_at, talk.last_author = message.position, message.sent_at, by
        talk.last_line = _line(message.body)
        self._mark(talk, by, message.position)

    def _see(self, talk: Conversation, by: Membership, *, at: datetime) -> None:
        reader = self.readers.get(by.pk)
        before = reader.seen_upto if reader else 0
        if before >= talk.last_position:
            return
        self._mark(talk, by, talk.last_position)
        self.receipts.append(
            Receipt(
                conversation_id=talk.pk,
                member_id=by.pk,
                kind=ReceiptKind.SEEN,
                upto=talk.last_position,
                at=at,
                how="portal",
            )
        )
        fresh = [
            one
            for one in self.messages
            if one.position > before and one.by_office is not by.is_office and one.seen_at is None
        ]
        if not fresh:
            return
        talk.revision += 1
        for one in fresh:
            one.delivered_at = one.seen_at = at
            one.delivered_to_id = one.seen_by_id = by.pk
            one.revision = talk.revision
        self._record(talk, Verb.MESSAGE_SEEN, talk.pk, by, at=at, upto=talk.last_position)

    def _mark(self, talk: Conversation, member: Membership, upto: int) -> None:
        reader = self.readers.setdefault(member.pk, Reader(conversation_id=talk.pk, member_id=member.pk))
        reader.delivered_upto = reader.seen_upto = upto

    def _end(self, talk: Conversation, at: datetime) -> None:
        """Mostly seen by the other side, and closed unless it is of the last weeks."""
        other = self.clients[0] if talk.last_author.is_office else self.manager
        if self.chance.random() < SEEN_AT_THE_END:
            self._see(talk, other, at=min(at + timedelta(hours=2), self.until))
        if at > self.until - LEFT_OPEN or self.chance.random() > CLOSED:
            return
        by = self.manager if talk.started_by_office else talk.started_by
        talk.closed_at, talk.closed_by = at + timedelta(days=1), by
        set_waiting(talk, NOTHING_WAITS, at=talk.closed_at)
        talk.revision += 1
        line = Message(
            id=new_id(),
            office_id=talk.office_id,
            company_id=talk.company_id,
            conversation_id=talk.pk,
            author_id=by.pk,
            by_office=by.is_office,
            kind=Kind.CLOSED,
            content_hash="",
            position=talk.revision,
            revision=talk.revision,
            sent_at=talk.closed_at,
        )
        self.messages.append(line)
        self._record(talk, Verb.CONVERSATION_CLOSED, talk.pk, by, at=talk.closed_at, desk_revision=0)

    def _record(
        self,
        talk: Conversation,
        verb: Verb,
        subject_id: UUID,
        by: Membership,
        *,
        at: datetime,
        **facts: int,
    ) -> None:
        self.events.append(
            Event(
                office_id=talk.office_id,
                company_id=talk.company_id,
                conversation_id=talk.pk,
                verb=verb,
                subject_id=subject_id,
                by_id=by.pk,
                at=at,
                facts={"revision": talk.revision, **facts},
            )
        )

    def _entry(self, talk: Conversation, message: Message | None, text: str) -> SearchEntry:
        return SearchEntry(
            office_id=talk.office_id,
            company_id=talk.company_id,
            conversation_id=talk.pk,
            message_id=message.pk if message else None,
            scope=f"o{talk.office_id.hex} c{talk.company_id.hex}",
            folded=_folded(text),
        )


@cache
def _html(body: str) -> str:
    return linkify(body)


@cache
def _line(body: str) -> str:
    return one_line(body)


@cache
def _folded(text: str) -> str:
    return fold(text)
