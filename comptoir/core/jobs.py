"""Work for later: a thin layer over django-tasks (Django 6's Tasks), which knows no retries and no periodic jobs.

A job is a function with plain arguments, enqueued in the transaction that makes it necessary. It may run twice
(a worker can be killed after the work and before the note that it is done), so it must be idempotent.

    @retrying()
    def send_digest(person: str) -> None: ...

    send_digest.enqueue(person=str(person.pk))

A package declares its jobs in its module `jobs`; workers import those.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from django_tasks import task

if TYPE_CHECKING:
    from collections.abc import Callable

    from django_tasks.base import Task

EPOCH = datetime(2000, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Retry:
    """How often a job is tried in all, and how long after each failure: doubled each time, up to `longest`."""

    attempts: int
    first: timedelta = timedelta(seconds=30)
    longest: timedelta = timedelta(hours=6)

    def wait(self, failures: int) -> timedelta:
        # 2**40 * 30 s would be beyond what a timedelta holds; `longest` is reached long before.
        doubled: timedelta = self.first * 2 ** min(failures - 1, 30)
        return min(self.longest, doubled)


@dataclass(frozen=True)
class Periodic:
    """A job of its own every `every`, counted from midnight UTC plus `offset`."""

    job: Task[Any, Any]
    every: timedelta
    offset: timedelta

    def slot(self, at: datetime) -> datetime:
        """The beginning of the slot that `at` lies in."""
        return EPOCH + self.offset + (at - EPOCH - self.offset) // self.every * self.every


ONCE = Retry(attempts=1)
# By the path under which a job is stored: what a worker finds in the table.
RETRIES: dict[str, Retry] = {}
PERIODIC: dict[str, Periodic] = {}


def retrying(
    *, attempts: int = 10, first: timedelta = Retry.first, longest: timedelta = Retry.longest
) -> Callable[[Callable[..., Any]], Task[Any, Any]]:
    """Declares a job that is tried again after a failure. After the last attempt its row stays, failed, with why.

    The default tries for about a day and a half.
    """

    def declare(function: Callable[..., Any]) -> Task[Any, Any]:
        job: Task[Any, Any] = task(function)
        RETRIES[job.module_path] = Retry(attempts=attempts, first=first, longest=longest)
        return job

    return declare


def periodic(
    *, every: timedelta, offset: timedelta = timedelta()
) -> Callable[[Task[Any, Any]], Task[Any, Any]]:
    """Declares that a job without arguments is enqueued once in each slot, by any number of workers together.

    Slots that passed while nobody worked are not made up for.
    """

    def declare(job: Task[Any, Any]) -> Task[Any, Any]:
        PERIODIC[job.module_path] = Periodic(job=job, every=every, offset=offset)
        return job

    return declare
