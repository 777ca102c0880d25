"""Performs scenes: every line becomes the action that a person would have done, at its moment."""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING

from comptoir.conversations.actions.conversation import (
    assign_conversation,
    close_conversation,
    mark_handled,
    reopen_conversation,
    start_conversation,
)
from comptoir.conversations.actions.message import delete_message, edit_message, post_message
from comptoir.conversations.actions.note import write_note
from comptoir.conversations.actions.receipt import mark_delivered, mark_seen
from comptoir.core.ids import new_id
from comptoir.files.actions import store_attachment
from comptoir.ops.demo_papers import paper

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from uuid import UUID

    from comptoir.ops.demo_script import Line, Scene
    from comptoir.people.models import Company, Membership


@dataclass
class Performance:
    """One scene under way."""

    scene: Scene
    company: Company
    people: Mapping[str, Membership]  # by the part that they play in this company
    conversation_id: UUID = field(default_factory=new_id)
    newest: dict[str, UUID] = field(default_factory=dict)  # the last message of each part
    last_spoken: str = ""


def perform(performances: Iterable[Performance]) -> None:
    """All of them together in the order of time, so that histories read as if it had happened."""
    steps = [(line, performance) for performance in performances for line in performance.scene.lines]
    for line, performance in sorted(steps, key=lambda step: step[0].at):
        DO[line.do](line, performance, performance.people[line.who])


def _say(line: Line, now: Performance, by: Membership) -> None:
    key = new_id()
    files = [_attached(name, line, now, by) for name in line.files]
    if not now.newest:
        start_conversation(
            now.company.pk,
            by=by,
            at=line.at,
            key=now.conversation_id,
            message_key=key,
            subject=now.scene.subject,
            body=line.text,
            addressee_id=_addressee(now),
            files=files,
            expects_answer=line.expects_answer,
        )
    else:
        _look(line, now, by)
        post_message(
            now.conversation_id,
            by=by,
            at=line.at,
            key=key,
            body=line.text,
            files=files,
            expects_answer=line.expects_answer,
            reopening=line.reopens,
        )
    now.newest[line.who], now.last_spoken = key, line.who


def _addressee(now: Performance) -> UUID | None:
    return now.people[now.scene.addressee].pk if now.scene.addressee else None


def _attached(name: str, line: Line, now: Performance, by: Membership) -> UUID:
    data = paper(name, company=now.company.name)
    return store_attachment(io.BytesIO(data), name=name, by=by, at=line.at).pk


def _look(line: Line, now: Performance, by: Membership) -> None:
    """Whoever answers has opened the conversation first."""
    if line.who != now.last_spoken:
        mark_seen(now.conversation_id, by=by, at=line.at - timedelta(seconds=20))


def _close(line: Line, now: Performance, by: Membership) -> None:
    _look(line, now, by)
    close_conversation(now.conversation_id, by=by, at=line.at)


def _note(line: Line, now: Performance, by: Membership) -> None:
    _look(line, now, by)
    write_note(now.conversation_id, by=by, at=line.at, key=new_id(), body=line.text)


def _handled(line: Line, now: Performance, by: Membership) -> None:
    _look(line, now, by)
    mark_handled(now.conversation_id, by=by, at=line.at)


DO: dict[str, Callable[[Line, Performance, Membership], object]] = {
    "say": _say,
    "close": _close,
    "note": _note,
    "handled": _handled,
    "reopen": lambda line, now, by: reopen_conversation(now.conversation_id, by=by, at=line.at),
    "seen": lambda line, now, by: mark_seen(now.conversation_id, by=by, at=line.at),
    "delivered": lambda line, now, by: mark_delivered([now.conversation_id], by=by, at=line.at),
    "edit": lambda line, now, by: edit_message(now.newest[line.who], by=by, at=line.at, body=line.text),
    "delete": lambda line, now, by: delete_message(now.newest[line.who], by=by, at=line.at),
    "assign": lambda line, now, by: assign_conversation(
        now.conversation_id, by=by, at=line.at, assignee_id=now.people[line.text].pk
    ),
}
