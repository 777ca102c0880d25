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
    expect(form.locator("[data-picklist] li:visible")).to_have_count(1)
    form.locator("[data-picklist] li:visible input").check()
    expect(form.locator("select[name=person]")).to_contain_text("Luc Thonon", timeout=SOON)
    form.fill("[data-filter]", "boulang")
    expect(form.locator("[data-picklist] li")).to_have_count(2, timeout=SOON)  # what is ticked stays
    form.get_by_label("Boulangerie").check()
    expect(form.locator("[name=audience]")).to_have_count(1, timeout=SOON)
    expect(form.locator("[name=audience][value=shared]")).to_be_checked()


def test_a_private_draft_comes_back_private(form: Page) -> None:
    form.get_by_label("Boulangerie").check()
    form.locator("[name=audience][value=private]").check(timeout=SOON)
    person = form.locator("[name=person]")
    expect(person).to_have_value("")
    chosen = person.locator("option").nth(1).get_attribute("value") or ""
    person.select_option(chosen)
    form.fill("[name=subject]", "Between us")
    form.fill("[name=body]", "Confidential")
    form.reload()
    ready(form)
    expect(form.locator("[name=audience][value=private]")).to_be_checked(timeout=SOON)
    expect(form.locator("[name=person]")).to_have_value(chosen)
    form.get_by_role("button", name="Send").click()
    form.wait_for_url("**/desk/c/*/", timeout=30_000)
    expect(form.locator(".audience.private").first).to_be_visible()


def test_a_private_word_never_becomes_a_shared_one_by_ticking_another_dossier(form: Page) -> None:
    form.get_by_label("Boulangerie").check()
    form.locator("[name=audience][value=private]").check(timeout=SOON)
    form.locator("[name=person]").select_option(index=1)
    form.get_by_label("Garage").check()
    expect(form.locator("[name=audience]")).to_have_count(1, timeout=SOON)
    expect(form.locator("[name=audience]:checked")).to_have_count(0)
    form.fill("[name=subject]", "Between us")
    form.fill("[name=body]", "Confidential")
    form.get_by_role("button", name="Send").click()
    assert form.url.endswith("/desk/new")  # the browser asks for a choice


def test_a_file_goes_along_with_the_first_message(form: Page) -> None:
    form.get_by_label("Boulangerie").check()
    form.set_input_files("[data-pick]", {"name": "note.txt", "mimeType": "text/plain", "buffer": b"Bonjour"})
    expect(form.locator("[data-chips]")).to_contain_text("note.txt")
    form.fill("[name=subject]", "With a file")
    form.fill("[name=body]", "See there")
    form.get_by_role("button", name="Send").click()
    form.wait_for_url("**/desk/c/*/", timeout=30_000)
    expect(form.get_by_text("note.txt").first).to_be_visible(timeout=SOON)


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
