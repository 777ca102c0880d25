"""Sign-in by the account of another provider, the whole way: a real OpenID Connect provider, and a real browser."""

from __future__ import annotations

import subprocess
import sys
import time
import urllib.request
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.oidc_provider import CLIENT, PASSWORD, SECRET
from tests.browser.product import PATIENCE, ROOT, Product, free_port

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Product]:
    """The product, beside a provider that it knows."""
    made = Product(tmp_path_factory.mktemp("product"))
    port = free_port()
    server = f"http://127.0.0.1:{port}"
    made.more = {
        "COMPTOIR_OIDC_SERVER": server,
        "COMPTOIR_OIDC_NAME": "Compte du bureau",
        "COMPTOIR_OIDC_CLIENT_ID": CLIENT,
        "COMPTOIR_OIDC_SECRET": SECRET,
    }
    back = f"{made.address}/accounts/oidc/oidc/login/callback/"
    provider = subprocess.Popen(
        [
            sys.executable,
            "-m",
            "tests.browser.oidc_provider",
            str(tmp_path_factory.mktemp("provider")),
            back,
            str(port),
        ],
        cwd=ROOT,
    )
    made.facts = made.prepare()
    made.start()
    _wait(f"{server}/.well-known/openid-configuration")
    yield made
    made.stop()
    provider.terminate()
    provider.wait(timeout=20)


def _wait(address: str) -> None:
    end = time.monotonic() + PATIENCE
    while True:
        try:
            with urllib.request.urlopen(address, timeout=5) as answer:
                assert answer.status == 200
                return
        except OSError:
            assert time.monotonic() < end
            time.sleep(0.2)


@pytest.fixture
def page(browser: Browser, house: Product) -> Iterator[Page]:
    context = browser.new_context(base_url=house.address, locale="fr-BE")
    yield context.new_page()
    context.close()


def come(page: Page, email: str) -> None:
    """By the button of the sign-in page, and the provider's own password form."""
    page.goto("/accounts/login/")
    page.get_by_role("button", name="Compte du bureau").click()
    page.locator("[name=login]").fill(email)
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("[name=password]").press("Enter")


def test_who_is_known_here_comes_in(page: Page) -> None:
    come(page, "client@demo.example")
    expect(page.get_by_role("heading", name="Communication")).to_be_visible(timeout=20_000)
    # and again, with the account that is connected since
    page.context.clear_cookies()
    come(page, "client@demo.example")
    expect(page.get_by_role("heading", name="Communication")).to_be_visible(timeout=20_000)


@pytest.mark.parametrize("email", ["unknown@demo.example", "partner@demo.example"])
def test_who_is_not_invited_or_not_proven_stays_outside(page: Page, house: Product, email: str) -> None:
    """The second is somebody's address here, but the provider never saw that it is this person's."""
    come(page, email)
    page.wait_for_url(f"{house.address}/**")
    page.goto("/communication/")
    expect(page).to_have_url(f"{house.address}/accounts/login/?next=/communication/")
