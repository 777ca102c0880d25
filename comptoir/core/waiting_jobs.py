"""Jobs that look at everything there is: one that waits already will see what has just been written, too."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

if TYPE_CHECKING:
    from datetime import datetime

    from django.db.models import QuerySet
    from django_tasks.base import Task


def enqueue_once(job: Task[Any, Any], *, not_before: datetime | None = None, **arguments: str) -> bool:
    """False if one with these arguments waits. To be called in the transaction that makes it necessary.

    The one that waits is locked until that transaction ends, so that no worker begins it without seeing our change;
    one that a worker is just taking counts as begun.
    """
    waiting = _same(job, arguments).filter(status=TaskResultStatus.READY)
    if waiting.select_for_update(skip_locked=True).first() is not None:
        return False
    (job.using(run_after=not_before) if not_before else job).enqueue(**arguments)
    return True


def is_under_way(job: Task[Any, Any], **arguments: str) -> bool:
    """Whether one with these arguments waits or runs."""
    return (
        _same(job, arguments).filter(status__in=[TaskResultStatus.READY, TaskResultStatus.RUNNING]).exists()
    )


def _same(job: Task[Any, Any], arguments: dict[str, str]) -> QuerySet[DBTaskResult[Any, Any]]:
    return DBTaskResult.objects.filter(
        task_path=job.module_path, args_kwargs={"args": [], "kwargs": arguments}
    )
