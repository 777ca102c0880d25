"""Two people talk, and neither reloads the page."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import PHONE
from tests.browser.thread import BOX, SOON, fill_with_messages, pending, row, say, sees

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

pytestmark = pytest.mark.browser


def test_what_one_says_the_other_sees(pair: tuple[Page, Page]) -> None:
    client, accountant = pair
    say(client, "The invoice is here")
    sees(accountant, "The invoice is here")
    sees(client, "The invoice is here")
    say(accountant, "Thank you, I shall look")
    sees(client, "Thank you, I shall look")
    expect(pending(client)).to_have_count(0)
    expect(client.locator(BOX)).to_have_value("")


def test_what_was_typed_is_shown_as_it_was_typed(pair: tuple[Page, Page]) -> None:
    client, accountant = pair
    text = '<b>bold</b> & "quoted" <img src=x onerror=alert(1)>\nsecond line'
    say(client, text)
    sees(accountant, "<b>bold</b>")
    assert row(accountant, "second line").locator(".bubble").inner_text() == text
    assert row(client, "second line").locator(".bubble").inner_text() == text


def test_the_tick_turns_from_sent_to_delivered_to_seen(
    visit: Callable[..., Page], conversation: Callable[..., str]
) -> None:
    begun = conversation()
    client = visit("client", f"/communication/{begun}/")
    say(client, "Did it arrive?")
    tick = row(client, "Did it arrive?").locator(".tick")
    expect(tick).to_have_class(re.compile("sent"), timeout=SOON)
    inbox = visit("accountant", "/desk/?view=open")
    expect(tick).to_have_class(re.compile("delivered"), timeout=SOON)
    expect(tick).to_have_attribute("title", re.compile("Nathalie Verhulst"))
    inbox.goto(f"/desk/c/{begun}/")
    expect(tick).to_have_class(re.compile("seen"), timeout=SOON)


def test_the_list_and_the_counters_follow(
    visit: Callable[..., Page], conversation: Callable[..., str]
) -> None:
    begun = conversation()
    client = visit("client", "/communication/")
    accountant = visit("accountant", f"/desk/c/{begun}/")
    before = int(client.locator("[data-counter=to_handle] [data-number]").inner_text() or 0)
    accountant.check("[name=expects_answer]")
    say(accountant, "Please answer this one")
    line = client.locator(f"[data-conversation='{begun}']")
    expect(line).to_contain_text("Please answer this one", timeout=SOON)
    expect(line).to_have_class(re.compile("unread"))
    expect(client.locator("[data-counter=to_handle] [data-number]")).to_have_text(
        str(before + 1), timeout=SOON
    )
    expect(client).to_have_title(re.compile(rf"^\({before + 1}\) "))


def test_who_writes_is_shown_and_forgotten(pair: tuple[Page, Page]) -> None:
    client, accountant = pair
    shown = client.locator("[data-typing]")
    accountant.locator(BOX).press_sequentially("I am wri")
    expect(shown).to_contain_text("Nathalie is writing", timeout=SOON)
    expect(shown).to_be_visible()
    say(accountant, "I am done")
    sees(client, "I am done")
    expect(shown).to_be_hidden()


def test_who_reads_further_up_is_told_instead_of_moved(
    visit: Callable[..., Page], conversation: Callable[..., str]
) -> None:
    begun = conversation()
    accountant = visit("accountant", f"/desk/c/{begun}/")
    fill_with_messages(accountant, begun, 12)
    client = visit("client", f"/communication/{begun}/", viewport=PHONE)
    client.locator("[data-scroll]").evaluate("scroller => scroller.scrollTop = -400")
    anchor = row(client, "Number 4")
    before = anchor.bounding_box()
    say(accountant, "News from below")
    jump = client.locator("[data-jump]")
    expect(jump).to_contain_text("1 new message", timeout=SOON)
    say(accountant, "And more of them")
    expect(jump).to_contain_text("2 new messages", timeout=SOON)
    assert anchor.bounding_box() == before
    assert "seen" not in (row(accountant, "News from below").locator(".tick").get_attribute("class") or "")
    jump.click()
    expect(row(client, "And more of them")).to_be_in_viewport()
    expect(jump).to_be_hidden()
    expect(row(accountant, "And more of them").locator(".tick")).to_have_class(
        re.compile("seen"), timeout=SOON
    )


def test_earlier_messages_come_above_and_nothing_moves(
    visit: Callable[..., Page], conversation: Callable[..., str]
) -> None:
    begun = conversation(body="The very first")
    client = visit("client", f"/communication/{begun}/")
    fill_with_messages(client, begun, 60)
    client.reload()
    rows = client.locator("[data-log] .msg")
    expect(rows).to_have_count(50)
    visit("accountant", f"/desk/c/{begun}/")
    expect(rows.last.locator(".tick")).to_have_class(re.compile("seen"), timeout=SOON)
    expect(rows).to_have_count(50)  # the ticks of earlier messages bring none of them here
    client.locator("[data-scroll]").evaluate("scroller => scroller.scrollTop = -scroller.scrollHeight")
    top = client.locator("[data-log] .msg").first
    name = top.get_attribute("id")
    before = top.bounding_box()
    client.click("[data-older]")
    sees(client, "The very first")
    assert before is not None
    after = client.locator(f"#{name}").bounding_box()
    assert after is not None
    assert abs(after["y"] - before["y"]) < 2
    expect(client.locator("[data-older]")).to_have_count(0)
    expect(rows).to_have_count(61)
    expect(client.locator("[data-day]")).to_have_count(1)


def test_closing_and_reopening_show_on_both_sides(pair: tuple[Page, Page]) -> None:
    client, accountant = pair
    client.get_by_role("button", name="Stop conversation").click()
    expect(accountant.locator("[data-status]")).to_contain_text("Closed on", timeout=SOON)
    expect(accountant.locator(BOX).first).to_be_hidden()
    expect(client.locator(BOX)).to_be_hidden()
    accountant.get_by_role("button", name="Reopen").click()
    expect(client.locator(BOX)).to_be_visible(timeout=SOON)
    expect(client.locator("[data-status]")).to_be_empty()


def test_an_answer_is_expected_while_a_question_is_open(
    visit: Callable[..., Page], conversation: Callable[..., str]
) -> None:
    begun = conversation("accountant", expects_answer="on")
    client, accountant = visit("client", f"/communication/{begun}/"), visit("accountant", f"/desk/c/{begun}/")
    expects = accountant.get_by_role("switch", name="Expects an answer")
    expect(expects).to_be_checked()
    say(client, "Here is what you asked for")
    sees(accountant, "Here is what you asked for")
    expect(expects).not_to_be_checked()
    say(accountant, "Thank you")
    sees(client, "Thank you")
    expect(expects).not_to_be_checked()


def test_two_tabs_of_one_person_agree(visit: Callable[..., Page], conversation: Callable[..., str]) -> None:
    begun = conversation()
    first = visit("client", f"/communication/{begun}/")
    second = first.context.new_page()
    second.goto(f"/communication/{begun}/")
    first.fill(BOX, "A draft of mine")
    first.locator("h1").click()
    expect(second.locator(BOX)).to_have_value("A draft of mine", timeout=SOON)
    first.get_by_role("button", name="Send").click()
    sees(second, "A draft of mine")
    expect(second.locator(BOX)).to_have_value("", timeout=SOON)
    expect(pending(second)).to_have_count(0)


def test_one_browser_holds_one_stream(visit: Callable[..., Page]) -> None:
    """The tab in front holds it, and the other hears by it."""
    first = visit("client", "/communication/")
    with first.expect_event("requestfailed", lambda request: request.url.endswith("/live")):
        second = first.context.new_page()
        second.goto("/communication/")
    held = "() => navigator.locks.query().then(all => all.held.filter(lock => lock.name.startsWith('live:')).length)"
    assert second.evaluate(held) == 1
    heard = "new Promise(tell => new BroadcastChannel(`live:${document.body.dataset.me}`).onmessage = tell)"
    first.evaluate(f"void (window.heard = {heard}.then(message => message.data.kind))")
    second.evaluate("dispatchEvent(new Event('online'))")  # opens it anew, and the greeting is passed on
    assert first.evaluate("window.heard") == "hello"


def test_only_what_others_say_anew_is_read_out(pair: tuple[Page, Page]) -> None:
    client, accountant = pair
    say(accountant, "Listen to this")
    said = client.locator("[data-announce]")
    expect(said).to_have_text(re.compile("Nathalie Verhulst: Listen to this"), timeout=SOON)
    say(client, "Mine is not")
    sees(client, "Mine is not")
    expect(said).not_to_contain_text("Mine is not")
    expect(client.locator("[data-log]")).to_have_attribute("aria-live", "off")
