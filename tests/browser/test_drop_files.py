"""Real files dropped on the page of the accounts: each with its progress and its answer, and sixty at once."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import REFUSED
from tests.ledger.samples import WHOLE, belgian_ubl, coda_file

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from playwright.sync_api import Page

    from tests.browser.conftest import People
    from tests.browser.product import Product

pytestmark = pytest.mark.browser

SOON = 120_000
ROWS = "[data-import-list] > li"
DROP = """given => {
    const transfer = new DataTransfer();
    for (const [name, data] of given) {
        const bytes = Uint8Array.from(atob(data), (char) => char.charCodeAt(0));
        transfer.items.add(new File([bytes], name));
    }
    const options = { bubbles: true, cancelable: true, dataTransfer: transfer };
    for (const type of ["dragenter", "dragover"]) document.body.dispatchEvent(new DragEvent(type, options));
    const over = document.querySelector("[data-imports]").classList.contains("over");
    document.body.dispatchEvent(new DragEvent("drop", options));
    return over;
}"""
# Every row that ever showed a progress, as rows come and go within a moment.
WATCH = """() => {
    window.seen = new Set();
    const look = () => document.querySelectorAll("[data-import-list] progress").forEach((bar) =>
        window.seen.add(bar.getAttribute("aria-label")));
    new MutationObserver(look).observe(document.querySelector("[data-import-list]"), { childList: true, subtree: true });
}"""


def drop(page: Page, files: Sequence[tuple[str, bytes]]) -> None:
    given = [[name, base64.b64encode(data).decode()] for name, data in files]
    assert page.evaluate(DROP, given) is True  # the page shows that it takes them


@pytest.fixture
def accounts(visit: Callable[..., Page], product: Product) -> Page:
    page = visit("accountant", f"/desk/companies/{product.facts['bakery']}/accounts")
    page.evaluate(WATCH)
    return page


def samples() -> list[tuple[str, bytes]]:
    """One of each kind, as they came from elsewhere."""
    first: dict[str, tuple[str, bytes]] = {}
    for path in WHOLE:
        kind = next(
            one
            for one in path.parts
            if one in {"ubl", "facturx", "coda", "camt053", "mt940", "cii", "EUPL-1.2"}
        )
        first.setdefault(kind, (path.name, path.read_bytes()))
    return list(first.values())


def test_real_files_of_every_kind_and_two_bad_ones(accounts: Page, people: People) -> None:
    people.expected.append(REFUSED)
    files = samples()
    bad = [("torn.xml", b"<Invoice><unclosed>"), ("program.exe", b"\x7fELF" + bytes(200))]
    drop(accounts, [*files, *bad])
    for name, _data in files:
        row = accounts.locator(ROWS, has_text=name)
        expect(row.locator(".chip.done, .chip").first).to_be_visible(timeout=SOON)
    torn = accounts.locator(ROWS, has_text="torn.xml")
    expect(torn).to_contain_text("Not readable", timeout=SOON)
    expect(torn).to_contain_text("Line 1")
    expect(accounts.locator(ROWS, has_text="program.exe")).to_contain_text("program", timeout=SOON)
    assert set(accounts.evaluate("[...window.seen]")) == {name for name, _ in [*files, *bad]}
    expect(accounts.locator("progress")).to_have_count(0)


def test_sixty_at_once_are_all_there_and_matched(accounts: Page, visit: Callable[..., Page]) -> None:
    files = []
    for number in range(1, 31):
        said = f"Facture 2026/{7000 + number}"
        files += [
            (f"invoice-{number}.xml", belgian_ubl(number=said[8:], buyer="0712458367")),
            (
                f"statement-{number}.cod",
                coda_file(
                    movements=((-121_000, said, "MOULINS DE LA SENNE"),), number=number, opening=number
                ),
            ),
        ]
    before = accounts.locator(ROWS).count()
    drop(accounts, files)
    expect(accounts.locator(ROWS)).to_have_count(before + 60)
    expect(accounts.locator("progress")).to_have_count(0, timeout=SOON)
    expect(accounts.locator(f"{ROWS}.failed")).to_have_count(0)
    assert len(accounts.evaluate("[...window.seen]")) == 60
    payments = f"{accounts.url.partition('?')[0]}?view=payments&q=2026/7030"
    page = visit("accountant", payments)
    for _look in range(60):
        if page.locator(".pays .chip.done").count():
            break
        page.wait_for_timeout(1000)
        page.reload()
    expect(page.locator(".pays .chip.done")).to_have_count(1)
