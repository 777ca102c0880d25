"""What the stream does when something is away, ends or goes wrong."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import pytest
from django.db import OperationalError

from comptoir.live import hints
from comptoir.live import hub as module
from comptoir.live.authenticate import Visitor
from comptoir.live.events import HEARTBEAT
from comptoir.live.hub import Hub
from comptoir.live.streams import framed
from tests.live.room import Room, change_of, in_room
from tests.world import begin

if TYPE_CHECKING:
    from comptoir.people.models import Company

pytestmark = pytest.mark.usefixtures("in_place")


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
