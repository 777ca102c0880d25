from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from django.db import connection

from comptoir.activity.models import Event, Seal
from comptoir.activity.seal import Verdict, seal_events, verdict_on
from comptoir.people.actions.companies import archive_company, restore_company

if TYPE_CHECKING:
    from datetime import datetime

    from comptoir.people.models import Company, Membership


@pytest.fixture
def sealed(admin: Membership, bakery: Company, now: datetime) -> int:
    archive_company(bakery.pk, by=admin, at=now)
    return seal_events()


def numbers(office_id: object) -> list[int]:
    return list(Seal.objects.filter(office_id=office_id).order_by("number").values_list("number", flat=True))


def test_every_event_is_sealed_once_and_numbered_without_a_gap(
    sealed: int, admin: Membership, outsider: Membership
) -> None:
    assert sealed == Event.objects.count()
    for member in (admin, outsider):
        count = Event.objects.filter(office_id=member.office_id).count()
        assert numbers(member.office_id) == list(range(1, count + 1))
        assert verdict_on(member.office_id).broken_at is None
    assert seal_events() == 0


def test_what_comes_later_hangs_on_what_was_there(
    sealed: int, admin: Membership, bakery: Company, now: datetime
) -> None:
    before = verdict_on(admin.office_id)
    restore_company(bakery.pk, by=admin, at=now)
    assert seal_events() == 1
    after = verdict_on(admin.office_id)
    assert (after.sealed, after.broken_at) == (before.sealed + 1, None)
    assert after.digest != before.digest


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE activity_event SET facts = '{}' WHERE id = %s",
        "UPDATE activity_event SET verb = 'note.written' WHERE id = %s",
        "UPDATE activity_event SET by_id = NULL WHERE id = %s",
        "UPDATE activity_event SET at = '2020-01-01 00:00:00+00' WHERE id = %s",
    ],
)
def test_a_changed_event_shows(statement: str, sealed: int, admin: Membership) -> None:
    third = Seal.objects.get(office_id=admin.office_id, number=3).event_id
    rewrite(statement, third)
    assert verdict_on(admin.office_id).broken_at == 3


def test_a_removed_link_shows(sealed: int, admin: Membership) -> None:
    Seal.objects.filter(office_id=admin.office_id, number=2).delete()
    assert verdict_on(admin.office_id).broken_at == 2


def test_an_office_without_history_is_in_order(db: None) -> None:
    assert verdict_on(uuid4()) == Verdict(sealed=0, digest="")


def rewrite(statement: str, event_id: object) -> None:
    """As somebody with the database's password would: the product itself has no way to."""
    with connection.cursor() as cursor:
        value = event_id.hex if connection.vendor == "sqlite" else event_id
        cursor.execute(statement, [value])
