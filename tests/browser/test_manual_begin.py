"""The client's manual, points 1 to 3: Communication, a new conversation, and what one sees of one's own message."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from comptoir.ops.demo_papers import paper
from tests.browser.conftest import REFUSED
from tests.browser.thread import BOX, SOON, menu, ready, row
from tests.browser.walk import BLUE, box, send, subject

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Page

    from tests.browser.walk import Walk

pytestmark = pytest.mark.browser

CHIP = "[data-chips] .file"


def test_1_communication_holds_everything(walk: Walk) -> None:
    """All messages from the accountant, what is to be answered, the button, and the counter of what is due."""
    asked, title = subject(), subject()
    walk.begin(walk.accountant, subject=asked)
    walk.begin(walk.client, subject=title)
    page = walk.client
    page.goto("/")
    expect(page).to_have_url(re.compile("/communication/$"))
    entry = page.get_by_role("navigation").get_by_role("link", name="Communication")
    expect(entry).to_have_attribute("aria-current", "page")
    expect(page.get_by_role("heading", level=1)).to_have_text("Communication")
    due = int(entry.locator("[data-number]").inner_text())
    assert due >= 1
    expect(entry).to_have_accessible_name(re.compile(rf"Communication\s*{due} à traiter"))
    expect(page.locator(".pile")).to_contain_text(asked)
    expect(page.locator(".convs").get_by_text(asked)).to_be_visible()
    expect(page.locator(".convs").get_by_text(title)).to_be_visible()
    tabs = page.get_by_role("navigation", name="Filtre").get_by_role("link")
    assert [text.split()[0] for text in tabs.all_inner_texts()] == ["Ouvert", "Fermé", "Tous"]
    page.locator(".pile").get_by_role("link", name="Répondre").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(asked)


def test_2_the_blue_button_stands_at_the_bottom_left(walk: Walk) -> None:
    page = walk.client
    page.goto("/communication/")
    button = page.get_by_role("link", name="Nouvelle conversation")
    expect(button).to_have_css("background-color", BLUE)
    stands = box(button)
    height = page.viewport_size["height"] if page.viewport_size else 0
    assert stands["x"] < 40
    assert stands["y"] > height * 0.75
    button.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Nouvelle conversation")


def test_2_what_a_new_conversation_asks(walk: Walk) -> None:
    page = walk.client
    page.goto("/communication/new")
    legend = page.locator("legend")
    expect(legend).to_have_text("Qui regarde / lit avec")
    expect(page.get_by_role("radio", name="Tous les accès complets")).to_be_checked()
    expect(page.get_by_text("Bruno Petit et votre comptable")).to_be_visible()
    person = page.get_by_role("combobox", name="Personne")
    expect(person).to_be_hidden()
    page.get_by_role("radio", name="Une personne précise").check()
    expect(person).to_be_visible()
    offered = person.locator("option").all_inner_texts()
    assert "Bruno Petit, Accès complet" in offered
    assert "Thomas Leroy, votre comptable" in offered
    expect(page.get_by_label("Sujet")).to_be_visible()
    expect(page.get_by_label("Message", exact=True)).to_be_visible()
    page.get_by_role("radio", name="Tous les accès complets").check()


def tools_stand_at_the_right(page: Page) -> None:
    """The paperclip at the right end of the text bar, the emoji beside it."""
    bar, clip = box(page.locator(".textbox:visible").first), box(page.locator("label:has([data-pick])").first)
    emoji = box(page.get_by_role("button", name="Emoji").first)
    assert bar["x"] + bar["width"] - (clip["x"] + clip["width"]) < 8
    assert 0 <= clip["x"] - (emoji["x"] + emoji["width"]) < 8
    assert abs(clip["y"] - emoji["y"]) < 3


def sends_at_the_bottom_left(page: Page) -> None:
    button = page.get_by_role("button", name="Envoyer")
    expect(button).to_have_css("background-color", BLUE)
    stands, bar = box(button), box(page.locator(".textbox:visible").first)
    assert abs(stands["x"] - bar["x"]) < 8
    assert stands["y"] > bar["y"] + bar["height"]


def test_2_envoyer_at_the_bottom_left_sends(walk: Walk) -> None:
    """The whole of it: shared, with a subject, a message and an emoji; the accountant sees it without a reload."""
    office, page, title = walk.accountant, walk.client, subject()
    office.goto("/desk/")
    page.goto("/communication/new")
    tools_stand_at_the_right(ready(page))
    sends_at_the_bottom_left(page)
    page.get_by_label("Sujet").fill(title)
    page.get_by_label("Message", exact=True).fill("Bonjour Thomas, voici ma question. ")
    page.get_by_role("button", name="Emoji").click()
    page.get_by_label("Chercher un emoji").fill("pouce vers le haut")
    page.keyboard.press("Enter")
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Envoyer").click()
    page.wait_for_url(re.compile(r"/communication/[0-9a-f-]{36}/"))
    expect(page.get_by_role("heading", level=1)).to_have_text(title)
    expect(row(page, "voici ma question. 👍")).to_be_visible()
    expect(page.locator(".audience")).to_contain_text(
        f"Vu par : tous les accès complets de Fleurs & Jardin {walk.size} et votre comptable"
    )
    tools_stand_at_the_right(page)
    sends_at_the_bottom_left(page)
    line = office.locator("[data-row]", has_text=title)
    expect(line).to_be_visible(timeout=SOON)
    expect(line).to_contain_text("Bonjour Thomas")


def test_2_an_invoice_is_attached_and_shown(walk: Walk, tmp_path: Path) -> None:
    """A PDF as programs write invoices: name, size and first page, on both sides."""
    invoice = tmp_path / "facture-mars.pdf"
    invoice.write_bytes(paper("facture-mars.pdf", company="Fleurs & Jardin"))
    begun = walk.begin(walk.client)
    walk.accountant.goto(f"/desk/c/{begun}/")
    page = walk.open(walk.client, begun)
    page.set_input_files("[data-pick]", invoice)
    expect(page.locator(CHIP)).to_contain_text("facture-mars.pdf")
    expect(page.locator(CHIP).locator("progress")).to_be_hidden(timeout=SOON)
    page.fill(BOX, "La facture de mars")
    page.get_by_role("button", name="Envoyer").click()
    for side in (page, walk.accountant):
        file = row(side, "La facture de mars").locator("a.file")
        expect(file).to_contain_text("facture-mars.pdf", timeout=SOON)
        expect(file).to_contain_text("1 page", timeout=3 * SOON)
        drawn = file.locator("img.page")
        expect(drawn).to_be_visible(timeout=SOON)
        side.wait_for_function("picture => picture.naturalWidth > 20", arg=drawn.element_handle())
    address = row(page, "La facture de mars").locator("a.file").get_attribute("href")
    assert address
    answer = walk.accountant.request.get(address)
    assert answer.body() == invoice.read_bytes()
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.headers["content-disposition"].startswith("inline")


def test_3_a_blue_tick_says_that_it_was_delivered(walk: Walk) -> None:
    begun = walk.begin(walk.client)
    walk.accountant.goto("/profile/")
    page = walk.open(walk.client, begun)
    send(page, "Est-ce arrivé ?")
    tick = row(page, "Est-ce arrivé ?").locator(".tick")
    expect(tick).to_have_attribute("title", re.compile(r"^Envoyé le .+, pas encore remis$"))
    expect(tick).not_to_have_css("color", BLUE)
    walk.accountant.goto("/desk/")
    expect(tick).to_have_class(re.compile("delivered"), timeout=SOON)
    expect(tick).to_have_attribute(
        "title", re.compile(r"^Remis à Thomas Leroy le .+, \d\d:\d\d, pas nécessairement lu$")
    )
    expect(tick).to_have_css("color", BLUE)
    bubble, stands = box(row(page, "Est-ce arrivé ?").locator(".bubble")), box(tick)
    assert stands["y"] >= bubble["y"] + bubble["height"] - 1
    assert stands["x"] > bubble["x"]
    walk.open(walk.accountant, begun)
    expect(tick).to_have_attribute("title", re.compile(r"^Vu par Thomas Leroy le "), timeout=SOON)
    menu(page, "Est-ce arrivé ?", "Remis à qui, quand")
    expect(page.get_by_role("dialog")).to_contain_text("Thomas Leroy")
    page.keyboard.press("Escape")


def test_3_three_dots_stand_in_front_of_my_message(walk: Walk) -> None:
    begun = walk.begin(walk.client)
    page, office = walk.open(walk.client, begun), walk.open(walk.accountant, begun)
    send(office, "Un message du bureau")
    send(page, "Une faute de frapp")
    mine = row(page, "Une faute de frapp")
    dots = mine.get_by_label("Actions de votre message")
    bubble, stands = box(mine.locator(".bubble")), box(dots)
    assert stands["x"] + stands["width"] <= bubble["x"] + 1
    assert abs(stands["y"] + stands["height"] / 2 - bubble["y"] - bubble["height"] / 2) < bubble["height"]
    expect(row(page, "Un message du bureau").locator("summary")).to_have_count(0)
    menu(page, "Une faute de frapp", "Modifier")
    page.locator(".edit-form textarea").fill("Une faute de frappe")
    page.get_by_role("button", name="Enregistrer").click()
    for side in (page, office):
        expect(row(side, "Une faute de frappe")).to_contain_text("modifié", timeout=SOON)
    menu(page, "Une faute de frappe", "Supprimer")
    expect(page.locator(".toast")).to_contain_text("Message supprimé")
    page.goto("/communication/")
    expect(office.locator(".msg.gone")).to_contain_text("Message supprimé", timeout=SOON)
    assert "faute de frapp" not in office.locator("[data-log]").inner_text()


def test_3_nobody_changes_what_another_wrote(walk: Walk) -> None:
    """Not by the page, and not by its address."""
    walk.people.expected.append(REFUSED)
    begun = walk.begin(walk.client)
    office = walk.open(walk.accountant, begun)
    send(office, "Du bureau")
    message = row(office, "Du bureau").get_attribute("id")
    assert message
    page = walk.open(walk.client, begun)
    for verb in ("edit", "delete"):
        assert walk.post(page, f"/messages/{message.removeprefix('m-')}/{verb}", body="Autre chose") == 403
    office.reload()
    expect(row(office, "Du bureau")).to_be_visible()
