"""What `bin/comptoir check` looks at. Each part says in one line what it found; nothing here changes anything."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from itertools import chain
from typing import TYPE_CHECKING

from django.db import DatabaseError, connection
from django_tasks_db.models import DBTaskResult

from comptoir.activity.models import Event, Seal
from comptoir.activity.seal import first_id_at, verdict_on
from comptoir.core.checks import start_up_problems
from comptoir.core.models import WorkerBeat
from comptoir.files.disk import path_of
from comptoir.files.models import Attachment, KeptFile
from comptoir.notifications.models import Delivery, State
from comptoir.notifications.server import has_mail_server, server_state
from comptoir.ops.preparation import is_behind
from comptoir.people.models import Office

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from django.db.models import QuerySet

NAMED_AT_MOST = 5
SILENT = timedelta(minutes=1)
UNSEALED_AT_MOST = timedelta(hours=1)


@dataclass(frozen=True)
class Finding:
    about: str
    text: str
    is_problem: bool = False


def findings(*, at: datetime) -> Iterator[Finding]:
    try:
        problems = start_up_problems()
    except DatabaseError as failure:
        yield Finding("database", f"cannot be reached: {failure}", is_problem=True)
        return
    yield from (Finding("database", problem, is_problem=True) for problem in problems)
    if is_behind():
        yield Finding("database", "is older than this program: run `bin/comptoir migrate`", is_problem=True)
        return
    if not problems:
        yield Finding("database", f"{connection.vendor}, up to date, and it keeps what it acknowledged")
    for office in Office.objects.defer("logo"):
        yield _history_of(office, at=at)
    yield _files()
    yield _worker(at=at)
    yield _mail_server()
    yield _jobs()


def _history_of(office: Office, *, at: datetime) -> Finding:
    about = f"history of {office.name}"
    verdict = verdict_on(office.pk)
    if verdict.broken_at is not None:
        return Finding(about, f"does not hold from entry {verdict.broken_at} on", is_problem=True)
    oldest = _unsealed(office, before=at - UNSEALED_AT_MOST).first()
    if oldest is not None:
        return Finding(about, "is not sealed any more: are the jobs running?", is_problem=True)
    return Finding(about, f"{verdict.sealed} entries sealed, {verdict.digest[:16] or 'none yet'}")


def _unsealed(office: Office, *, before: datetime) -> QuerySet[Event]:
    """By their ids, which tell when they were written; `at` may be what somebody says of the past."""
    newest = Seal.objects.filter(office_id=office.pk).order_by("-number").first()
    events = Event.objects.of_office(office.pk).order_by("pk")
    if newest is not None:
        events = events.filter(pk__gt=newest.event_id)
    return events.filter(pk__lt=first_id_at(before))


def _files() -> Finding:
    """Those that a message took or a package keeps: each must lie where the database says, with that size."""
    missing, count = [], 0
    taken = Attachment.objects.filter(claimed_at__isnull=False).values_list("key", "size")
    kept = KeptFile.objects.values_list("key", "size")
    for key, size in chain(taken.iterator(), kept.iterator()):
        count += 1
        place = path_of(key)
        if not place.is_file() or place.stat().st_size != size:
            missing.append(str(place))
    if missing:
        named = ", ".join(missing[:NAMED_AT_MOST])
        return Finding("files", f"{len(missing)} of {count} are gone or damaged: {named}", is_problem=True)
    return Finding("files", f"{count} are all there")


def _worker(*, at: datetime) -> Finding:
    newest = WorkerBeat.objects.order_by("-seen_at").first()
    if newest is None or at - newest.seen_at > SILENT:
        since = f"since {newest.seen_at:%Y-%m-%d %H:%M} UTC" if newest else "and never did"
        return Finding("jobs", f"nobody runs them {since}: start `bin/run` or a worker", is_problem=True)
    return Finding("jobs", "a worker is alive")


def _mail_server() -> Finding:
    if not has_mail_server():
        return Finding(
            "mail",
            "no server is set: mails, and with them codes to sign in, stand in the log and reach nobody",
        )
    state = server_state()
    if state.failing_since is not None:
        since = f"{state.failing_since:%Y-%m-%d %H:%M} UTC"
        return Finding(
            "mail", f"the server does not answer since {since}: {state.last_error}", is_problem=True
        )
    dead = Delivery.objects.filter(state=State.DEAD).count()
    return Finding("mail", f"the server is set, {dead} not delivered: see Settings, E-mails, of each office")


def _jobs() -> Finding:
    failed, waiting = DBTaskResult.objects.failed().count(), DBTaskResult.objects.ready().count()
    return Finding("jobs", f"{waiting} waiting, {failed} failed", is_problem=failed > 0)
