"""A statement that is compiled once answers as the query set would that it was made from, for whoever asks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.functional import SimpleLazyObject

from comptoir.conversations.models import Conversation
from comptoir.core.prepared import Limit, prepared
from comptoir.people.models import Company, Membership
from tests.world import begin

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from django.db.models import QuerySet

    from comptoir.ops.cast import Cast


@prepared
def seen(*, member: Membership) -> QuerySet[Conversation]:
    return Conversation.objects.visible_to(member).order_by("pk")


@prepared
def named(*, name: str, after: datetime | None = None) -> QuerySet[Any, str]:
    found = Company.objects.filter(name=name)
    if after is not None:
        found = found.filter(created_at__gt=after)
    return found.values_list("name", flat=True)


@prepared
def first_ones(*, office_id: UUID, limit: Limit) -> QuerySet[Company]:
    return Company.objects.filter(office=office_id).order_by("name")[:limit]


def test_everybody_sees_what_the_query_set_shows_them(cast: Cast) -> None:
    """One after the other by the same statement, and once more: none sees what the one before asked for."""
    begin(cast.accountant, cast.bakery)
    begin(cast.client, cast.bakery, to=cast.accountant)
    begin(cast.other, cast.garage)
    begin(cast.stranger, cast.elsewhere)
    everybody = [one for one in vars(cast).values() if isinstance(one, Membership)]
    expected = {one.pk: list(Conversation.objects.visible_to(one).order_by("pk")) for one in everybody}
    assert len({tuple(rows) for rows in map(tuple, expected.values())}) > 4

    for _ in range(2):
        for one in everybody:
            assert seen(member=one) == expected[one.pk]


def test_a_lazy_member_is_the_member_behind(cast: Cast) -> None:
    mine = begin(cast.client, cast.bakery).conversation
    begin(cast.other, cast.garage)

    for one, rows in ((cast.client, [mine]), (cast.stranger, []), (cast.client, [mine])):
        assert seen(member=SimpleLazyObject(lambda one=one: one)) == rows  # type: ignore[misc]


def test_compiled_once_and_asked_each_time(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    seen(member=cast.client)
    monkeypatch.setattr(seen, "build", None)
    with CaptureQueriesContext(connection) as captured:
        seen(member=cast.client)
        seen(member=cast.partner)

    assert len(captured) == 2
    assert str(cast.partner.company_id).replace("-", "") in captured[1]["sql"].replace("-", "")


def test_nothing_and_something_are_two_statements(cast: Cast) -> None:
    name, made_at = cast.bakery.name, cast.bakery.created_at

    assert named(name=name) == [name]
    assert named(name=name, after=made_at) == []
    assert named(name=name, after=None) == [name]
    assert named.first(name="Nobody's") is None


def test_a_limit_is_a_statement_of_its_own(cast: Cast) -> None:
    office = cast.bakery.office_id

    assert [len(first_ones(office_id=office, limit=Limit(size))) for size in (1, 2, 1)] == [1, 2, 1]


def test_a_query_without_rows_is_not_asked(cast: Cast) -> None:
    with CaptureQueriesContext(connection) as captured:
        assert seen(member=cast.documents) == []

    assert len(captured) == 0


def test_a_value_that_becomes_part_of_the_statement_is_refused(cast: Cast) -> None:
    @prepared
    def wrong(*, office_id: UUID, size: int) -> QuerySet[Company]:
        return Company.objects.filter(office=office_id)[:size]

    @prepared
    def changed(*, part: str) -> QuerySet[Company]:
        return Company.objects.filter(name__startswith=part)

    with pytest.raises(TypeError, match="size"):
        wrong(office_id=cast.bakery.office_id, size=2)
    with pytest.raises(TypeError, match="part"):
        changed(part="Boul")
