"""What is done before the product serves, or a command works on its database.

Each step looks first whether there is anything to do: a second start is quick.
"""

from __future__ import annotations

import fcntl
import hashlib
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from comptoir.core.checks import start_up_problems

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

# Any number of ours, the same in every process: PostgreSQL's locks of this kind are numbered.
PREPARATION_LOCK = 6_713_001


def check_start() -> None:
    """Raises CommandError, so the process ends with 1 and says why."""
    try:
        problems = start_up_problems()
    except DatabaseError as failure:
        raise CommandError(f"The database cannot be reached: {failure}") from failure
    if problems:
        raise CommandError("Comptoir does not start:\n" + "\n".join(f"- {problem}" for problem in problems))


def prepare(tell: Callable[[str], object]) -> None:
    with alone():
        _bring_up_to_date(tell)
        if not settings.DEBUG and (now := static_sources()) != (known := noted_sources()):
            tell("Collecting scripts and styles" + (" again" if known else ""))
            call_command("collectstatic", interactive=False, verbosity=0)
            note_sources(now)
        if settings.DEMO:
            open_demo_office(tell)


def prepare_database(tell: Callable[[str], object]) -> None:
    """For commands that may be the first thing an operator types."""
    check_start()
    with alone():
        _bring_up_to_date(tell)


def _bring_up_to_date(tell: Callable[[str], object]) -> None:
    if is_behind():
        tell("Bringing the database up to date")
        call_command("migrate", interactive=False, verbosity=0)
    call_command("createcachetable", verbosity=0)


@contextmanager
def alone() -> Iterator[None]:
    """Of several processes that start at once, here or on other machines, one prepares and the others wait."""
    with (Path(settings.DATA) / "preparation.lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        if connection.vendor != "postgresql":
            yield
            return
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", [PREPARATION_LOCK])
        try:
            yield
        finally:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [PREPARATION_LOCK])


def is_behind() -> bool:
    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def static_sources() -> str:
    """Changes when any static file does: by names, sizes and times, for reading them all would take as long."""
    digest = hashlib.sha256()
    for finder in get_finders():
        for path, storage in sorted(finder.list([]), key=lambda found: found[0]):
            facts = Path(storage.path(path)).stat()
            digest.update(f"{path} {facts.st_size} {facts.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def noted_sources() -> str:
    note = sources_note()
    return note.read_text() if note.exists() else ""


def note_sources(sources: str) -> None:
    sources_note().write_text(sources)


def sources_note() -> Path:
    return Path(settings.DATA) / "static-sources"


def open_demo_office(tell: Callable[[str], object]) -> None:
    from comptoir.ops.demo import create_demo_office  # noqa: PLC0415 -- a whole cast, needed once
    from comptoir.people.models import Office  # noqa: PLC0415 -- as above

    if not Office.objects.exists():
        tell("Opening the demo office")
        create_demo_office()
