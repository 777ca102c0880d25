"""The worker's two threads, on real connections."""

from __future__ import annotations

import subprocess
import sys
import time
from contextlib import ExitStack
from typing import TYPE_CHECKING

import pytest
from django.db import OperationalError
from django_tasks import task
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from comptoir.core import worker as module
from comptoir.core.models import WorkerBeat
from comptoir.core.worker import Worker
from tests.browser.product import ROOT, Product

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from pytest_django.fixtures import SettingsWrapper

DONE: list[str] = []


@task
def note(word: str) -> None:
    DONE.append(word)


@task
def sleep(seconds: float) -> None:
    time.sleep(seconds)
    DONE.append("slept")


def until(is_so: Callable[[], bool], seconds: float = 10) -> None:
    end = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < end
        time.sleep(0.02)


@pytest.fixture
def working(
    transactional_db: None, monkeypatch: pytest.MonkeyPatch, settings: SettingsWrapper
) -> Iterator[Worker]:
    DONE.clear()
    monkeypatch.setattr(module, "IDLE", 0.02)
    settings.JOBS_BEAT = 0.1
    monkeypatch.setattr(module, "PERIODIC", {})
    worker = Worker()
    worker.start()
    yield worker
    worker.stop(within=5)


def test_it_works_says_that_it_lives_and_takes_its_leave(working: Worker) -> None:
    note.enqueue("one")
    note.enqueue("two")
    until(lambda: DONE == ["one", "two"])
    (beat,) = WorkerBeat.objects.all()
    until(lambda: WorkerBeat.objects.get().seen_at > beat.seen_at)
    working.stop(within=5)
    assert not WorkerBeat.objects.exists()
    note.enqueue("late")
    time.sleep(0.1)
    assert DONE == ["one", "two"]


def test_the_job_under_way_is_finished(working: Worker) -> None:
    sleep.enqueue(0.5)
    until(lambda: DBTaskResult.objects.running().exists())
    working.stop(within=5)
    assert DONE == ["slept"]
    assert DBTaskResult.objects.get().status == TaskResultStatus.SUCCESSFUL


def test_a_database_that_goes_away_and_comes_back(working: Worker, monkeypatch: pytest.MonkeyPatch) -> None:
    before = working.id
    real, away = module.run_one, [True]

    def sometimes(worker: str) -> bool:
        if away:
            away.pop()
            raise OperationalError("away")
        return real(worker)

    monkeypatch.setattr(module, "run_one", sometimes)
    until(lambda: not away)
    note.enqueue("after")
    until(lambda: DONE == ["after"])
    assert working.id != before  # what it left running is now a lost worker's


@pytest.mark.servers
def test_a_killed_worker_s_job_is_found_by_the_next(tmp_path: Path) -> None:
    """Real processes: one is killed in the middle of a job."""
    product = Product(tmp_path)

    def start(*words: str) -> subprocess.Popen[str]:
        command = [sys.executable, "-m", *words]
        return subprocess.Popen(
            command, cwd=ROOT, env=product.environment(), stdout=subprocess.PIPE, text=True
        )

    def ask(*words: str) -> str:
        return start("tests.core.sleepy", *words).communicate(timeout=60)[0].strip()

    ask("prepare")
    with ExitStack() as ended:
        first = start("comptoir", "worker")
        ended.callback(first.kill)
        deadline = time.monotonic() + 30
        while ask("status") != "RUNNING":
            assert time.monotonic() < deadline
        first.kill()
        first.wait()
        assert ask("status") == "RUNNING"
        assert ask("half a minute later") == "READY"
        second = start("comptoir", "worker")
        ended.callback(second.kill)
        while ask("status") != "SUCCESSFUL":
            assert time.monotonic() < deadline + 30
        second.terminate()
        assert second.wait(timeout=20) == 0
