"""Jobs: declared, tried again, given up, put back, and enqueued by the clock."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.db import transaction
from django.utils import timezone
from django_tasks import task
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from comptoir.core import jobs, worker
from comptoir.core.jobs import EPOCH, Periodic, Retry, periodic, retrying
from comptoir.core.models import PeriodicRun, WorkerBeat
from comptoir.core.worker import WorkerLost, enqueue_due, owned, put_back_abandoned, run_one

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.django_db

SAID: list[str] = []
FAILING = {"yes": True}


@pytest.fixture(autouse=True)
def _quiet(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    SAID.clear()
    FAILING["yes"] = True
    monkeypatch.setattr(jobs, "PERIODIC", {})
    monkeypatch.setattr(worker, "PERIODIC", jobs.PERIODIC)
    yield
    for name in [name for name in jobs.RETRIES if name.startswith(__name__)]:
        if name not in DECLARED:
            del jobs.RETRIES[name]


@task
def say(word: str) -> str:
    SAID.append(word)
    return word.upper()


@task
def fail_once_and_for_all() -> None:
    raise ZeroDivisionError("as asked")


@retrying(attempts=3, first=timedelta(minutes=1), longest=timedelta(hours=1))
def stumble() -> None:
    if FAILING["yes"]:
        raise ConnectionError("the other side is away")
    SAID.append("done")


@retrying()
def nightly() -> None:
    SAID.append("night")


DECLARED = set(jobs.RETRIES)


def only() -> DBTaskResult[Any, Any]:
    return DBTaskResult.objects.get()


def make_due() -> None:
    DBTaskResult.objects.update(run_after=timezone.now() - timedelta(seconds=1))


def test_a_job_runs_once_and_keeps_what_it_gave() -> None:
    say.enqueue("hello")
    assert run_one("w")
    assert not run_one("w")
    assert SAID == ["hello"]
    assert (only().status, only().return_value, only().worker_ids) == (
        TaskResultStatus.SUCCESSFUL,
        "HELLO",
        ["w"],
    )
    assert only().finished_at is not None


def test_a_job_is_part_of_the_transaction_that_asks_for_it() -> None:
    with transaction.atomic():
        say.enqueue("never")
        transaction.set_rollback(True)
    assert not run_one("w")


def test_a_failure_is_kept_with_its_reason() -> None:
    fail_once_and_for_all.enqueue()
    assert run_one("w")
    failed = only()
    assert failed.status == TaskResultStatus.FAILED
    assert failed.exception_class_path == "builtins.ZeroDivisionError"
    assert "as asked" in failed.traceback
    make_due()
    assert not run_one("w")


def test_a_job_that_stumbles_is_tried_again_later() -> None:
    stumble.enqueue()
    before = timezone.now()
    assert run_one("w")
    assert not run_one("w")  # not at once
    waiting = only()
    assert waiting.status == TaskResultStatus.READY
    assert timedelta(seconds=55) < waiting.run_after - before < timedelta(seconds=70)
    assert "the other side is away" in waiting.traceback
    FAILING["yes"] = False
    make_due()
    assert run_one("v")
    assert (SAID, only().status, only().traceback) == (["done"], TaskResultStatus.SUCCESSFUL, "")
    assert only().worker_ids == ["w", "v"]


def test_it_is_given_up_after_its_last_attempt() -> None:
    stumble.enqueue()
    for _ in range(3):
        make_due()
        assert run_one("w")
    assert only().status == TaskResultStatus.FAILED
    assert len(only().worker_ids) == 3
    make_due()
    assert not run_one("w")


def test_the_waits_double_up_to_the_longest() -> None:
    retry = Retry(attempts=9, first=timedelta(seconds=30), longest=timedelta(hours=6))
    assert [retry.wait(n).total_seconds() for n in (1, 2, 3)] == [30, 60, 120]
    assert retry.wait(20) == retry.wait(10_000) == timedelta(hours=6)


def test_a_job_whose_function_is_gone_is_given_up() -> None:
    say.enqueue("x")
    DBTaskResult.objects.update(task_path="comptoir.nowhere.gone")
    assert run_one("w")
    assert only().status == TaskResultStatus.FAILED
    assert "comptoir.nowhere" in only().traceback


def test_the_job_of_a_lost_worker_is_put_back() -> None:
    say.enqueue("x")
    worker.beat("alive")
    assert worker.claimed("lost")
    assert worker.claimed("lost") is None
    put_back_abandoned()
    assert only().status == TaskResultStatus.READY
    assert only().exception_class_path.endswith(WorkerLost.__name__)
    make_due()
    assert run_one("alive")
    assert only().status == TaskResultStatus.SUCCESSFUL


def test_the_job_of_a_worker_that_gives_signs_of_life_is_left_alone() -> None:
    say.enqueue("x")
    worker.beat("busy")
    assert worker.claimed("busy")
    put_back_abandoned()
    assert only().status == TaskResultStatus.RUNNING
    WorkerBeat.objects.update(seen_at=timezone.now() - timedelta(minutes=1))
    put_back_abandoned()
    assert only().status == TaskResultStatus.READY


def test_a_job_that_takes_its_workers_with_it_is_given_up() -> None:
    say.enqueue("deadly")
    for number in range(worker.DEATHS):
        make_due()
        assert worker.claimed(f"victim {number}")
        put_back_abandoned()
    assert only().status == TaskResultStatus.FAILED


def test_a_worker_that_was_thought_dead_does_not_overwrite_the_other_ones_result() -> None:
    say.enqueue("x")
    zombie = worker.claimed("zombie")
    assert zombie is not None
    put_back_abandoned()
    make_due()
    assert run_one("other")
    assert owned(zombie).update(status=TaskResultStatus.FAILED) == 0
    assert only().status == TaskResultStatus.SUCCESSFUL


def test_a_slot_is_taken_once_by_all_workers_together() -> None:
    periodic(every=timedelta(hours=1))(nightly)
    at = datetime(2026, 11, 12, 9, 30, tzinfo=UTC)
    done = enqueue_due(at, done={})
    enqueue_due(at, done={})  # another worker
    enqueue_due(at + timedelta(minutes=20), done=done)
    assert DBTaskResult.objects.count() == 1
    enqueue_due(at + timedelta(minutes=31), done=done)
    assert DBTaskResult.objects.count() == 2
    assert [run.slot.hour for run in PeriodicRun.objects.order_by("slot")] == [9, 10]


def test_a_slot_known_as_taken_costs_no_question(django_assert_num_queries: Any) -> None:
    periodic(every=timedelta(hours=1))(nightly)
    at = datetime(2026, 11, 12, 9, 30, tzinfo=UTC)
    done = enqueue_due(at, done={})
    with django_assert_num_queries(0):
        enqueue_due(at, done=done)


def test_slots_lie_on_the_clock_wherever_the_counting_began() -> None:
    daily = Periodic(job=nightly, every=timedelta(days=1), offset=timedelta(hours=2))
    assert daily.slot(datetime(2026, 11, 12, 1, 59, tzinfo=UTC)) == datetime(2026, 11, 11, 2, tzinfo=UTC)
    assert daily.slot(datetime(2026, 11, 12, 2, 0, tzinfo=UTC)) == datetime(2026, 11, 12, 2, tzinfo=UTC)
    assert Periodic(nightly, timedelta(minutes=5), timedelta()).slot(EPOCH - timedelta(seconds=1)) < EPOCH


def test_higher_priority_first_then_older() -> None:
    say.enqueue("first")
    say.using(priority=10).enqueue("urgent")
    say.enqueue("second")
    while run_one("w"):
        pass
    assert SAID == ["urgent", "first", "second"]


def test_an_empty_queue_takes_no_write_lock(django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(1):
        assert worker.claimed(str(uuid.uuid4())) is None
