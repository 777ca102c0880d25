"""Nothing that was typed is lost, and nothing is sent twice: without a line, over a reload, over a crash of the server."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import CUT_LINE, REFUSED
from tests.browser.thread import BOX, SOON, pending, ready, row, say, sees

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

    from tests.browser.conftest import People
    from tests.browser.product import Product

pytestmark = pytest.mark.browser

LATER = 20_000  # milliseconds: a page that waits before it asks again


def test_a_draft_survives_a_reload_and_ends_with_sending(pair: tuple[Page, Page]) -> None:
    client, _ = pair
    client.fill(BOX, "Not finished ye")
    client.reload()
    expect(client.locator(BOX)).to_have_value("Not finished ye")
    say(client, "Finished")
    sees(client, "Finished")
    client.reload()
    expect(client.locator(BOX)).to_have_value("")


def test_a_text_that_is_too_long_comes_back_whole(pair: tuple[Page, Page], people: People) -> None:
    people.expected.append(REFUSED)
    client, _ = pair
    client.fill(BOX, "x" * 20_001)
    client.get_by_role("button", name="Send").click()
    expect(client.locator("[data-composer] [data-error]")).to_contain_text("20,000", timeout=SOON)
    assert len(client.locator(BOX).input_value()) == 20_001


def test_a_new_conversation_s_draft_comes_back_with_its_choices(visit: Callable[..., Page]) -> None:
    client = visit("client", "/communication/new")
    client.fill("[name=subject]", "A subject")
    client.fill("[name=body]", "A body")
    client.check("[name=audience][value=private]")
    expect(client.locator("[data-kept]")).to_be_visible(timeout=SOON)
    client.reload()
    expect(client.locator("[name=subject]")).to_have_value("A subject")
    expect(client.locator("[name=body]")).to_have_value("A body")
    expect(client.locator("[name=audience][value=private]")).to_be_checked()
    client.check("[name=audience][value=shared]")
    client.get_by_role("button", name="Send").click()
    client.wait_for_url(re.compile(r"/communication/[0-9a-f-]{36}/"))
    sees(client, "A body")
    client.goto("/communication/new")
    expect(client.locator("[name=subject]")).to_have_value("")


def test_without_a_line_a_message_waits_and_then_goes_once(pair: tuple[Page, Page], people: People) -> None:
    people.expected.append(CUT_LINE)
    client, accountant = pair
    client.context.set_offline(True)
    expect(client.locator("#offline")).to_be_visible(timeout=LATER)
    say(client, "Written without a line")
    expect(pending(client)).to_contain_text("Goes out as soon as the connection is back", timeout=SOON)
    say(client, "And a second one")
    expect(pending(client)).to_have_count(2)
    client.context.set_offline(False)
    expect(pending(client)).to_have_count(0, timeout=LATER)
    expect(client.locator("#offline")).to_be_hidden(timeout=LATER)
    expect(client.locator(".toast")).to_contain_text("Connected again")
    sees(accountant, "Written without a line")
    sees(accountant, "And a second one")
    texts = accountant.locator("[data-log] .bubble").all_inner_texts()
    assert texts.index("Written without a line") < texts.index("And a second one")


def test_what_was_missed_is_caught_up_when_the_line_is_back(pair: tuple[Page, Page], people: People) -> None:
    people.expected.append(CUT_LINE)
    client, accountant = pair
    client.context.set_offline(True)
    say(accountant, "Said meanwhile")
    sees(accountant, "Said meanwhile")
    expect(row(client, "Said meanwhile")).to_have_count(0)
    client.context.set_offline(False)
    expect(row(client, "Said meanwhile")).to_have_count(1, timeout=LATER)


def test_a_message_waits_over_a_reload_of_another_page(
    visit: Callable[..., Page], conversation: Callable[..., str], people: People
) -> None:
    people.expected.append(CUT_LINE)
    begun = conversation()
    client = visit("client", f"/communication/{begun}/")
    client.route("**/messages", lambda route: route.abort())
    say(client, "Carried over")
    expect(pending(client)).to_have_count(1)
    client.reload()
    expect(pending(client)).to_contain_text("Carried over")
    client.unroute("**/messages")
    client.goto("/communication/")
    expect(client.locator(f"[data-conversation='{begun}']")).to_contain_text("Carried over", timeout=LATER)


def test_an_answer_that_was_lost_makes_no_second_message(pair: tuple[Page, Page], people: People) -> None:
    """The server took the message, and the page never heard of it."""
    people.expected.append(CUT_LINE)
    client, accountant = pair
    attempts = []

    def take_and_lose(route: object) -> None:
        attempts.append(route.fetch())  # type: ignore[attr-defined]
        route.abort()  # type: ignore[attr-defined]

    client.route("**/messages", take_and_lose, times=1)
    say(client, "Only once, please")
    sees(accountant, "Only once, please")
    expect(pending(client)).to_have_count(0, timeout=LATER)
    client.wait_for_timeout(2500)  # the outbox asks again after two seconds
    assert client.evaluate("localStorage.length") == 0
    client.reload()
    expect(row(client, "Only once, please")).to_have_count(1)
    assert len(attempts) == 1


def test_a_killed_server_loses_nothing_and_doubles_nothing(
    pair: tuple[Page, Page], people: People, product: Product
) -> None:
    people.expected.append(CUT_LINE)
    client, accountant = pair
    product.kill()
    try:
        say(client, "Through the crash")
        expect(pending(client)).to_have_count(1)
        expect(client.locator("#offline")).to_be_visible(timeout=LATER)
        client.fill(BOX, "and a draft")
    finally:
        product.start()
    expect(pending(client)).to_have_count(0, timeout=40_000)
    expect(row(client, "Through the crash")).to_have_count(1)
    expect(row(accountant, "Through the crash")).to_have_count(1, timeout=40_000)
    expect(client.locator(BOX)).to_have_value("and a draft")
    client.reload()
    expect(row(client, "Through the crash")).to_have_count(1)


def test_a_conversation_closed_meanwhile_offers_to_reopen_and_send(
    pair: tuple[Page, Page], people: People
) -> None:
    people.expected.append(REFUSED)
    client, accountant = pair
    client.fill(BOX, "Wait, one more thing")
    accountant.get_by_role("button", name="Close").click()
    expect(client.locator("[data-status]")).to_contain_text("Closed on", timeout=SOON)
    expect(client.locator(BOX)).to_have_value("Wait, one more thing")
    client.get_by_role("button", name="Send").click()
    error = client.locator("[data-error]")
    expect(error).to_contain_text("This conversation is closed", timeout=SOON)
    expect(client.locator(BOX)).to_have_value("Wait, one more thing")
    expect(pending(client)).to_have_count(0)
    client.get_by_role("button", name="Reopen and send").click()
    sees(accountant, "Wait, one more thing")
    expect(client.locator("[data-status]")).to_be_empty()
    expect(error).to_be_hidden()


def test_enter_sends_only_where_it_was_chosen(pair: tuple[Page, Page]) -> None:
    client, _ = pair
    client.fill(BOX, "one")
    client.press(BOX, "Enter")
    client.locator(BOX).press_sequentially("two")
    expect(client.locator(BOX)).to_have_value("one\ntwo")
    client.press(BOX, "Control+Enter")
    sees(client, "two")
    client.click("[data-enter-change]")
    expect(client.get_by_text("Enter sends")).to_be_visible()
    client.fill(BOX, "three")
    client.press(BOX, "Enter")
    sees(client, "three")
    client.reload()
    expect(client.get_by_text("Enter sends")).to_be_visible()
    client.click("[data-enter-change]")
    expect(client.get_by_text("Enter starts a new line")).to_be_visible()


def test_signing_out_leaves_nothing_typed_behind(
    visit: Callable[..., Page], conversation: Callable[..., str]
) -> None:
    begun = conversation("accountant")
    # Of all the cast the partner alone: the session ends with this test.
    partner = ready(visit("partner", f"/communication/{begun}/"))
    partner.fill(BOX, "Nobody else's business")
    partner.wait_for_function("() => localStorage.length > 0")
    partner.locator(".member summary").click()
    partner.get_by_role("button", name="Sign out").click()
    partner.wait_for_url(re.compile("/accounts/"))
    assert partner.evaluate("localStorage.length") == 0
