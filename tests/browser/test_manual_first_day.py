"""The whole way on a fresh installation: the office, its list of clients, an invitation, and the first words."""

from __future__ import annotations

import base64
import email
import email.policy
import hashlib
import hmac
import re
import struct
import time
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.axe import violations
from tests.browser.conftest import REFUSED, People
from tests.browser.product import Product
from tests.browser.thread import SOON, row
from tests.browser.walk import SIZES, WIDE, send

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

PASSWORD = "une phrase assez longue"
ROWS = """Dénomination;Numéro d’entreprise;Régime TVA;Langue
Boulangerie du Coin SRL;{good};mensuel;français
Garage Sans Numéro SA;0712.458.360;trimestriel;français
Drukkerij De Pers BV;{other};kwartaal;nederlands
"""


@pytest.fixture(scope="module")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Product]:
    """Nobody has used it yet."""
    made = Product(tmp_path_factory.mktemp("fresh"))
    made.start()
    yield made
    made.stop()
    assert "Content-Security-Policy report" not in made.log.read_text()


@pytest.fixture
def visitors(browser: Browser, fresh: Product) -> Iterator[People]:
    made = People(browser, fresh)
    made.expected.append(REFUSED)  # forms with something to correct
    yield made
    made.close()
    assert made.complaints == []


def digits(secret: str) -> str:
    """What an authenticator app shows for this key now (RFC 6238)."""
    key = base64.b32decode(secret)
    stamp = hmac.new(key, struct.pack(">Q", int(time.time()) // 30), hashlib.sha1).digest()
    number = struct.unpack(">I", stamp[stamp[-1] & 15 :][:4])[0] & 0x7FFFFFFF
    return f"{number % 1_000_000:06}"


def mailed(product: Product, address: str) -> str:
    """The text of the newest mail to this address."""
    mails = [
        email.message_from_bytes(data, policy=email.policy.default)
        for path in sorted(product.mail.iterdir(), key=lambda path: path.stat().st_mtime)
        for data in path.read_bytes().split(b"-" * 79 + b"\n")
        if data.strip()
    ]
    mine = [mail for mail in mails if mail["To"] == address]
    assert mine, [mail["To"] for mail in mails]
    return str(mine[-1].get_content())


def is_well(page: Page) -> None:
    assert violations(page) == [], page.url


def found_the_office(page: Page) -> None:
    page.goto("/")
    expect(page).to_have_url(re.compile("/start$"))
    is_well(page)
    page.get_by_label("Nom du bureau").fill("Fiduciaire Neuve")
    page.get_by_label("Votre nom").fill("Claire Neuve")
    page.get_by_label("Votre adresse e-mail").fill("claire@neuve.example")
    page.get_by_label("Mot de passe").fill("trop court")
    page.get_by_role("button", name="Créer le bureau").click()
    expect(page.locator(".error")).to_contain_text("12")
    is_well(page)
    expect(page.get_by_label("Nom du bureau")).to_have_value("Fiduciaire Neuve")
    page.get_by_label("Mot de passe").fill(PASSWORD)
    page.get_by_role("button", name="Créer le bureau").click()


def set_up_the_second_factor(page: Page) -> str:
    """Returns one of the recovery codes."""
    expect(page.get_by_role("heading", level=1)).to_have_text("Second facteur")
    expect(page.get_by_text("Votre bureau le demande")).to_be_visible()
    page.get_by_role("listitem").filter(has_text="Application").get_by_role("link").click()
    is_well(page)
    page.get_by_label("Les six chiffres").fill(digits(page.locator(".secret").inner_text()))
    page.get_by_role("button", name="Mettre en place").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Codes de secours")
    expect(page.locator(".codes li")).to_have_count(10)
    is_well(page)
    code = page.locator(".codes li").first.inner_text()
    page.get_by_role("link", name="Je les ai gardés").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("À traiter")
    return code


def import_the_clients(page: Page, rows: Path) -> None:
    """Looked at first: the bad row is named, and keeps no good one out."""
    page.get_by_role("link", name="Dossiers", exact=True).click()
    expect(page.get_by_text("Importez votre liste, ou ouvrez le premier dossier.")).to_be_visible()
    page.get_by_role("link", name="Importer", exact=True).click()
    page.get_by_label("Fichier").set_input_files(rows)
    page.get_by_role("button", name="Voir d’abord").click()
    problems = page.get_by_role("list", name="Laissés de côté")
    expect(problems.get_by_role("listitem")).to_have_count(1)
    expect(problems).to_contain_text("Ligne 3")
    expect(problems).to_contain_text("« 0712.458.360 » n’est pas un numéro d’entreprise belge")
    expect(page.get_by_text("2 nouveaux")).to_be_visible()
    is_well(page)
    page.get_by_role("button", name="Importer").click()
    expect(page.locator("#status")).to_contain_text("2 dossiers ouverts.")
    names = page.locator("tbody th").all_inner_texts()
    assert names == ["Boulangerie du Coin SRL", "Drukkerij De Pers BV"]


def invite(page: Page, address: str) -> None:
    page.get_by_role("link", name="Boulangerie du Coin SRL").click()
    page.get_by_label("Adresse e-mail").fill(address)
    page.get_by_label("Nom", exact=True).fill("Rosa Boulanger")
    expect(page.get_by_label("Profil", exact=True)).to_have_value("full_access")
    page.get_by_role("button", name="Envoyer l’invitation").click()
    expect(page.locator("#status")).to_contain_text(f"L’invitation est en route vers {address}.")
    expect(page.get_by_text(address, exact=True)).to_be_visible()


def join(page: Page, link: str) -> None:
    """On the phone: the link alone does nothing, the button shows who invites, and a password ends it."""
    page.goto(link)
    expect(page.get_by_role("heading", level=1)).to_have_text("Votre invitation")
    assert "#" not in page.url
    is_well(page)
    page.get_by_role("button", name="Voir l’invitation").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Fiduciaire Neuve vous invite")
    expect(page.get_by_text("chez Boulangerie du Coin SRL, avec le profil « Accès complet »")).to_be_visible()
    expect(page.get_by_label("Votre nom")).to_have_value("Rosa Boulanger")
    is_well(page)
    page.get_by_label("Mot de passe").fill(PASSWORD)
    page.get_by_role("button", name="Accepter l’invitation").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Communication")
    expect(page.get_by_text("Rien n’est ouvert.")).to_be_visible()


def talk(client: Page, office: Page) -> None:
    client.get_by_role("link", name="Nouvelle conversation").click()
    client.get_by_label("Sujet").fill("Ma première question")
    client.get_by_label("Message", exact=True).fill("Bonjour Claire !")
    office.goto("/desk/")
    client.get_by_role("button", name="Envoyer").click()
    client.wait_for_url(re.compile("/communication/[0-9a-f-]{36}/"))
    office.get_by_role("link", name="Ma première question").click(timeout=SOON)
    expect(row(office, "Bonjour Claire !")).to_contain_text("Rosa Boulanger")
    send(office, "Bonjour Rosa, bienvenue.")
    expect(row(client, "Bonjour Rosa, bienvenue.")).to_be_visible(timeout=SOON)
    send(client, "Merci !")
    expect(row(office, "Merci !")).to_be_visible(timeout=SOON)


def test_from_nothing_to_the_first_words(visitors: People, fresh: Product, tmp_path: Path) -> None:
    from comptoir.people.enterprise_number import check_digits  # noqa: PLC0415 -- for two numbers that fit

    rows = tmp_path / "clients.csv"
    rows.write_text(ROWS.format(good=check_digits("07990101"), other=check_digits("07990102")))
    office = visitors.visitor(viewport=WIDE, locale="fr").new_page()
    found_the_office(office)
    fresh.facts["code"] = set_up_the_second_factor(office)
    import_the_clients(office, rows)
    invite(office, "rosa@boulangerie.example")
    mail = mailed(fresh, "rosa@boulangerie.example")
    assert "Bonjour Rosa Boulanger," in mail
    link = re.search(r"http\S+/join#\S+", mail)
    assert link
    client = visitors.visitor(locale="fr", **SIZES["phone"]).new_page()
    join(client, link[0])
    talk(client, office)
    again = visitors.visitor(locale="fr").new_page()
    again.goto("/start")
    expect(again.get_by_role("heading", level=1)).to_have_text("Rien ici")
    again.goto(link[0])
    again.get_by_role("button", name="Voir l’invitation").click()
    expect(again.get_by_role("alert")).to_contain_text("Ce lien n’est plus valable.")


def test_and_in_again_the_next_morning(visitors: People, fresh: Product) -> None:
    """After the test above: with the password on the phone, with the second factor too at the desk."""
    client = visitors.visitor(locale="fr", **SIZES["phone"]).new_page()
    client.goto("/")
    client.get_by_label("Adresse e-mail").fill("rosa@boulangerie.example")
    client.get_by_label("Mot de passe").fill(PASSWORD)
    client.get_by_role("button", name="Se connecter").click()
    expect(client.locator(".convs")).to_contain_text("Ma première question")
    office = visitors.visitor(locale="fr").new_page()
    office.goto("/desk/")
    office.get_by_label("Adresse e-mail").fill("claire@neuve.example")
    office.get_by_label("Mot de passe").fill(PASSWORD)
    office.get_by_role("button", name="Se connecter").click()
    expect(office.get_by_role("heading", level=1)).to_have_text("Deuxième étape")
    is_well(office)
    office.goto("/desk/")
    expect(office).to_have_url(re.compile("/accounts/2fa/authenticate/"))
    office.get_by_label("Code").fill(fresh.facts["code"])
    office.get_by_role("button", name="Se connecter").click()
    expect(office.get_by_role("link", name="Ma première question")).to_be_visible()
