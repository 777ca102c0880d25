"""The client's manual, points 6 and 7, and who reads along: closing, what stays of it, and private conversations."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import REFUSED
from tests.browser.pages import NOTHING
from tests.browser.thread import BOX, SOON, ready, row
from tests.browser.walk import box, counter, send, subject

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

    from tests.browser.walk import Walk

pytestmark = pytest.mark.browser

STOP = "Arrêter conversation"
MOMENT = re.compile(r"^Terminée le \d{1,2} \S+ \d{4}, \d\d:\d\d$")


def listed(page: Page, state: str, conversation: str) -> Locator:
    """The row in *Ouvert*, *Fermé* or *Tous*, reached by its tab."""
    page.goto("/communication/")
    page.get_by_role("navigation", name="Filtre").get_by_role("link", name=state).click()
    expect(page.locator(".tabs [aria-current]")).to_contain_text(state)
    return page.locator(f"a.conv[data-conversation='{conversation}']")


def test_6_arreter_conversation_closes_it(walk: Walk) -> None:
    begun = walk.begin(walk.client, body="À relire plus tard")
    office = walk.open(walk.accountant, begun)
    page = walk.open(walk.client, begun)
    page.get_by_role("button", name=STOP).click()
    for side in (page, office):
        expect(side.locator("[data-status]")).to_contain_text("Terminée le", timeout=SOON)
        expect(side.locator(BOX).first).to_be_hidden()
        expect(row(side, "À relire plus tard")).to_be_visible()
    expect(page.locator(".sys")).to_contain_text("Vous avez arrêté la conversation")
    expect(office.locator(".sys")).to_contain_text("Amélie Petit a arrêté la conversation")
    expect(page.get_by_role("button", name=STOP)).to_have_count(0)


def test_6_it_is_listed_in_italics_with_its_moment_beneath(walk: Walk) -> None:
    title = subject()
    begun = walk.begin(walk.client, subject=title)
    page = walk.open(walk.client, begun)
    expect(listed(page, "Ouvert", begun)).to_be_visible()
    walk.open(page, begun).get_by_role("button", name=STOP).click()
    expect(page.locator("[data-status]")).to_contain_text("Terminée le", timeout=SOON)
    expect(listed(page, "Ouvert", begun)).to_have_count(0)
    for state in ("Fermé", "Tous"):
        line = listed(page, state, begun)
        name, moment = line.get_by_text(title, exact=True), line.get_by_text(MOMENT)
        expect(name).to_have_css("font-style", "italic")
        above, beneath = box(name), box(moment)
        assert abs(above["x"] - beneath["x"]) < 2
        assert 0 <= beneath["y"] - (above["y"] + above["height"]) < 8
        line.click()
        expect(page.get_by_role("heading", level=1)).to_have_text(title)


def test_6_it_is_taken_up_again(walk: Walk) -> None:
    """A client who reopens raises an alarm: the office finds it in *À traiter*."""
    begun = walk.begin(walk.client)
    page = walk.open(walk.client, begun)
    assert walk.post(page, f"/c/{begun}/close") == 302
    page.reload()
    page.get_by_role("button", name="Rouvrir").click()
    expect(page.locator(BOX)).to_be_visible(timeout=SOON)
    walk.accountant.goto("/desk/")
    expect(walk.accountant.locator(f"[data-conversation='{begun}']")).to_contain_text("Rouverte")


def test_7_what_the_office_began_a_company_cannot_close(walk: Walk) -> None:
    """No button, and the server refuses whoever tries without it; the conversation stays open."""
    walk.people.expected.append(REFUSED)
    begun = walk.begin(walk.accountant)
    for page in (walk.client, walk.friend):
        walk.open(page, begun)
        expect(
            page.get_by_role("button", name="Répondre").or_(page.get_by_role("button", name="Envoyer"))
        ).to_be_visible()
        expect(page.get_by_role("button", name=STOP)).to_have_count(0)
        assert walk.post(page, f"/c/{begun}/close") == 403
    expect(listed(walk.client, "Ouvert", begun)).to_be_visible()
    send(walk.open(walk.client, begun), "Voici")
    expect(walk.client.get_by_role("button", name=STOP)).to_have_count(0)


def test_7_a_colleague_closes_what_one_of_us_began(walk: Walk) -> None:
    begun = walk.begin(walk.client)
    walk.open(walk.friend, begun).get_by_role("button", name=STOP).click()
    expect(walk.friend.locator("[data-status]")).to_contain_text("Terminée le", timeout=SOON)


@pytest.mark.parametrize("starter", ["client", "accountant"])
def test_7_the_office_closes_any_of_its_dossiers(walk: Walk, starter: str) -> None:
    begun = walk.begin(walk.client if starter == "client" else walk.accountant)
    page = walk.open(walk.client, begun)
    walk.open(walk.accountant, begun).get_by_role("button", name=re.compile("^Clore")).click()
    expect(page.locator("[data-status]")).to_contain_text("Terminée le", timeout=SOON)


# ── Who reads along ──────────────────────────────────────────────────────
def test_a_private_conversation_is_not_there_for_a_colleague(walk: Walk) -> None:
    """Not in a list, a search, a counter or by its address: what comes back is what comes for nothing at all."""
    walk.people.expected.append(REFUSED)
    colleague, title = walk.friend, subject()
    colleague.goto("/communication/?state=all")
    ready(colleague)
    before = (counter(colleague), colleague.locator(".tabs").inner_text(), colleague.locator(".conv").count())
    person = walk.member("delvaux-accountant")
    begun = walk.begin(walk.client, subject=title, audience="private", person=person)
    page = walk.open(walk.client, begun)
    expect(page.locator(".audience.private")).to_contain_text("Conversation privée.")
    expect(page.locator(".audience.private")).to_contain_text(
        "Lue par vous, Thomas Leroy et le bureau comptable."
    )
    office = walk.open(walk.accountant, begun)
    send(office, "Entre nous")
    expect(row(page, "Entre nous")).to_be_visible(timeout=SOON)
    colleague.wait_for_timeout(500)  # what would come live would be here
    assert title not in colleague.content()
    colleague.reload()
    now = (counter(colleague), colleague.locator(".tabs").inner_text(), colleague.locator(".conv").count())
    assert now == before
    colleague.goto(f"/search?q={title.split()[1]}")
    expect(colleague.get_by_text("Rien trouvé pour")).to_be_visible()
    hidden = colleague.request.get(f"/communication/{begun}/")
    nothing = colleague.request.get(f"/communication/{NOTHING}/")
    assert (hidden.status, hidden.text()) == (nothing.status, nothing.text())
    assert hidden.status == 404


def test_a_private_conversation_is_between_two_colleagues_too(walk: Walk) -> None:
    title = subject()
    friend = walk.member(f"friend-{walk.size}")
    begun = walk.begin(walk.client, subject=title, audience="private", person=friend)
    walk.open(walk.friend, begun)
    expect(walk.friend.locator(".th-head")).to_contain_text("avec Amélie Petit")
    line = listed(walk.client, "Ouvert", begun)
    expect(line).to_contain_text("Privée")
    expect(line).to_contain_text("avec Bruno Petit")


def test_a_shared_one_is_read_by_all_with_full_access(walk: Walk) -> None:
    title = subject()
    begun = walk.begin(walk.client, subject=title)
    walk.friend.goto(f"/search?q={title.split()[1]}")
    expect(walk.friend.get_by_role("link", name=re.compile(title))).to_be_visible()
    page = walk.open(walk.friend, begun)
    expect(page.locator(".th-head")).to_contain_text(re.compile(r"Partagée · lue par \d personnes"))
