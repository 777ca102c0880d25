"""The rail's numbers of questions and answers: the same on the page and by the address that a live page asks."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from comptoir.questions.actions.deciding import accept_answers
from tests.questions.asked import answer, ask, draft
from tests.world import NOW

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

    from comptoir.people.models import Company, Membership

pytestmark = pytest.mark.django_db


def on_the_rail(browser: Client, path: str) -> dict[str, int]:
    page = browser.get(path).content.decode()
    found = re.findall(r'data-counter="(\w+)"[^>]*><span data-number>(\d+)<', page)
    return {name: int(number) for name, number in found}


def test_what_waits_of_questions(  # noqa: PLR0917 -- people
    accountant: Membership,
    sophie: Membership,
    bakery: Company,
    garage: Company,
    admin: Membership,
    browser_of: Callable[[Membership], Client],
) -> None:
    desk = browser_of(accountant)
    draft(accountant, bakery)
    draft(admin, garage)  # a dossier that the accountant does not see
    asked = ask(accountant, bakery, draft(accountant, bakery))
    answer(sophie, asked.questions[0])
    for expected in (
        {"questions_to_send": 1, "answers_to_accept": 1},
        {"questions_to_send": 1, "answers_to_accept": 0},
    ):
        for path in ("/desk/", f"/desk/c/{asked.conversation.pk}/"):
            assert expected.items() <= on_the_rail(desk, path).items()
        assert expected.items() <= desk.get("/counters").json().items()
        if expected["answers_to_accept"]:
            accept_answers([asked.questions[0].pk], by=accountant, at=NOW)
    assert "answers_to_accept" not in browser_of(sophie).get("/counters").json()
