"""The open streams of this process, and who they belong to. Touched by the event loop only."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from typing import TYPE_CHECKING, Any

from comptoir.live.events import REPLACED

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Iterable, Iterator
    from uuid import UUID

    from comptoir.live.authenticate import Visitor

STREAMS_A_PERSON = 5
AT_ONE_GO = 500  # streams written to before the event loop may do something else


class Stream:
    """One open answer to GET /live. It has no task but the one in which the server waits for its end."""

    __slots__ = ("_send", "_task", "is_ended", "visitor")

    def __init__(self, visitor: Visitor, send: Callable[[Any], Coroutine[Any, Any, None]]) -> None:
        self.visitor = visitor
        self.is_ended = False
        self._send = send
        self._task = asyncio.current_task()

    def write(self, message: dict[str, Any]) -> bool:
        """Hand it to the socket's buffer; False if that is full. A reader so slow is better off reconnecting,
        and this is why nothing here ever waits: the call is run by hand to its first halt, which ends it.
        """
        call = self._send(message)
        try:
            call.send(None)
        except StopIteration:
            return True
        call.close()
        return False

    def end(self, last_words: bytes) -> None:
        self.is_ended = True
        taken = self.write({"type": "http.response.body", "body": last_words, "more_body": True})
        if not (taken and self.write({"type": "http.response.body", "body": b"", "more_body": False})):
            self.cut()

    def cut(self) -> None:
        self.is_ended = True
        if self._task is not None:
            self._task.cancel()


class Streams:
    def __init__(self) -> None:
        self._of_office: defaultdict[UUID, dict[UUID, list[Stream]]] = defaultdict(dict)
        self._of_person: dict[UUID, list[Stream]] = {}

    def __iter__(self) -> Iterator[Stream]:
        """A copy: streams come and go while others are written to."""
        return iter([stream for streams in self._of_person.values() for stream in streams])

    def __len__(self) -> int:
        return sum(len(streams) for streams in self._of_person.values())

    def add(self, stream: Stream) -> None:
        visitor = stream.visitor
        mine = self._of_person.setdefault(visitor.person, [])
        mine.append(stream)
        self._of_office[visitor.office].setdefault(visitor.member, []).append(stream)
        if len(mine) > STREAMS_A_PERSON:
            oldest = mine[0]
            self.remove(oldest)
            oldest.end(REPLACED)

    def remove(self, stream: Stream) -> None:
        """Once or more: a stream leaves when it is ended, and again when its connection is gone."""
        visitor = stream.visitor
        _drop(self._of_person, visitor.person, stream)
        members = self._of_office.get(visitor.office, {})
        _drop(members, visitor.member, stream)
        if not members:
            self._of_office.pop(visitor.office, None)

    def taken(self, which: Callable[[Visitor], bool]) -> list[Stream]:
        """Removes and returns those whose visitor is meant; to be ended by the caller, at once."""
        found = [stream for stream in self if which(stream.visitor)]
        for stream in found:
            self.remove(stream)
        return found

    def visitors(self) -> list[Visitor]:
        return list({stream.visitor for stream in self})

    def members(self, office: UUID | None) -> Iterator[Visitor]:
        """One visitor for each connected membership of an office; of all offices for None."""
        offices = self._of_office.values() if office is None else [self._of_office.get(office, {})]
        return (streams[0].visitor for members in offices for streams in members.values())

    def of_members(self, office: UUID | None, readers: set[UUID]) -> list[Stream]:
        offices = list(self._of_office.values()) if office is None else [self._of_office.get(office, {})]
        return [stream for members in offices for reader in readers for stream in members.get(reader, ())]

    async def write(self, streams: Iterable[Stream], data: bytes) -> None:
        message = {"type": "http.response.body", "body": data, "more_body": True}
        for count, stream in enumerate(streams, start=1):
            if not stream.is_ended and not stream.write(message):
                self.remove(stream)
                stream.cut()
            if count % AT_ONE_GO == 0:
                await asyncio.sleep(0)


def _drop(table: dict[UUID, list[Stream]], key: UUID, stream: Stream) -> None:
    streams = table.get(key, [])
    if stream in streams:
        streams.remove(stream)
        if not streams:
            del table[key]
