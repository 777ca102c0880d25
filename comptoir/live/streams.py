"""The open streams of this process, and who they belong to. Touched by the event loop only."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from typing import TYPE_CHECKING, Protocol

from comptoir.live.events import REPLACED

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from uuid import UUID

    from comptoir.live.authenticate import Visitor

STREAMS_A_PERSON = 5
AT_ONE_GO = 500  # streams written to before the event loop may do something else
UNTAKEN = 64 * 1024  # bytes that a reader may be behind
LAST_FRAME = b"0\r\n\r\n"


class Connection(Protocol):
    """As much of asyncio's transport as is used."""

    def write(self, data: bytes) -> None: ...
    def get_write_buffer_size(self) -> int: ...
    def close(self) -> None: ...
    def abort(self) -> None: ...


class Stream:
    """One open answer to GET /live: written to straight, for a task or a call of the server's own `send` for each
    of five thousand takes three times as long.
    """

    __slots__ = ("connection", "is_ended", "visitor")

    def __init__(self, visitor: Visitor, connection: Connection) -> None:
        self.visitor = visitor
        self.connection = connection
        self.is_ended = False

    def end(self, last_words: bytes) -> None:
        self.is_ended = True
        self.connection.write(framed(last_words) + LAST_FRAME)
        self.connection.close()

    def cut(self) -> None:
        self.is_ended = True
        self.connection.abort()


def framed(data: bytes) -> bytes:
    """A chunk of HTTP/1.1; made once for all who receive it."""
    return b"%x\r\n%b\r\n" % (len(data), data)


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
        chunk = framed(data)
        for count, stream in enumerate(streams, start=1):
            if not stream.is_ended:
                stream.connection.write(chunk)
                if (
                    stream.connection.get_write_buffer_size() > UNTAKEN
                ):  # it reconnects and asks what it lacks
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
