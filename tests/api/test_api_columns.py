"""Naming the columns of a CSV by the API."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from comptoir.ledger.models import ImportState, Payment
from tests.ledger.test_columns import NAMED, OCTOBER, bring

if TYPE_CHECKING:
    from comptoir.people.models import Company, Membership
    from tests.api.conftest import Api


@pytest.fixture(autouse=True)
def _kept_apart(settings: Any, tmp_path: Any) -> None:
    settings.FILES = tmp_path


def test_a_program_asks_for_the_columns_and_names_them(
    api_of: Api, accountant: Membership, bakery: Company
) -> None:
    file, program = bring(bakery, OCTOBER), api_of(accountant)
    told = program.get(f"/imports/{file.pk}/columns").json()
    assert told["headings"] == ["Quand", "Combien", "Qui", "Pourquoi"]
    assert told["rows"][0] == {"line": 3, "cells": ["12/10/2026", "-12,50", "Papeterie du Coin", "Ticket 4"]}
    wrong = program.post(f"/imports/{file.pk}/columns", {"columns": {"date": "Qui", "amount": "Combien"}})
    assert (wrong.status_code, wrong.json()["state"]) == (200, ImportState.COLUMNS)
    assert wrong.json()["findings"][0]["line"] == 3
    done = program.post(f"/imports/{file.pk}/columns", {"columns": NAMED})
    assert (done.status_code, done.json()["state"], done.json()["payments"]) == (200, "read", 2)
    assert Payment.objects.count() == 2
    assert program.get(f"/imports/{file.pk}/columns").status_code == 404


def test_a_column_that_does_not_exist_is_refused(
    api_of: Api, accountant: Membership, bakery: Company
) -> None:
    file = bring(bakery, OCTOBER)
    asked = {"columns": {**NAMED, "colour": "Qui"}}
    assert api_of(accountant).post(f"/imports/{file.pk}/columns", asked).status_code == 422
