"""Accepted answers by the API: what went into the books, once each, with what it was about."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

import pytest

from comptoir.questions.actions.deciding import accept_answers
from tests.questions.asked import answer, ask, draft
from tests.questions.books import invoice_in
from tests.world import NOW

if TYPE_CHECKING:
    from comptoir.people.models import Company, Membership
    from comptoir.questions.models import Question
    from tests.api.conftest import Api

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _kept_apart(settings: Any, tmp_path: Any) -> None:
    settings.FILES = tmp_path


@pytest.fixture
def answered(accountant: Membership, sophie: Membership, bakery: Company) -> list[Question]:
    about = draft(accountant, bakery, "", kind="A1", invoice_id=invoice_in(bakery).pk)
    asked = ask(accountant, bakery, about, draft(accountant, bakery, "Un nouveau véhicule ?")).questions
    return [
        answer(sophie, asked[0], choice="mixed", detail={"percent": "40"}, body=""),
        answer(sophie, asked[1], "Oui"),
    ]


def test_only_what_was_accepted_leaves(api_of: Api, answered: list[Question], accountant: Membership) -> None:
    program = api_of(accountant)
    assert program.get("/answers").json()["items"] == []
    accept_answers([answered[0].pk], by=accountant, at=NOW)
    [item] = program.get("/answers").json()["items"]
    assert item["question"] == str(answered[0].pk)
    assert (item["choice"], item["detail"]) == ("mixed", {"percent": "40"})
    assert item["facts"]["amount"] == "121.00"
    assert item["accepted_at"].startswith(f"{NOW:%Y-%m-%d}")


def test_since_when(api_of: Api, answered: list[Question], accountant: Membership) -> None:
    accept_answers([answered[0].pk], by=accountant, at=NOW)
    accept_answers([answered[1].pk], by=accountant, at=NOW + timedelta(hours=1))
    program = api_of(accountant)
    first, second = program.get("/answers").json()["items"]
    [again] = program.get(f"/answers?{urlencode({'since': second['accepted_at']})}").json()["items"]
    assert again == second
    assert [first["question"], second["question"]] == [str(one.pk) for one in answered]


def test_not_of_dossiers_of_others(
    api_of: Api, answered: list[Question], accountant: Membership, colleague: Membership, sophie: Membership
) -> None:
    accept_answers([one.pk for one in answered], by=accountant, at=NOW)
    assert api_of(colleague).get("/answers").json()["items"] == []
    assert api_of(sophie).get("/answers").status_code == 403
