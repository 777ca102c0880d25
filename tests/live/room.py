"""A hub with open streams, the sockets left out: for the tests of who hears what."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from django.db import connections

from comptoir.live import hints
from comptoir.live.authenticate import Visitor
from comptoir.live.hub import Hub
from comptoir.live.streams import Stream
from tests.live.test_streams import Socket

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from django.db.backends.base.base import BaseDatabaseWrapper

    from comptoir.conversations.models import Conversation
    from comptoir.people.models import Membership


class WithThisConnection:
    """A thread that asks inside the transaction of the test. tests/live/test_live_server.py has the real ones."""

    def __init__(self, name: str, before: object) -> None: ...

    async def call(self, function: Callable[..., Any], *arguments: Any) -> Any:
        def shared() -> Any:
            connections["default"] = ours
            return function(*arguments)

        ours = WithThisConnection.connection
        return await asyncio.to_thread(shared)

    connection: BaseDatabaseWrapper


class Room:
    """A hub with open streams of these members."""

    def __init__(self, *members: Membership) -> None:
        self.hub = Hub()
        self.sockets = {member.pk: self.join(member) for member in members}

    def join(self, member: Membership, key: str = "key") -> Socket:
        visitor = Visitor(
            office=member.office_id,
            company=member.company_id,
            member=member.pk,
            person=member.person_id,
            key=key,
            proof=member.person.get_session_auth_hash(),
        )
        socket = Socket()
        self.hub.streams.add(Stream(visitor, socket))
        return socket

    async def told(self, *hinted: hints.Hint) -> None:
        for hint in hinted:
            self.hub.take(hints.packed(hint))
        await asyncio.sleep(0.05)

    def reached(self, kind: str = "change") -> set[object]:
        return {
            member for member, socket in self.sockets.items() if f"event: {kind}\n".encode() in socket.written
        }


def in_room(story: Callable[[Room], Awaitable[None]], *members: Membership) -> Room:
    async def run() -> Room:
        room = Room(*members)
        await story(room)
        room.hub.stop()
        return room

    return asyncio.run(run())


def change_of(conversation: Conversation) -> hints.Hint:
    return hints.changed(
        office=conversation.office_id,
        company=conversation.company_id,
        conversation=conversation.pk,
        revision=conversation.revision,
        by=None,
    )
