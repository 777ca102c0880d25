"""A job that waits is enough; one that has begun is not."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from comptoir.core.waiting_jobs import enqueue_once, is_under_way
from comptoir.ledger.jobs import match_company, read_file

pytestmark = pytest.mark.django_db


def test_one_that_waits_is_enough() -> None:
    assert enqueue_once(match_company, company_id="a")
    assert not enqueue_once(match_company, company_id="a")
    assert enqueue_once(match_company, company_id="b")
    assert enqueue_once(read_file, company_id="a")
    assert DBTaskResult.objects.count() == 3


def test_one_that_has_begun_may_have_looked_already() -> None:
    enqueue_once(match_company, company_id="a")
    DBTaskResult.objects.update(status="RUNNING")
    assert enqueue_once(match_company, company_id="a")
    DBTaskResult.objects.update(status="SUCCESSFUL")
    assert not is_under_way(match_company, company_id="a")
    assert enqueue_once(match_company, company_id="a")
    assert is_under_way(match_company, company_id="a")
    assert not is_under_way(match_company, company_id="b")


def test_it_may_wait_a_while() -> None:
    later = timezone.now() + timedelta(seconds=10)
    enqueue_once(match_company, not_before=later, company_id="a")
    assert DBTaskResult.objects.get().run_after == later
    assert not enqueue_once(match_company, company_id="a")
