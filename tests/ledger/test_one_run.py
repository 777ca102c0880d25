"""Files that come together are matched in one run; what comes while it runs gets another."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from comptoir.ledger.actions.imports import import_file
from comptoir.ledger.actions.matches import match_payments, undo_match
from comptoir.ledger.jobs import LONGEST, QUIET, match_company
from comptoir.ledger.models import Match, MatchingDue, MatchState, Source
from tests.ledger.samples import belgian_ubl, coda_file

if TYPE_CHECKING:
    from datetime import datetime

    import time_machine

    from comptoir.people.models import Company, Membership

FILES = 10


def bring(company: Company, first: int, count: int, *, at: datetime) -> None:
    """So many invoices, each with a statement that pays it."""
    for number in range(first, first + count):
        paid = (-121_000, f"Facture 2026/{1180 + number}", "MOULINS DE LA SENNE")
        for data in (
            belgian_ubl(number=f"2026/{1180 + number}", buyer=company.enterprise_number),
            coda_file(movements=(paid,), number=number, opening=number),
        ):
            import_file(company.pk, by=None, at=at, name="f", data=data, source=Source.COMMAND)


def runs() -> int:
    return DBTaskResult.objects.filter(task_path__endswith="match_company").count()


def test_a_batch_of_files_is_matched_once(bakery: Company, garage: Company) -> None:
    one_by_one = 0
    for number in range(1, FILES + 1):
        bring(garage, number, 1, at=timezone.now())
        for _invoice_or_statement in range(2):
            with CaptureQueriesContext(connection) as run:
                match_payments(garage.pk, at=timezone.now())
            one_by_one += len(run)
    long_ago = timezone.now() - timedelta(minutes=1)
    before = runs()
    bring(bakery, 1, FILES, at=long_ago)
    assert runs() == before + 1
    assert Match.objects.filter(company=bakery).count() == 0
    with CaptureQueriesContext(connection) as once:
        match_company.call(company_id=str(bakery.pk))
    assert Match.objects.filter(company=bakery).count() == FILES
    assert MatchingDue.objects.filter(company=bakery).count() == 0
    with CaptureQueriesContext(connection) as idle:
        match_company.call(company_id=str(bakery.pk))
    print(f"{2 * FILES} files: {len(once)} statements in one run, {one_by_one} in a run for each")  # noqa: T201
    assert len(once) < one_by_one / 2
    assert len(idle) < 10


def test_while_files_still_come_it_waits_but_not_for_ever(
    bakery: Company, clock: time_machine.Coordinates
) -> None:
    bring(bakery, 1, 1, at=timezone.now())
    match_company.call(company_id=str(bakery.pk))
    assert (Match.objects.count(), runs()) == (0, 2)  # put off
    clock.shift(QUIET)
    match_company.call(company_id=str(bakery.pk))
    assert (Match.objects.count(), MatchingDue.objects.count()) == (1, 0)
    bring(bakery, 2, 1, at=timezone.now())
    clock.shift(LONGEST)
    bring(bakery, 3, 1, at=timezone.now())
    match_company.call(company_id=str(bakery.pk))
    assert Match.objects.count() == 3


def test_what_comes_after_a_run_began_gets_another(bakery: Company) -> None:
    long_ago = timezone.now() - timedelta(minutes=1)
    bring(bakery, 1, 1, at=long_ago)
    match_company.call(company_id=str(bakery.pk))
    bring(bakery, 2, 1, at=long_ago)
    assert (runs(), MatchingDue.objects.count()) == (2, 1)


def test_a_run_that_died_is_made_up_for(bakery: Company) -> None:
    """Its mark is gone; the same job, tried again, matches all the same."""
    bring(bakery, 1, 1, at=timezone.now() - timedelta(minutes=1))
    MatchingDue.objects.all().delete()
    match_company.call(company_id=str(bakery.pk))
    assert Match.objects.count() == 1


def test_what_somebody_lets_go_is_offered_to_the_next_payment(
    bakery: Company, accountant: Membership
) -> None:
    long_ago = timezone.now() - timedelta(minutes=1)
    bring(bakery, 1, 1, at=long_ago)
    match_company.call(company_id=str(bakery.pk))
    assert MatchingDue.objects.count() == 0  # what the run itself matched asks for no other
    undo_match(Match.objects.get(state=MatchState.STANDS).payment_id, by=accountant, at=long_ago)
    assert (MatchingDue.objects.count(), runs()) == (1, 2)
