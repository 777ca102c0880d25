"""A new conversation at the desk: dossiers are found by typing, the audience follows the choice."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import CUT_LINE
from tests.browser.thread import SOON, ready, sees

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

    from tests.browser.conftest import People

pytestmark = pytest.mark.browser


@pytest.fixture
def form(visit: Callable[..., Page]) -> Page:
    return ready(visit("admin", "/desk/new"))


def test_dossiers_are_filtered_and_the_audience_follows(form: Page) -> None:
    form.fill("[data-filter]", "thonon gar")
    expect(form.locator("[data-filter-text]:visible")).to_have_count(1)
    form.locator("[data-filter-text]:visible input").check()
    expect(form.locator("select[name=person]")).to_contain_text("Luc Thonon", timeout=SOON)
    form.fill("[data-filter]", "")
    form.get_by_label("Boulangerie").check()
    expect(form.locator("[name=audience]")).to_have_count(0, timeout=SOON)


def test_it_is_started_once_even_if_the_line_is_cut(
    form: Page, visit: Callable[..., Page], people: People
) -> None:
    people.expected.append(CUT_LINE)
    form.get_by_label("Boulangerie").check()
    form.fill("[name=subject]", "Begun at the desk")
    form.fill("[name=body]", "Dear ")
    form.locator("[data-insert]").first.click()
    expect(form.locator("[name=body]")).not_to_have_value("Dear ")
    form.route(
        "**/desk/new*", lambda route: (route.fetch(), route.abort()), times=1
    )  # taken, and never answered
    form.get_by_role("button", name="Send").click()
    form.wait_for_url("**/desk/c/*/", timeout=30_000)
    sees(form, "Dear Boulangerie")
    client = visit("client", "/communication/")
    expect(client.locator(".conv").filter(has_text="Begun at the desk")).to_have_count(1)
