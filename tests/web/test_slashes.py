"""An address whose slash was forgotten leads to the page, and says nothing about what is behind it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.urls import reverse

from comptoir.core.ids import new_id
from tests.doors.test_doors_all import addresses
from tests.world import Cast, begin, fresh

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

    from comptoir.people.models import Membership


def test_it_leads_to_the_page_with_all_that_was_asked(
    accountant: Membership, browser_of: Callable[[Membership], Client]
) -> None:
    answer = browser_of(accountant).get("/desk?view=open&q=moulin")
    assert (answer.status_code, answer.headers["Location"]) == (301, "/desk/?view=open&q=moulin")


def test_hidden_and_missing_are_led_on_alike(
    cast: Cast, browser_of: Callable[[Membership], Client], client: Client
) -> None:
    private = begin(fresh(cast.client), cast.bakery, to=cast.accountant).conversation
    told = set()
    for visitor in (browser_of(cast.client), browser_of(cast.partner), client):
        for pk in (private.pk, new_id()):
            answer = visitor.get(f"/communication/{pk}")
            assert answer.headers["Location"] == f"/communication/{pk}/"
            told.add((answer.status_code, answer.content, *sorted(answer.headers.keys() - {"Location"})))
    assert len(told) == 1


@pytest.mark.django_db
def test_no_address_is_a_page_with_a_slash_and_without_it() -> None:
    patterns = [pattern for _, pattern in addresses()]
    assert {pattern for pattern in patterns if f"{pattern}/" in patterns} == set()


def test_what_was_sent_is_not_led_elsewhere(
    accountant: Membership, browser_of: Callable[[Membership], Client]
) -> None:
    desk = browser_of(accountant)
    assert desk.post("/profile").status_code == desk.put("/profile").status_code == 404
    assert desk.get("/nothing-here").status_code == 404
    assert desk.get(reverse("search") + "/").status_code == 404
