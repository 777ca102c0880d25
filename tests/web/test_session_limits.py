"""A sign-in ends after a week without a visit, and after a month whatever happens."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    import time_machine
    from django.test import Client

    from comptoir.people.models import Membership


def is_in(browser: Client) -> bool:
    return browser.get("/communication/").status_code == 200


def test_a_visit_within_the_week_keeps_it(
    browser_of: Callable[[Membership], Client], sophie: Membership, clock: time_machine.Coordinates
) -> None:
    browser = browser_of(sophie)
    for _day in range(4):
        clock.shift(timedelta(days=6, hours=20))
        assert is_in(browser)


def test_a_week_without_a_visit_ends_it(
    browser_of: Callable[[Membership], Client], sophie: Membership, clock: time_machine.Coordinates
) -> None:
    browser = browser_of(sophie)
    assert is_in(browser)
    clock.shift(timedelta(days=7, hours=1))
    assert not is_in(browser)


def test_a_month_ends_it_whatever_happens(
    browser_of: Callable[[Membership], Client], sophie: Membership, clock: time_machine.Coordinates
) -> None:
    browser = browser_of(sophie)
    for _day in range(29):
        assert is_in(browser)
        clock.shift(timedelta(days=1))
    assert is_in(browser)
    clock.shift(timedelta(days=1, hours=1))
    assert not is_in(browser)
