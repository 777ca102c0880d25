"""The registry of open streams, without a server."""

from __future__ import annotations

import asyncio
from uuid import UUID, uuid4

from comptoir.live.authenticate import Visitor
from comptoir.live.events import REPLACED
from comptoir.live.streams import STREAMS_A_PERSON, UNTAKEN, Stream, Streams, framed

OFFICE, ELSEWHERE = uuid4(), uuid4()


class Socket:
    """What asyncio's transport does, as far as it is seen from here."""

    def __init__(self, waiting: int = 0) -> None:
        self.written, self.waiting, self.state = b"", waiting, "open"

    def write(self, data: bytes) -> None:
        assert self.state == "open", "written to after its end"
        self.written += data

    def get_write_buffer_size(self) -> int:
        return self.waiting

    def close(self) -> None:
        self.state = "closed"

    def abort(self) -> None:
        self.state = "aborted"


def visitor(*, person: UUID | None = None, member: UUID | None = None, office: UUID = OFFICE) -> Visitor:
    return Visitor(
        office=office,
        company=None,
        member=member or uuid4(),
        person=person or uuid4(),
        key="key",
        proof="proof",
    )


def opened(streams: Streams, who: Visitor, waiting: int = 0) -> tuple[Stream, Socket]:
    socket = Socket(waiting)
    stream = Stream(who, socket)
    streams.add(stream)
    return stream, socket


def test_what_is_written_reaches_all_as_one_chunk() -> None:
    streams = Streams()
    sockets = [opened(streams, visitor())[1] for _ in range(3)]
    asyncio.run(streams.write(streams, b"data: x\n\n"))
    assert [socket.written for socket in sockets] == [b"9\r\ndata: x\n\n\r\n"] * 3


def test_members_of_an_office_and_of_no_other() -> None:
    streams = Streams()
    mine, theirs = visitor(), visitor(office=ELSEWHERE)
    stream, _ = opened(streams, mine)
    opened(streams, mine)
    opened(streams, theirs)
    assert list(streams.members(OFFICE)) == [mine]  # once, however many streams
    assert set(streams.members(None)) == {mine, theirs}
    assert streams.of_members(OFFICE, {theirs.member}) == []
    assert len(streams.of_members(OFFICE, {mine.member})) == 2
    streams.remove(stream)
    assert len(streams.of_members(OFFICE, {mine.member})) == 1


def test_a_sixth_stream_of_a_person_replaces_the_oldest() -> None:
    streams = Streams()
    person = uuid4()
    sockets = [opened(streams, visitor(person=person))[1] for _ in range(STREAMS_A_PERSON + 1)]
    others = opened(streams, visitor())[1]
    assert [socket.state for socket in sockets] == ["closed"] + ["open"] * STREAMS_A_PERSON
    assert sockets[0].written == framed(REPLACED) + b"0\r\n\r\n"
    assert others.state == "open"
    assert len(streams) == STREAMS_A_PERSON + 1


def test_a_reader_who_is_far_behind_is_cut_off_and_the_others_are_not() -> None:
    streams = Streams()
    slow, quick = opened(streams, visitor(), waiting=UNTAKEN + 1)[1], opened(streams, visitor())[1]
    asyncio.run(streams.write(streams, b"x"))
    assert (slow.state, quick.state) == ("aborted", "open")
    assert len(streams) == 1


def test_nothing_is_written_to_a_stream_that_ended_meanwhile() -> None:
    streams = Streams()
    stream, socket = opened(streams, visitor())
    listed = list(streams)
    stream.end(b"bye")
    asyncio.run(streams.write(listed, b"secret"))
    assert b"secret" not in socket.written


def test_taken_ones_are_gone_and_leaving_twice_is_no_fault() -> None:
    streams = Streams()
    who = visitor()
    stream, _ = opened(streams, who)
    opened(streams, visitor())
    assert streams.taken(lambda found: found == who) == [stream]
    streams.remove(stream)
    assert len(streams) == 1


def test_nothing_is_kept_of_those_who_left() -> None:
    streams = Streams()
    for stream in [opened(streams, visitor())[0] for _ in range(10)]:
        streams.remove(stream)
    assert (len(streams), streams._of_office, streams._of_person) == (0, {}, {})
