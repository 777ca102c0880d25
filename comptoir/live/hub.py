"""From a hint to the streams of those who may see what it is about."""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import Error as DatabaseFailure
from django.db import close_old_connections
from django.utils import timezone

from comptoir.live import events
from comptoir.live.broker import broker
from comptoir.live.gate import departed, readers_now, visitor_now
from comptoir.live.hints import unpacked
from comptoir.live.streams import Streams
from comptoir.serving.one_thread import OneThread

if TYPE_CHECKING:
    from comptoir.live.authenticate import Visitor
    from comptoir.live.hints import Hint

log = logging.getLogger(__name__)

HEARTBEAT_SECONDS = 15
RECHECK_SECONDS = 30
PATIENCE = 1.0  # seconds before a database that is away is asked again


class Hub:
    """One a process. All of it runs in the event loop; questions to the database go to two threads, so that a
    thousand pages that reconnect at once do not stand before a change that is to be told.
    """

    def __init__(self) -> None:
        loop = asyncio.get_running_loop()
        self.streams = Streams()
        self.gate = OneThread("live-gate", before=close_old_connections)
        self.doorkeeper = OneThread("live-door", before=close_old_connections)
        self._revocations = 0
        self._loop = loop
        self._waiting: dict[tuple[str, UUID], Hint] = {}
        self._wake = asyncio.Event()
        lasting = (self._tell(), self._beat(), self._recheck())
        self._tasks: set[asyncio.Task[None]] = {loop.create_task(work) for work in lasting}
        broker().listen(self._from_any_thread, on_line=self._line_changed)

    async def visitor(self, headers: list[tuple[bytes, bytes]]) -> Visitor | None:
        """Asked again when an access ended meanwhile: it may have been this one's."""
        while True:
            before = self._revocations
            found = await self.doorkeeper.call(visitor_now, headers, timezone.now())
            if before == self._revocations:
                return found

    def end_all(self) -> None:
        for stream in self.streams.taken(lambda visitor: True):  # noqa: ARG005
            stream.end(events.goodbye())

    def stop(self) -> None:
        broker().stop()
        for task in self._tasks:
            task.cancel()

    def take(self, data: bytes) -> None:
        hint = unpacked(data)
        if "revoked" in hint:
            self._revoke(hint["revoked"])
        elif "missed" in hint:
            self._spread(events.SYNC)
        else:
            kind = next((kind for kind in ("typing", "desk") if kind in hint), "change")
            # A later hint on the same conversation replaces one that still waits: it says all the first did.
            self._waiting[kind, UUID(hint.get(kind, hint)["conversation"])] = hint
            self._wake.set()

    def _from_any_thread(self, data: bytes) -> None:
        if not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self.take, data)

    def _line_changed(self, heard: bool) -> None:
        if not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._spread, events.SYNC if heard else events.DEGRADED)

    def _spread(self, data: bytes) -> None:
        task = self._loop.create_task(self.streams.write(self.streams, data))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def _revoke(self, whom: dict[str, str]) -> None:
        self._revocations += 1
        person, member, key = whom.get("person"), whom.get("member"), whom.get("session")
        meant = self.streams.taken(
            lambda visitor: (
                str(visitor.person) == person or str(visitor.member) == member or visitor.key == key
            )
        )
        for stream in meant:
            stream.end(events.REVOKED)

    async def _tell(self) -> None:
        while True:
            await self._wake.wait()
            self._wake.clear()
            hints, self._waiting = self._waiting, {}
            try:
                await self._tell_readers(hints)
            except DatabaseFailure as failure:
                log.warning("Live changes wait for the database: %s", failure)
                self._waiting = {**hints, **self._waiting}
                await asyncio.sleep(PATIENCE)
                self._wake.set()
            except Exception:
                # This task lives as long as the process. Pages ask by themselves for what they were not told.
                log.exception("Live changes were not told")
                self._spread(events.SYNC)

    async def _tell_readers(self, hints: dict[tuple[str, UUID], Hint]) -> None:
        """Nobody connected: nothing asked. Otherwise one question for each conversation, for all together."""
        asked = {about: members for about, hint in hints.items() if (members := self._connected(hint))}
        if not asked:
            return
        allowed = await self.gate.call(readers_now, [(about[1], members) for about, members in asked.items()])
        for (kind, conversation), readers in zip(asked, allowed, strict=True):
            hint = hints[kind, conversation]
            if kind == "typing":
                data = events.typing(hint["typing"])
            elif kind == "desk":
                data = events.desk(conversation, hint["desk"]["revision"])
            else:
                data = events.change(conversation, hint["revision"])
            await self.streams.write(self.streams.of_members(hint_office(hint), readers), data)

    def _connected(self, hint: Hint) -> list[UUID]:
        """Members who could be concerned. It only narrows; the gate decides."""
        typist = hint.get("typing", {}).get("by")
        return [
            visitor.member
            for visitor in self.streams.members(hint_office(hint))
            if could_concern(hint, visitor) and str(visitor.member) != typist
        ]

    async def _beat(self) -> None:
        while True:
            await asyncio.sleep(HEARTBEAT_SECONDS)
            await self.streams.write(self.streams, events.HEARTBEAT)

    async def _recheck(self) -> None:
        """Ends what no hint ended: an expired session, an access withdrawn behind the product's back."""
        while True:
            await asyncio.sleep(RECHECK_SECONDS)
            try:
                gone = await self.doorkeeper.call(departed, self.streams.visitors(), timezone.now())
            except DatabaseFailure as failure:
                log.warning("Open streams could not be checked: %s", failure)
                continue
            for stream in self.streams.taken(gone.__contains__):
                stream.end(events.REVOKED)


def hint_office(hint: Hint) -> UUID | None:
    return UUID(hint["office"]) if "office" in hint else None


def could_concern(hint: Hint, visitor: Visitor) -> bool:
    if visitor.company is None:  # of the office
        return True
    return "desk" not in hint and hint.get("company") in (None, str(visitor.company))
