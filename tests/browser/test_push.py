"""The whole way of a notification: the button, the outbox, the push service's request, the worker, the open page.

Chromium in a test reaches no push service of the world. So `pushManager` is ours at the browser's edge, with keys that
the test holds; the product sends over HTTPS to a service of the test's own, which reads what came, and devtools hand
that to the real worker.
"""

from __future__ import annotations

import json
import time
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import PHONE, People
from tests.browser.product import Product
from tests.browser.thread import ready
from tests.core.https_server import certificate
from tests.notifications.push_server import PushService

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, BrowserContext, Page, Worker

    from tests.notifications.push_server import Arrived

pytestmark = pytest.mark.browser

PATIENCE = 60.0  # the worker of the jobs looks every twenty seconds
SUBSCRIPTION = """(given) => {
    if (location.protocol === "about:") return;
    let current = sessionStorage.getItem("subscribed") ? make() : null;
    function make() {
        sessionStorage.setItem("subscribed", "yes");
        const keys = { p256dh: given.p256dh, auth: given.auth };
        return { toJSON: () => ({ endpoint: given.endpoint, keys }), unsubscribe };
    }
    async function unsubscribe() {
        sessionStorage.removeItem("subscribed");
        current = null;
        return true;
    }
    PushManager.prototype.getSubscription = async () => current;
    PushManager.prototype.subscribe = async (options) => {
        window.asked = options;
        return (current = make());
    };
}"""
NOTED = """() => {
    self.badges = [];
    self.navigator.setAppBadge = async (number) => self.badges.push(number);
    self.openedAt = [];
    self.clients.openWindow = async (address) => self.openedAt.push(address);
}"""
SHOWN = """async () => (await registration.getNotifications()).map(
    ({ title, body, tag, lang, data }) => ({ title, body, tag, lang, data })
)"""
CLICK = """async () => {
    const [notification] = await registration.getNotifications();
    self.dispatchEvent(new NotificationEvent("notificationclick", { notification }));
    while (!self.openedAt.length) await new Promise((resolve) => setTimeout(resolve, 50));
    return [self.openedAt, (await registration.getNotifications()).length];
}"""


MOVED = """async ({ before, given }) => {
    const event = new ExtendableEvent("pushsubscriptionchange");
    event.oldSubscription = { endpoint: before };
    event.newSubscription = { toJSON: () => ({ endpoint: given.endpoint, keys: given }) };
    await new Promise((resolve) => {
        event.waitUntil = (work) => work.then(resolve);
        self.dispatchEvent(event);
    });
}"""


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PushService]:
    chain = certificate(tmp_path_factory.mktemp("certificate"))
    made = PushService(chain)
    made.chain = chain
    made.start()
    yield made
    made.stop()


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory, service: PushService) -> Iterator[Product]:
    """A product whose operator allows this service."""
    made = Product(tmp_path_factory.mktemp("office"))
    made.more = {
        "COMPTOIR_PUSH_HOSTS": f"localhost:{service.server_port}",
        "COMPTOIR_PRIVATE_HOSTS": "localhost",
        "COMPTOIR_CA_FILE": str(service.chain),
    }
    made.facts = made.prepare()
    made.start()
    yield made
    made.stop()


@pytest.fixture
def residents(browser: Browser, office: Product) -> Iterator[People]:
    made = People(browser, office)
    yield made
    made.close()
    assert made.complaints == []


class Telephone:
    """Somebody's, on which the portal lets itself be woken."""

    def __init__(self, people: People, service: PushService, part: str, name: str) -> None:
        self.people, self.service, self.part, self.name = people, service, part, name
        self.context: BrowserContext = people.context(
            part, viewport=PHONE, service_workers="allow", permissions=["notifications"]
        )
        given = json.dumps(service.subscription(name))
        self.context.add_init_script(f"({SUBSCRIPTION})({given})")
        self.page: Page = self.context.new_page()
        self.page.goto("/profile/notifications")
        self.page.wait_for_function("() => navigator.serviceWorker.controller !== null")
        ready(self.page)

    def allow(self) -> None:
        self.page.get_by_role("button", name="Notify me on this device").click()
        expect(self.page.get_by_text("This device shows notifications.")).to_be_visible()

    @property
    def worker(self) -> Worker:
        return self.context.service_workers[0]

    def arrived(self) -> list[Arrived]:
        return self.service.arrived(self.name, at=datetime.now(UTC))

    def waits_for(self, number: int) -> Arrived:
        end = time.monotonic() + PATIENCE
        while len(self.arrived()) < number:
            assert time.monotonic() < end, "No push came"
            time.sleep(0.2)
        return self.arrived()[number - 1]

    def deliver(self, message: dict[str, Any]) -> None:
        """What the browser would do with it."""
        devtools = self.context.new_cdp_session(self.page)
        registrations: list[str] = []
        devtools.on(
            "ServiceWorker.workerRegistrationUpdated",
            lambda event: registrations.extend(one["registrationId"] for one in event["registrations"]),
        )
        devtools.send("ServiceWorker.enable")
        while not registrations:
            self.page.wait_for_timeout(50)
        given = {"origin": self.people.product.address, "registrationId": registrations[0]}
        devtools.send("ServiceWorker.deliverPushMessage", {**given, "data": json.dumps(message)})


def write(people: People, subject: str) -> str:
    """The accountant begins a conversation, by the form's own address."""
    context = people.context("accountant")
    page = context.new_page()
    page.goto(f"/desk/new?company={people.product.facts['bakery']}")
    page.fill("#subject", subject)
    page.fill("#msg", "Secret text, 12.000 €")
    page.get_by_role("button", name="Send").click()
    page.wait_for_url("**/desk/c/*/")
    return page.url.rstrip("/").rpartition("/")[2]


def test_the_whole_way(residents: People, service: PushService) -> None:
    telephone = Telephone(residents, service, "client", "hers")
    telephone.allow()
    begun = write(residents, "Secret subject")
    headers, message, _claims = telephone.waits_for(1)
    assert headers["content-encoding"] == "aes128gcm"
    sent = json.dumps(message)
    assert "Secret" not in sent
    telephone.worker.evaluate(NOTED)
    telephone.deliver(message)
    telephone.page.wait_for_timeout(500)
    [shown] = telephone.worker.evaluate(SHOWN)
    assert shown == {
        "title": "Fiduciaire Talmont",
        "body": "1 new message",
        "tag": shown["tag"],
        "lang": "en",
        "data": {"navigate": f"{residents.product.address}/communication/{begun}/"},
    }
    assert telephone.worker.evaluate("self.badges") == [message["app_badge"]]
    waiting = telephone.page.request.get("/counters").json()
    assert message["app_badge"] == waiting["to_handle"] + waiting["elsewhere"] > 0
    opened = telephone.worker.evaluate(CLICK)
    assert opened == [[f"{residents.product.address}/communication/{begun}/"], 0]


def test_wherever_a_push_says_to_go_it_stays_with_us(residents: People, service: PushService) -> None:
    telephone = Telephone(residents, service, "reader", "abroad")
    telephone.worker.evaluate(NOTED)
    notification = {
        "title": "X",
        "body": "",
        "lang": "en",
        "tag": "x",
        "navigate": "https://evil.example/a?b",
    }
    telephone.deliver({"web_push": 8030, "notification": notification, "app_badge": 1})
    telephone.page.wait_for_timeout(500)
    assert telephone.worker.evaluate(CLICK) == [[f"{residents.product.address}/a?b"], 0]


def test_the_browser_was_given_another_address(residents: People, service: PushService) -> None:
    telephone = Telephone(residents, service, "partner", "before")
    telephone.allow()
    given = {"before": f"{service.address}/push/before", "given": service.subscription("after")}
    telephone.worker.evaluate(MOVED, given)
    telephone.name = "after"
    write(residents, "After the move")
    telephone.waits_for(1)
    assert service.arrived("before", at=datetime.now(UTC)) == []


def test_a_stopped_one_and_one_that_signed_out_get_nothing(residents: People, service: PushService) -> None:
    stays = Telephone(residents, service, "client", "stays")
    stopped = Telephone(residents, service, "client", "stopped")
    left = Telephone(residents, service, "partner", "left")
    for telephone in (stays, stopped, left):
        telephone.allow()
    telephones = stopped.page.get_by_role("list", name="My devices").get_by_role("listitem")
    stopped.page.reload()
    known = telephones.count()
    telephones.first.get_by_role("button").click()  # the newest is this one
    expect(telephones).to_have_count(known - 1)
    left.page.locator(".member summary").click()
    left.page.get_by_role("button", name="Sign out").click()
    left.page.wait_for_url("**/accounts/login/**")
    write(residents, "After that")
    stays.waits_for(1)
    time.sleep(1)  # the others of the same round
    assert stopped.arrived() == left.arrived() == []
