"""From a change to the pages that may know of it: with the real gate and a real event loop, sockets left out."""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING, Any

import pytest
from django.db import OperationalError, connections

from comptoir.live import hints
from comptoir.live import hub as module
from comptoir.live.authenticate import Visitor
from comptoir.live.broker import broker
from comptoir.live.events import HEARTBEAT
from comptoir.live.hub import Hub
from comptoir.live.streams import Stream, framed
from tests.live.test_streams import Socket
from tests.world import begin

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterator

    from django.db.backends.base.base import BaseDatabaseWrapper

    from comptoir.conversations.models import Conversation
    from comptoir.people.models import Company, Membership


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


@pytest.fixture(autouse=True)
def _in_place(db: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(module, "OneThread", WithThisConnection)
    WithThisConnection.connection = connections["default"]
    connections["default"].inc_thread_sharing()
    broker.cache_clear()
    yield
    broker.cache_clear()
    connections["default"].dec_thread_sharing()


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


def test_a_change_reaches_those_who_may_see_it_and_nobody_else(cast: Any, bakery: Company) -> None:
    everybody = [
        cast.admin, cast.accountant, cast.colleague, cast.assistant, cast.client, cast.partner,
        cast.documents, cast.reader, cast.other, cast.outsider, cast.stranger,
    ]  # fmt: skip
    shared = begin(cast.accountant, bakery).conversation
    room = in_room(lambda room: room.told(change_of(shared)), *everybody)
    expected = [cast.admin, cast.accountant, cast.assistant, cast.client, cast.partner]
    assert room.reached() == {member.pk for member in expected}
    line = room.sockets[cast.client.pk].written.split(b"data: ")[1].split(b"\n")[0]
    assert json.loads(line) == {"conversation": str(shared.pk), "revision": shared.revision}


def test_a_private_one_reaches_the_two_and_the_staff(cast: Any, bakery: Company) -> None:
    private = begin(cast.accountant, bakery, to=cast.client).conversation
    room = in_room(
        lambda room: room.told(change_of(private)),
        cast.accountant,
        cast.client,
        cast.partner,
        cast.reader,
        cast.other,
    )
    assert room.reached() == {cast.accountant.pk, cast.client.pk}


def test_what_only_the_desk_may_know(cast: Any, bakery: Company) -> None:
    shared = begin(cast.accountant, bakery).conversation
    hint = hints.desk_changed(office=shared.office_id, conversation=shared.pk, revision=1, by=None)
    room = in_room(lambda room: room.told(hint), cast.accountant, cast.colleague, cast.client)
    assert room.reached("desk") == {cast.accountant.pk}
    assert room.sockets[cast.client.pk].written == b""


def test_typing_is_shown_to_the_others(cast: Any, bakery: Company) -> None:
    shared = begin(cast.accountant, bakery).conversation
    hint = hints.typing(
        office=shared.office_id, company=bakery.pk, conversation=shared.pk, by=cast.client.pk, name="Sophie"
    )
    room = in_room(lambda room: room.told(hint), cast.accountant, cast.client, cast.partner, cast.other)
    assert room.reached("typing") == {cast.accountant.pk, cast.partner.pk}


def test_access_that_ended_a_moment_ago_counts(cast: Any, bakery: Company) -> None:
    shared = begin(cast.accountant, bakery).conversation
    type(cast.client).objects.filter(pk=cast.client.pk).update(ended_at=shared.created_at)
    room = in_room(lambda room: room.told(change_of(shared)), cast.client, cast.partner)
    assert room.reached() == {cast.partner.pk}


def test_nobody_connected_means_nothing_asked(
    cast: Any, bakery: Company, monkeypatch: pytest.MonkeyPatch
) -> None:
    shared = begin(cast.accountant, bakery).conversation
    monkeypatch.setattr(module, "readers_now", None)  # calling it would be a fault
    in_room(lambda room: room.told(change_of(shared)))
    in_room(lambda room: room.told(change_of(shared)), cast.other, cast.outsider)


def test_one_question_for_many_members_and_for_many_changes(
    cast: Any, bakery: Company, monkeypatch: pytest.MonkeyPatch
) -> None:
    shared = begin(cast.accountant, bakery).conversation
    asked: list[int] = []
    real = module.readers_now

    def counted(questions: Any) -> Any:
        questions = list(questions)
        asked.append(len(questions))
        return real(questions)

    monkeypatch.setattr(module, "readers_now", counted)
    hinted = [{**change_of(shared), "revision": n} for n in range(1, 51)]
    room = in_room(lambda room: room.told(*hinted), cast.accountant, cast.client, cast.partner)
    assert asked == [1]
    assert room.sockets[cast.client.pk].written.count(b"event: change") == 1
    assert b'"revision":50' in room.sockets[cast.client.pk].written


@pytest.mark.parametrize("whom", ["person", "member", "session"])
def test_a_withdrawn_access_ends_its_streams_at_once(cast: Any, whom: str) -> None:
    hint = {
        "person": hints.person_revoked(cast.client.person_id),
        "member": hints.member_revoked(cast.client.pk),
        "session": hints.session_revoked("hers"),
    }[whom]
    found: dict[str, Socket] = {}

    async def story(room: Room) -> None:
        found["hers"] = room.join(cast.client, key="hers")
        room.hub.take(hints.packed(hint))

    room = in_room(story, cast.partner)
    assert found["hers"].state == "closed"
    assert b"event: revoked" in found["hers"].written
    assert room.sockets[cast.partner.pk].state == "open"


def test_a_database_that_is_away_delays_and_loses_nothing(
    cast: Any, bakery: Company, monkeypatch: pytest.MonkeyPatch
) -> None:
    shared = begin(cast.accountant, bakery).conversation
    monkeypatch.setattr(module, "PATIENCE", 0.01)
    real, away = module.readers_now, [True, True]

    def sometimes(questions: Any) -> Any:
        if away:
            away.pop()
            raise OperationalError("away")
        return real(questions)

    monkeypatch.setattr(module, "readers_now", sometimes)

    async def story(room: Room) -> None:
        await room.told(change_of(shared))
        await asyncio.sleep(0.2)

    assert in_room(story, cast.client).reached() == {cast.client.pk}


def test_a_fault_in_the_gate_ends_nothing_and_makes_pages_ask(
    cast: Any, bakery: Company, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    shared = begin(cast.accountant, bakery).conversation
    real, faults = module.readers_now, [True]

    def once(questions: Any) -> Any:
        if faults:
            faults.pop()
            raise KeyError("fault")
        return real(questions)

    monkeypatch.setattr(module, "readers_now", once)

    async def story(room: Room) -> None:
        await room.told(change_of(shared))
        await room.told(change_of(shared))

    room = in_room(story, cast.client)
    assert room.reached("sync") == room.reached() == {cast.client.pk}
    assert "not told" in caplog.text


def test_what_was_missed_makes_all_pages_ask(cast: Any) -> None:
    room = in_room(lambda room: room.told(hints.missed()), cast.client, cast.outsider)
    assert room.reached("sync") == {cast.client.pk, cast.outsider.pk}


def test_heartbeats_and_the_recheck(cast: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "HEARTBEAT_SECONDS", 0.05)
    monkeypatch.setattr(module, "RECHECK_SECONDS", 0.12)

    async def story(room: Room) -> None:
        await asyncio.sleep(0.3)

    room = in_room(story, cast.client)
    # The session "key" does not exist, so the first recheck ended it.
    assert room.sockets[cast.client.pk].state == "closed"
    assert room.sockets[cast.client.pk].written.startswith(framed(HEARTBEAT))
    assert b"event: revoked" in room.sockets[cast.client.pk].written


def test_an_access_withdrawn_while_its_stream_is_opened(cast: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    answers: list[Visitor | None] = [
        Visitor(cast.client.office_id, None, cast.client.pk, cast.client.person_id, "k", "p")
    ]

    async def run() -> Visitor | None:
        hub = Hub()

        def asked(headers: object, at: object) -> Visitor | None:
            if answers:
                hub._revocations += 1  # as if it happened just now
                return answers.pop()
            return None

        monkeypatch.setattr(module, "visitor_now", asked)
        found = await hub.visitor([])
        hub.stop()
        return found

    assert asyncio.run(run()) is None
