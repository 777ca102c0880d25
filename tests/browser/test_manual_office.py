"""The other side of the counter, points 8 to 10: many at once, the inbox and its views, notes for the staff only."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.thread import BOX, SOON, ready, row
from tests.browser.walk import counter, send, subject

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

    from tests.browser.walk import Walk

pytestmark = pytest.mark.browser

VIEWS = ("À traiter", "En attente du client", "Toutes les ouvertes", "Fermé")


def in_view(page: Page, view: str, conversation: str) -> Locator:
    """The row in this view of the inbox, reached by the rail."""
    if "/desk/" not in page.url:
        page.goto("/desk/")
    page.get_by_role("navigation", name="Navigation principale").get_by_role("link", name=view).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(view)
    return page.locator(f"[data-row][data-conversation='{conversation}']")


def test_8_a_conversation_starts_for_one_dossier(walk: Walk) -> None:
    page, title = walk.accountant, subject()
    page.goto("/desk/")
    page.get_by_role("link", name="Nouvelle conversation").first.click()
    page.get_by_label("Filtrer les dossiers").fill(f"jardin {walk.size}")
    expect(page.locator(".picklist li:visible")).to_have_count(1)
    page.get_by_role("checkbox", name=re.compile(f"Fleurs & Jardin {walk.size}")).check()
    page.get_by_label("Sujet").fill(title)
    page.get_by_label("Message", exact=True).fill("Une question pour vous seuls")
    walk.client.goto("/communication/")
    page.get_by_role("button", name="Envoyer").click()
    page.wait_for_url(re.compile(r"/desk/c/"))
    expect(walk.client.locator(".convs").get_by_text(title)).to_be_visible(timeout=SOON)


def test_8_and_for_a_selection_with_fields_filled_for_each(walk: Walk) -> None:
    """Filter, tick, start: one separate conversation for each, and neither company sees the other's."""
    page, title = walk.accountant, subject()
    page.goto("/desk/new")
    page.get_by_label("Filtrer les dossiers").fill("mensuel")
    for size in ("phone", "desk"):
        page.get_by_role("checkbox", name=re.compile(f"Fleurs & Jardin {size}")).check()
    page.get_by_label("Sujet").fill(f"{title} : TVA {{{{ period }}}}")
    page.get_by_label("Message", exact=True).fill("Bonjour ")
    page.locator("[data-insert*=company]").click()
    page.locator(BOX).press_sequentially(", avant le {{ deadline }}.")
    page.get_by_label(re.compile("^Période")).fill("octobre 2026")
    page.get_by_label(re.compile("^Échéance")).fill("20 novembre")
    page.get_by_role("button", name="Aperçu").click()
    shown = page.get_by_role("region", name="Aperçu").get_by_role("article")
    expect(shown).to_have_count(2)
    for size in ("phone", "desk"):
        expect(shown.filter(has_text=f"Bonjour Fleurs & Jardin {size}, avant le 20 novembre.")).to_have_count(
            1
        )
    page.get_by_role("button", name="Envoyer").click()
    page.wait_for_url(re.compile("view=waiting"))
    expect(page.locator("#status")).to_contain_text("2 conversations commencées")
    expect(page.locator("[data-row]", has_text=f"{title} : TVA octobre 2026")).to_have_count(2)
    client = walk.client
    client.goto("/communication/")
    line = client.locator("a.conv", has_text=f"{title} : TVA octobre 2026")
    expect(line).to_have_count(1)
    expect(line).to_contain_text(f"Bonjour Fleurs & Jardin {walk.size}, avant le 20 novembre.")


def test_8_the_inbox_s_selection_is_written_to(walk: Walk) -> None:
    page = walk.accountant
    begun = walk.begin(walk.client)
    in_view(page, "À traiter", begun).get_by_role("checkbox").check()
    page.get_by_role("button", name="Écrire à ces dossiers").click()
    page.wait_for_url(re.compile(f"/desk/new.*company={walk.company}"))
    ticked = page.locator(".picklist input:checked")
    expect(ticked).to_have_count(1)
    expect(ticked).to_have_value(walk.company)


def test_9_the_inbox_says_who_waits_since_when(walk: Walk) -> None:
    """À traiter, En attente du client, Toutes les ouvertes, Fermé: each conversation stands where it belongs."""
    page = walk.accountant
    title = subject()
    begun = walk.begin(walk.client, subject=title)
    line = in_view(page, VIEWS[0], begun)
    heads = page.locator("thead th").all_inner_texts()
    assert [head.strip() for head in heads if head.strip()] == [
        "Dossier", "Sujet et dernier message", "État", "Ass.", "Attend depuis"
    ]  # fmt: skip
    expect(line).to_contain_text(f"Fleurs & Jardin {walk.size}")
    expect(line).to_contain_text(title)
    expect(line).to_contain_text("Nouveau message")
    expect(line.locator(".num")).to_have_text(re.compile(r"^\d+ min$"))
    expect(in_view(page, VIEWS[1], begun)).to_have_count(0)
    walk.open(page, begun)
    page.get_by_role("switch", name="Attend une réponse").check()
    send(page, "Et le montant ?")
    expect(in_view(page, VIEWS[0], begun)).to_have_count(0)
    expect(in_view(page, VIEWS[1], begun)).to_contain_text("En attente du client")
    expect(in_view(page, VIEWS[2], begun)).to_be_visible()
    walk.open(page, begun).get_by_role("button", name=re.compile("^Clore")).click()
    expect(page.locator("[data-status]")).to_contain_text("Terminée le", timeout=SOON)
    expect(in_view(page, VIEWS[2], begun)).to_have_count(0)
    expect(in_view(page, VIEWS[3], begun)).to_contain_text("Terminée")


def test_9_of_one_dossier_only(walk: Walk) -> None:
    page = walk.accountant
    begun = walk.begin(walk.client)
    page.goto(f"/desk/?view=open&scope={walk.company}")
    expect(page.locator(f"[data-conversation='{begun}']")).to_be_visible()
    names = set(page.locator("[data-row] td.d").all_inner_texts())
    assert names == {f"Fleurs & Jardin {walk.size}"}


def test_9_handled_takes_it_off_the_desk(walk: Walk) -> None:
    page = walk.accountant
    begun = walk.begin(walk.client)
    walk.open(page, begun)
    before = counter(page)
    page.get_by_role("button", name=re.compile("^Traitée")).click()
    expect(page.get_by_role("button", name=re.compile("^Traitée"))).to_have_count(0, timeout=SOON)
    expect(page.locator("[data-counter=to_handle] [data-number]")).to_have_text(str(before - 1), timeout=SOON)
    expect(in_view(page, VIEWS[0], begun)).to_have_count(0)
    expect(in_view(page, VIEWS[2], begun)).to_contain_text("Rien n’attend")


def test_9_it_is_assigned_to_somebody(walk: Walk) -> None:
    page = walk.accountant
    begun = walk.begin(walk.client)
    walk.open(page, begun)
    page.get_by_role("combobox", name="Assignée à").select_option(label="Béatrice Delvaux")
    page.get_by_role("button", name="Assigner").click()
    line = in_view(page, VIEWS[2], begun)
    expect(line.get_by_title("Béatrice Delvaux")).to_have_text("BD")
    boss = walk.tab("delvaux")
    boss.goto("/desk/?view=open&scope=mine")
    expect(boss.locator(f"[data-conversation='{begun}']")).to_be_visible()


def test_10_a_note_stays_in_the_office(walk: Walk) -> None:
    """Not on the client's page, in what comes live, in what is searched; a colleague of the office sees it at once."""
    begun = walk.begin(walk.client)
    client = walk.open(walk.client, begun)
    boss = walk.tab("delvaux")
    boss.goto(f"/desk/c/{begun}/")
    page = walk.open(walk.accountant, begun)
    page.get_by_role("link", name="Note interne").click()
    expect(page.get_by_text("Seul votre bureau lit ceci.")).to_be_visible()
    page.get_by_role("textbox", name="Note interne").fill("Attention : client hésitant")
    page.get_by_role("button", name="Garder la note").click()
    for side in (page, boss):
        expect(side.locator(".inote")).to_contain_text("Attention : client hésitant", timeout=SOON)
        expect(side.locator(".inote")).to_contain_text("Interne")
    page.get_by_role("link", name="Répondre").click()
    send(page, "Bien reçu, merci")
    expect(row(client, "Bien reçu, merci")).to_be_visible(timeout=SOON)
    hidden = [client.content(), client.request.get(f"/c/{begun}/changes?since=0").text()]
    client.reload()
    hidden.append(client.content())
    client.goto("/search?q=hésitant")
    expect(client.get_by_text("Rien trouvé pour")).to_be_visible()
    assert [text for text in hidden if "client hésitant" in text] == []


def test_the_office_finds_by_subject_and_text(walk: Walk) -> None:
    """Without accents, in capitals, by the beginning of a word."""
    title = subject()
    begun = walk.begin(walk.client, subject=f"{title} Électricité", body="Le relevé du compteur")
    page = walk.accountant
    page.goto("/desk/")
    page.get_by_role("searchbox", name="Rechercher").fill(f"ELECTRI {title.split()[1]}")
    page.keyboard.press("Enter")
    hit = page.locator(".hit", has_text=title)
    expect(hit).to_contain_text(f"Fleurs & Jardin {walk.size}")
    hit.click()
    expect(page).to_have_url(re.compile(begun))
    expect(ready(page).get_by_role("heading", level=1)).to_have_text(f"{title} Électricité")
