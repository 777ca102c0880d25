"""*A colleague knows*, on the phone: the colleague finds it first, whoever passed it on sees where it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.urls import reverse

from comptoir.people.actions.memberships import end_membership
from comptoir.questions.actions.answers import pass_on_question
from tests.questions.asked import answer, ask, draft
from tests.world import NOW, fresh

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

    from comptoir.people.models import Company, Membership
    from comptoir.questions.actions.asking import Asked

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked(accountant: Membership, sophie: Membership, partner: Membership, bakery: Company) -> Asked:
    """Three, the last of which Sophie passed on."""
    asked = ask(accountant, bakery, *(draft(accountant, bakery, f"Question {n}") for n in "123"))
    pass_on_question(asked.questions[2].pk, by=sophie, at=NOW, to_id=partner.pk)
    return asked


def address(asked: Asked, number: int | None = None) -> str:
    if number is None:
        return reverse("portal_questions", args=[asked.conversation.pk])
    return reverse("portal_question", args=[asked.conversation.pk, asked.questions[number].pk])


def test_the_colleague_finds_it_first_and_from_whom(
    asked: Asked, partner: Membership, sophie: Membership, browser_of: Callable[[Membership], Client]
) -> None:
    browser = browser_of(partner)
    assert browser.get(address(asked)).headers["Location"] == address(asked, 2)
    page = browser.get(address(asked, 2)).content.decode()
    assert f"{sophie.person.name} vous a passé cette question." in page
    thread = browser.get(reverse("portal_thread", args=[asked.conversation.pk])).content.decode()
    assert f"{sophie.person.name} a passé une question à {partner.person.name}" in thread


def test_whoever_passed_it_on_is_through_and_sees_where_it_is(
    asked: Asked, partner: Membership, sophie: Membership, browser_of: Callable[[Membership], Client]
) -> None:
    browser = browser_of(sophie)
    answer(sophie, asked.questions[0])
    assert browser.post(address(asked, 1), {"choice": "dont_know"}).headers["Location"].endswith("?recap")
    end = browser.get(address(asked)).content.decode()
    assert f"Passée à {partner.person.name}" in end
    assert address(asked, 2) in end
    page = browser.get(address(asked, 2)).content.decode()
    assert f"Vous avez passé cette question à {partner.person.name}" in page


def test_it_comes_back_when_the_colleague_leaves(
    asked: Asked,
    partner: Membership,
    sophie: Membership,
    admin: Membership,
    browser_of: Callable[[Membership], Client],
) -> None:
    for number in (0, 1):
        answer(sophie, asked.questions[number])
    end_membership(partner.pk, by=fresh(admin), at=NOW)
    assert browser_of(sophie).get(address(asked)).headers["Location"] == address(asked, 2)
