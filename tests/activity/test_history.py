"""The history as an administrator reads it: filtered, and page by page without a gap."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from comptoir.activity.queries import Wanted, history, page_of, place_from
from comptoir.activity.record import record
from comptoir.activity.verbs import Verb
from tests.world import NOW, begin

if TYPE_CHECKING:
    from comptoir.activity.models import Event
    from comptoir.people.models import Company, Membership


@pytest.fixture
def written(admin: Membership, accountant: Membership, bakery: Company) -> list[Event]:
    """Seven in all, three of them at the same moment; the oldest first."""
    moments = [0, 1, 1, 1, 2, 3, 4]
    return [
        record(
            Verb.OFFICE_BRANDED if number % 2 else Verb.TOKEN_MADE,
            admin.pk,
            office_id=admin.office_id,
            company_id=bakery.pk if number > 4 else None,
            by_id=(admin if number < 3 else accountant).pk,
            at=NOW + timedelta(hours=hours),
        )
        for number, hours in enumerate(moments)
    ]


def found(admin: Membership, **wanted: object) -> list[Event]:
    return list(history(admin.office_id, Wanted(since=NOW, **{"until": None, **wanted})))  # type: ignore[arg-type]


def test_newest_first(admin: Membership, written: list[Event]) -> None:
    assert found(admin) == written[::-1]


def test_each_filter_narrows(
    admin: Membership, accountant: Membership, bakery: Company, written: list[Event]
) -> None:
    newest_first = written[::-1]
    assert found(admin, verb="office.branded") == [e for e in newest_first if e.verb == "office.branded"]
    assert found(admin, by_ids=[accountant.pk]) == newest_first[:4]
    assert found(admin, by_ids=[]) == []
    assert found(admin, company_ids=[bakery.pk]) == newest_first[:2]
    assert found(admin, until=NOW + timedelta(hours=2)) == newest_first[3:]


def test_another_office_s_is_another_s(
    admin: Membership, outsider: Membership, bakery: Company, written: list[Event]
) -> None:
    begin(admin, bakery)
    theirs = history(outsider.office_id, Wanted())
    assert theirs.exists()
    assert not [event for event in theirs if event.office_id != outsider.office_id]
    assert not history(outsider.office_id, Wanted(company_ids=[bakery.pk])).exists()


@pytest.mark.parametrize("limit", [1, 2, 3, 7])
def test_page_by_page_nothing_is_missed_though_more_is_written_meanwhile(
    admin: Membership, written: list[Event], limit: int
) -> None:
    read: list[Event] = []
    place = None
    while True:
        events, place = page_of(history(admin.office_id, Wanted(since=NOW)), after=place, limit=limit)
        assert len(events) <= limit
        read += events
        if place is None:
            break
        place = place_from(str(place))  # as it stands in an address
        record(Verb.TOKEN_MADE, admin.pk, office_id=admin.office_id, by_id=None, at=NOW + timedelta(days=1))
    assert read == written[::-1]


@pytest.mark.parametrize(
    "text", ["", "x", "~", "2026-11-12~x", "x~01a20c25-6c61-7074-add9-39e442434b8a", "\0~\0"]
)
def test_an_odd_place_is_the_beginning(text: str) -> None:
    assert place_from(text) is None
