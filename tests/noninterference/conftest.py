"""The scene, built once, with the clock standing still: two looks at it are the same to the byte."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import time_machine
from django.db import transaction

from comptoir.api.limits import REQUESTS
from comptoir.people.models import Office
from tests import world
from tests.doors.people import principals
from tests.noninterference.scene import EVERYBODY, Scene, read_everything, set_the_scene

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pytest_django import DjangoDbBlocker

    from tests.noninterference.scene import Seen
    from tests.world import Cast


@pytest.fixture(scope="module")
def scene(first_cast: Cast, django_db_blocker: DjangoDbBlocker) -> Iterator[Scene]:
    rate, REQUESTS.rate = REQUESTS.rate, 0
    with (
        django_db_blocker.unblock(),
        transaction.atomic(),
        time_machine.travel(world.NOW, tick=False),
    ):
        there = Office.objects.filter(pk=first_cast.admin.office_id).exists()
        made = Scene(first_cast if there else world.build_world(), None)  # type: ignore[arg-type]
        made.people = principals(made.cast)
        set_the_scene(made)
        made.people.sign_in()
        yield made
        transaction.set_rollback(True)
    REQUESTS.rate = rate


@pytest.fixture(scope="module")
def before(scene: Scene) -> Callable[[str], Seen]:
    """What somebody saw before anything hidden was done; read once."""
    known: dict[str, Seen] = {}

    def look(who: str) -> Seen:
        if who not in known:
            known[who] = read_everything(scene, who)
        return known[who]

    assert set(scene.people.browsers) >= set(EVERYBODY)
    return look
