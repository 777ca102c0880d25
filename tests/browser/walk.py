"""For walking the client's manual: a client on one size of screen and the accountant at a desk, both in French."""

from __future__ import annotations

import re
import uuid
from typing import TYPE_CHECKING, Any

from playwright.sync_api import expect

from tests.browser.thread import BOX, SOON, ready, row

if TYPE_CHECKING:
    from playwright.sync_api import FloatRect, Locator, Page

    from tests.browser.conftest import People

WIDE = {"width": 1440, "height": 900}
SIZES: dict[str, dict[str, Any]] = {
    "phone": {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True},
    "desk": {"viewport": WIDE},
}
# As our tokens give colours: with some chroma, and a hue between cyan and violet. Playwright asks until it is so.
BLUE = re.compile(r"oklch\(\S+ 0\.[1-9]\d* 2[4-8]\d[.\d]*\)")


class Walk:
    """`client` is on the size that is walked; `friend` is her colleague, `accountant` the office."""

    def __init__(self, people: People, size: str) -> None:
        self.people, self.size = people, size
        self.tabs: dict[str, Page] = {}
        self.facts = people.product.facts
        self.company: str = self.facts["places"][f"company-{size}"]

    def tab(self, part: str, **given: Any) -> Page:
        if part not in self.tabs:
            self.tabs[part] = self.people.context(
                part, **{"viewport": WIDE, "locale": "fr", **given}
            ).new_page()
        return self.tabs[part]

    @property
    def client(self) -> Page:
        return self.tab(f"client-{self.size}", **SIZES[self.size])

    @property
    def friend(self) -> Page:
        return self.tab(f"friend-{self.size}")

    @property
    def accountant(self) -> Page:
        return self.tab("delvaux-accountant")

    def begin(self, page: Page, **given: Any) -> str:
        """Begun by the form's own address, without its page; returns the conversation's id."""
        is_office = page is self.accountant
        new = "/desk/new" if is_office else "/communication/new"
        token = re.search(r'csrfmiddlewaretoken" value="(\w+)"', page.request.get(new).text())
        assert token
        form = {"subject": subject(), "body": "Pouvez-vous regarder ?", "audience": "shared", **given}
        if is_office:
            form = {"company": self.company, "expects_answer": "on", **form}
            form = {name: value for name, value in form.items() if value}
        form["csrfmiddlewaretoken"] = token[1]
        answer = page.request.post(new, form=form, headers={"Accept": "application/json"})
        assert answer.status == 201, answer.text()
        begun: str = answer.json()["id"]
        return begun

    def open(self, page: Page, conversation: str) -> Page:
        side = "desk/c" if page is self.accountant else "communication"
        page.goto(f"/{side}/{conversation}/")
        return ready(page)

    def post(self, page: Page, path: str, **form: str) -> int:
        """By hand, as somebody would whom the page shows no button; returns the answer's status."""
        token = page.locator("[name=csrfmiddlewaretoken]").first.input_value()
        return page.request.post(path, form={"csrfmiddlewaretoken": token, **form}, max_redirects=0).status

    def member(self, part: str) -> str:
        found: str = self.facts["people"][part]["member"]
        return found


def subject() -> str:
    return f"Dossier {uuid.uuid4().hex[:8]}"


def send(page: Page, text: str) -> None:
    """As the manual says it: type, and press *Envoyer*."""
    page.fill(BOX, text)
    page.get_by_role("button", name="Envoyer").click()
    expect(row(page, text)).to_be_visible(timeout=SOON)


def box(locator: Locator) -> FloatRect:
    """Where it stands; asked again where a list is just being renewed under the question."""
    for _ in range(5):
        expect(locator).to_be_visible(timeout=SOON)
        if found := locator.bounding_box():
            return found
    raise AssertionError(locator)


def counter(page: Page) -> int:
    """What waits for me, as the navigation says it; at zero it says nothing."""
    place = page.locator("[data-counter=to_handle]")
    return int(place.locator("[data-number]").inner_text()) if place.is_visible() else 0


def counts(page: Page, number: int) -> None:
    """The counter shows this, soon and without a reload."""
    place = page.locator("[data-counter=to_handle]")
    if number:
        expect(place.locator("[data-number]")).to_have_text(str(number), timeout=SOON)
    else:
        expect(place).to_be_hidden(timeout=SOON)
