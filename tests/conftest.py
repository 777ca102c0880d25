"""Fixtures named after people. The cast is made once a run; each test undoes what it did."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
import time_machine
from django.conf import settings
from django.db import connection

from comptoir.live.broker import broker
from comptoir.people.models import Company, Group, Office
from tests import world

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime

    from django.test import Client
    from pytest_django import DjangoDbBlocker

    from comptoir.people.models import Membership
    from tests.world import Cast


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--database-only",
        action="store_true",
        help="leave out what touches no database: a run on another one has it",
    )


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if config.getoption("--database-only"):
        kept = [item for item in items if _touches_the_database(item)]
        config.hook.pytest_deselected(items=[item for item in items if item not in set(kept)])
        items[:] = kept


def _touches_the_database(item: pytest.Item) -> bool:
    is_marked = any(item.get_closest_marker(name) for name in ("django_db", "servers"))
    return is_marked or bool({"db", "transactional_db"} & set(getattr(item, "fixturenames", ())))


def pytest_configure() -> None:
    # Playwright keeps an event loop in the main thread once a browser is open; Django would then refuse its database
    # to every later test of the same process, though none of them is asynchronous.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    # Slow by intention in the product; here it would be most of the run.
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    # Static files as they lie in the repository: a test collects nothing.
    settings.STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
    settings.WHITENOISE_AUTOREFRESH = settings.WHITENOISE_USE_FINDERS = True


@pytest.fixture(scope="session", autouse=True)
def _hints_stay_here() -> None:
    """The way to other processes would keep a session open, and a database with sessions cannot be dropped."""
    broker().bus = None


@pytest.fixture(scope="session")
def first_cast(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Cast]:
    with django_db_blocker.unblock():
        made = world.build_world()
    yield made
    with django_db_blocker.unblock():
        _end_other_sessions()


def _end_other_sessions() -> None:
    """Those of threads that a server in a test worked with: PostgreSQL drops no database that has one."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )


@pytest.fixture
def cast(db: None, first_cast: Cast) -> Cast:
    """Everybody. A test with real transactions empties the database after itself; then they are made anew."""
    if Office.objects.filter(pk=first_cast.admin.office_id).exists():
        return first_cast
    return world.build_world()


@pytest.fixture
def now() -> datetime:
    return world.NOW


@pytest.fixture
def clock() -> Iterator[time_machine.Coordinates]:
    """For what reads the clock itself, the doors: it stands at `now` until it is moved."""
    with time_machine.travel(world.NOW, tick=False) as moved:
        yield moved


@pytest.fixture
def office(cast: Cast) -> Office:
    return Office.objects.get(pk=cast.admin.office_id)


@pytest.fixture
def bakery(cast: Cast) -> Company:
    return Company.objects.get(pk=cast.bakery.pk)


@pytest.fixture
def garage(cast: Cast) -> Company:
    return Company.objects.get(pk=cast.garage.pk)


@pytest.fixture
def elsewhere(cast: Cast) -> Company:
    return Company.objects.get(pk=cast.elsewhere.pk)


@pytest.fixture
def group(cast: Cast) -> Group:
    return Group.objects.get(pk=cast.group.pk)


def _player(part: str, name: str = "") -> Callable[[Cast], Membership]:
    @pytest.fixture(name=name or part)
    def player(cast: Cast) -> Membership:
        return world.fresh(getattr(cast, part))

    return player


admin = _player("admin")
accountant = _player("accountant")
colleague = _player("colleague")
assistant = _player("assistant")
# `client` is pytest-django's browser, so the client of the office is called by name.
sophie = _player("client", name="sophie")
partner = _player("partner")
documents = _player("documents")
reader = _player("reader")
other = _player("other")
# The strongest of the other office: what its administrator may not do here, nobody of it may.
outsider = _player("director", name="outsider")
stranger = _player("stranger")


@pytest.fixture
def browser_of(cast: Cast) -> Callable[[Membership], Client]:
    """`browser_of(admin).get("/desk/")`: a test client in which that member is signed in."""
    from django.test import Client  # noqa: PLC0415 -- only where pages are tested

    return lambda member: world.signed_in(Client(), member)
