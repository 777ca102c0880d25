"""Conversations ticked in the inbox are given to one of the staff together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from comptoir.conversations.models import Conversation
from tests.world import begin

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

    from comptoir.people.models import Company, Membership

JSON = {"headers": {"accept": "application/json"}}


def test_those_ticked_are_assigned_and_taken_off_again(
    browser_of: Callable[[Membership], Client], accountant: Membership, sophie: Membership, bakery: Company
) -> None:
    ours = [str(begin(sophie, bakery).conversation.pk) for _ in range(2)]
    browser = browser_of(accountant)
    page = browser.get("/desk/").content.decode()
    assert f'<option value="{accountant.pk}">' in page
    for to in (accountant.pk, None):
        given = {"conversation": ours, "assignee": str(to or "")}
        assert browser.post("/desk/bulk/assign", given, **JSON).json() == {"done": 2, "refused": []}
        rows = Conversation.objects.filter(pk__in=ours)
        assert set(rows.values_list("assignee", flat=True)) == {to}


def test_whoever_has_no_access_to_the_dossier_is_refused_by_name(
    browser_of: Callable[[Membership], Client],
    accountant: Membership,
    colleague: Membership,
    sophie: Membership,
    bakery: Company,
) -> None:
    talk = begin(sophie, bakery).conversation
    given = {"conversation": [str(talk.pk)], "assignee": str(colleague.pk)}
    answer = browser_of(accountant).post("/desk/bulk/assign", given, **JSON).json()
    assert (answer["done"], answer["refused"][0]["id"]) == (0, str(talk.pk))
    assert not Conversation.objects.filter(assignee__isnull=False).exists()
