"""The client's manual, point 4: the counter counts a conversation only when an action of mine is due."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.thread import SOON, ready, row
from tests.browser.walk import counter, counts, send, subject

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.browser.walk import Walk

pytestmark = pytest.mark.browser


def at_the_list(page: Page) -> int:
    """Opens the list, where the counter stands on a phone too; returns what it shows."""
    page.goto("/communication/")
    return counter(ready(page))


def ask(office: Page, text: str) -> None:
    office.get_by_role("switch", name="Attend une réponse").check()
    send(office, text)


def test_4_at_zero_there_is_no_counter(walk: Walk) -> None:
    walk.begin(walk.accountant)
    assert at_the_list(walk.client) > 0
    # All of them first: the list is live, and each that is handled leaves it.
    due = walk.client.locator("a.conv.todo").evaluate_all("all => all.map((one) => one.dataset.conversation)")
    assert due
    for conversation in due:
        walk.post(walk.client, f"/c/{conversation}/handled")
    assert at_the_list(walk.client) == 0
    expect(walk.client.locator("[data-counter=to_handle]")).to_be_hidden()
    expect(walk.client.locator(".pile")).to_have_count(0)


def test_4_my_own_conversation_counts_for_the_office_only(walk: Walk) -> None:
    before = at_the_list(walk.client)
    office = walk.accountant
    office.goto("/desk/")
    waiting = counter(ready(office))
    walk.begin(walk.client)
    counts(office, waiting + 1)
    assert at_the_list(walk.client) == before


def test_4_what_the_accountant_begins_counts_until_it_is_answered(walk: Walk) -> None:
    before, title = at_the_list(walk.client), subject()
    begun = walk.begin(walk.accountant, subject=title)
    counts(walk.client, before + 1)
    expect(walk.client.locator(".convs").get_by_text(title)).to_be_visible(timeout=SOON)
    walk.open(walk.client, begun)
    assert at_the_list(walk.client) == before + 1  # reading is not answering
    walk.open(walk.client, begun)
    send(walk.client, "Voici la réponse")
    assert at_the_list(walk.client) == before


def test_4_a_thank_you_moves_nothing(walk: Walk) -> None:
    begun = walk.begin(walk.client)
    before = at_the_list(walk.client)
    office = walk.open(walk.accountant, begun)
    expect(office.get_by_role("switch", name="Attend une réponse")).not_to_be_checked()
    send(office, "Merci beaucoup !")
    line = walk.client.locator(f"[data-conversation='{begun}']")
    expect(line).to_contain_text("Merci beaucoup", timeout=SOON)
    expect(line.get_by_text("À traiter")).to_have_count(0)
    assert counter(walk.client) == before
    assert at_the_list(walk.client) == before


def test_4_a_question_counts_and_handled_ends_it(walk: Walk) -> None:
    begun = walk.begin(walk.client)
    before = at_the_list(walk.client)
    ask(walk.open(walk.accountant, begun), "Quel était le montant ?")
    counts(walk.client, before + 1)
    line = walk.client.locator(f"[data-conversation='{begun}']")
    expect(line.get_by_text("À traiter")).to_be_visible(timeout=SOON)
    send(walk.accountant, "Merci déjà !")
    expect(line).to_contain_text("Merci déjà", timeout=SOON)
    assert counter(walk.client) == before + 1  # the question is still there
    page = walk.open(walk.client, begun)
    page.get_by_role("button", name="Traitée").click()
    expect(page.get_by_role("button", name="Traitée")).to_have_count(0, timeout=SOON)
    assert at_the_list(walk.client) == before


def test_4_what_asks_for_nothing_counts_until_it_is_seen(walk: Walk) -> None:
    before = at_the_list(walk.client)
    begun = walk.begin(walk.accountant, expects_answer="")
    counts(walk.client, before + 1)
    walk.open(walk.client, begun)
    assert at_the_list(walk.client) == before


def test_4_what_a_colleague_answers_is_answered_for_all(walk: Walk) -> None:
    begun = walk.begin(walk.accountant)
    before = at_the_list(walk.client)
    colleague = walk.open(walk.friend, begun)
    send(colleague, "Je m’en occupe")
    counts(walk.client, before - 1)
    walk.open(walk.client, begun)
    expect(row(walk.client, "Je m’en occupe")).to_be_visible()
