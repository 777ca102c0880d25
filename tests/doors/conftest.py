"""The house with all its doors, built once for a file of tests; every request is undone."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import pytest
from django.db import transaction

from comptoir.api.limits import REQUESTS, UPLOADS
from comptoir.people.models import Office
from tests import world
from tests.doors.office import office_things
from tests.doors.people import Principals, principals
from tests.doors.things import Things, things

if TYPE_CHECKING:
    from collections.abc import Iterator
    from uuid import UUID

    from pytest_django import DjangoDbBlocker

    from tests.world import Cast


class House(NamedTuple):
    cast: Cast
    people: Principals
    things: Things
    office: dict[str, dict[str, UUID]]


@pytest.fixture(scope="module")
def house(first_cast: Cast, django_db_blocker: DjangoDbBlocker) -> Iterator[House]:
    rates = REQUESTS.rate, UPLOADS.rate
    REQUESTS.rate = UPLOADS.rate = 0  # no limit
    with django_db_blocker.unblock(), transaction.atomic():
        there = Office.objects.filter(pk=first_cast.admin.office_id).exists()
        cast = first_cast if there else world.build_world()
        people = principals(cast)
        made = things(cast, people.members)
        office = office_things(cast, people)
        people.sign_in()
        people.end(cast)
        yield House(cast, people, made, office)
        transaction.set_rollback(True)
    REQUESTS.rate, UPLOADS.rate = rates
