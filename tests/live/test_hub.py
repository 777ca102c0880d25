"""From a change to the pages that may know of it: with the real gate and a real event loop."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from comptoir.live import hints
from comptoir.live import hub as module
from tests.live.room import Room, change_of, in_room
from tests.world import begin

if TYPE_CHECKING:
    from comptoir.people.models import Company
    from tests.live.test_streams import Socket

pytestmark = pytest.mark.usefixtures("in_place")


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
