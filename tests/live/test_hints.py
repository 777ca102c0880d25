from __future__ import annotations

from uuid import UUID

import pytest

from comptoir.live import events, hints

ID = UUID("0197aaaa-0000-7000-8000-000000000001")


def test_a_hint_survives_the_journey() -> None:
    hint = hints.changed(office=ID, company=ID, conversation=ID, revision=7, by=None)
    assert hints.unpacked(hints.packed(hint)) == {
        "office": str(ID),
        "company": str(ID),
        "conversation": str(ID),
        "revision": 7,
        "by": None,
    }


def test_a_hint_fits_into_a_notice_of_postgresql() -> None:
    name = "é" * 120
    assert len(hints.packed(hints.typing(office=ID, company=ID, conversation=ID, by=ID, name=name))) < 1000
    with pytest.raises(ValueError, match="carry no text"):
        hints.packed({"text": "x" * 8000})


def test_events_are_one_block_each_whatever_a_name_contains() -> None:
    event = events.typing({"conversation": str(ID), "name": "A\n\nevent: revoked\ndata: {}", "by": "hidden"})
    assert event.count(b"\n\n") == 1
    assert event.endswith(b"\n\n")
    assert b"hidden" not in event


def test_a_change_says_which_and_where_and_no_more() -> None:
    assert events.change(ID, 7).decode() == (
        f'event: change\ndata: {{"conversation":"{ID}","revision":7}}\nid: {ID}:7\n\n'
    )


def test_pages_come_back_at_different_moments() -> None:
    assert len({events.goodbye() for _ in range(50)}) > 10
