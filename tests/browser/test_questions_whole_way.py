"""The whole way of questions, in French: files dropped, drafts raised, asked, answered on a phone, accepted, given out."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from tests.browser.axe import violations
from tests.browser.conftest import People
from tests.browser.layout import sticks_out
from tests.browser.thread import SOON, ready
from tests.browser.walk import Walk
from tests.files import corpus
from tests.ledger.samples import belgian_ubl, coda_file

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

    from tests.browser.product import Product

pytestmark = pytest.mark.browser

RAISED = 60_000  # files are read, matched, and looked at some seconds later
OVERDUE, EXPENSE = timedelta(days=40), timedelta(days=30)


@pytest.fixture(scope="module")
def walk(browser: Browser, product: Product) -> Iterator[Walk]:
    people = People(browser, product)
    yield Walk(people, "phone")
    people.close()
    assert people.complaints == []


def files(number: str) -> list[dict[str, object]]:
    """An invoice that nobody paid, long due and large; and a debit that no document explains."""
    now = timezone.localtime()
    issued, due, booked = (f"{now - ago:%Y-%m-%d}" for ago in (OVERDUE, OVERDUE / 2, EXPENSE))
    invoice = belgian_ubl(buyer=number, gross="1815.00")
    invoice = invoice.replace(b"2026-10-12", issued.encode()).replace(b"2026-11-11", due.encode())
    day = f"{booked[8:]}{booked[5:7]}{booked[2:4]}".encode()
    bank = (
        coda_file(movements=((-78_150, "CARTE 1234", "STATION DU LION"),))
        .replace(b"201126", day)
        .replace(b"211126", day)
    )
    return [
        {"name": "facture.xml", "mimeType": "application/xml", "buffer": invoice},
        {"name": "extrait.cod", "mimeType": "text/plain", "buffer": bank},
    ]


def raised(office: Page, walk: Walk) -> int:
    """Brings the files and waits for what they raise."""
    number = walk.facts["places"]["number-phone"]
    office.goto(f"/desk/companies/{walk.company}/accounts")
    ready(office).set_input_files("#files", files(number))
    rows = office.locator("table.drafts [data-row]")
    for _ in range(RAISED // 2_000):
        office.goto(f"/desk/companies/{walk.company}/questions")
        if rows.count() >= 3:
            return rows.count()
        office.wait_for_timeout(2_000)
    office.goto(f"/desk/companies/{walk.company}/accounts?view=payments")
    raise AssertionError(office.locator("main").inner_text())


def test_from_a_folder_of_files_to_the_books(walk: Walk, tmp_path: Path) -> None:
    number = raised(walk.accountant, walk)
    asked(walk.accountant)
    answered(walk.client, number, tmp_path)
    accepted(walk.accountant, number)
    spreadsheet = walk.accountant.request.get("/desk/answers/accepted.csv").text().splitlines()
    assert len(spreadsheet) == number + 1


def asked(office: Page) -> None:
    assert "Comment cette facture a-t-elle été payée" in office.content()
    office.get_by_label("Sujet").fill("Questions de novembre")
    office.get_by_role("button", name="Envoyer les questions").click()
    expect(office.locator("table.drafts [data-row]")).to_have_count(0, timeout=SOON)


def answered(client: Page, number: int, tmp_path: Path) -> None:
    """One after the other, on a phone."""
    client.goto("/communication/")
    client.get_by_role("link", name="Questions de novembre").first.click()
    client.get_by_role("link", name="Répondre aux questions").click()
    for place in range(1, number + 1):
        expect(client.locator(".pos")).to_contain_text(f"{place} / {number}", timeout=SOON)
        assert sticks_out(client) == []
        assert place > 1 or violations(client) == []
        answer(client, tmp_path)
    expect(client.locator("h1")).to_contain_text("Merci", timeout=SOON)
    assert client.locator(".recap li").count() == number
    assert violations(client) == []


def accepted(office: Page, number: int) -> None:
    """The first by keyboard, the others together."""
    office.goto("/desk/answers/")
    rows = ready(office).locator("[data-row]")
    expect(rows).to_have_count(number, timeout=SOON)
    assert violations(office) == []
    office.keyboard.press("j")
    office.keyboard.press("e")
    expect(rows).to_have_count(number - 1, timeout=SOON)
    office.locator("[data-select-all]").check()
    office.get_by_role("button", name="Accepter ce qui est coché").click()
    expect(rows).to_have_count(0, timeout=SOON)


def answer(client: Page, tmp_path: Path) -> None:
    """A photo where a document is asked for, and the first choice that takes one tap elsewhere."""
    heading = client.locator("h1").inner_text()
    if client.locator("[data-photo] input").count() and "justificatif" in heading:
        ticket = tmp_path / "ticket.pdf"
        ticket.write_bytes(corpus.pdf())
        client.locator("summary.answer", has=client.locator(".sub")).first.click()
        client.locator("details[open] input[type=file]").set_input_files(ticket)
    else:
        client.locator("form > button.answer").first.click()
