"""The stream of the real server: people signed in, changes made by the product's own actions."""

from __future__ import annotations

import signal
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.live.listener import Listener

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.serving.probed import Probed

pytestmark = pytest.mark.servers


@pytest.fixture
def listen(product: Probed, people: dict[str, Any]) -> Iterator[Callable[..., Listener]]:
    opened: list[Listener] = []

    def listening(who: str, *headers: str) -> Listener:
        listener = Listener(product, people[who]["session"], *headers)
        opened.append(listener)
        hello = listener.next()
        assert hello is not None
        assert hello.kind == "hello"
        return listener

    yield listening
    for listener in opened:
        listener.close()


@pytest.fixture
def begun(product: Probed, people: dict[str, Any]) -> str:
    """A shared conversation of the bakery, begun by Sophie."""
    return product.text(f"/probe/begin?by={people['client']['member']}&company={product.facts['bakery']}")


def say(product: Probed, people: dict[str, Any], conversation: str, by: str = "client") -> int:
    return int(product.text(f"/probe/say?by={people[by]['member']}&conversation={conversation}"))


def test_the_greeting_and_the_headers(product: Probed, people: dict[str, Any]) -> None:
    listener = Listener(product, people["client"]["session"])
    hello = listener.next()
    assert hello is not None
    assert (hello.kind, hello.data["degraded"]) == ("hello", False)
    assert len(hello.data["version"]) == 12
    assert listener.headers["content-type"] == "text/event-stream; charset=utf-8"
    assert listener.headers["x-accel-buffering"] == "no"
    assert listener.headers["cache-control"] == "private, no-store"
    assert listener.headers["x-content-type-options"] == "nosniff"
    listener.close()


def test_a_message_reaches_the_pages_of_those_who_may_read_it(
    product: Probed, people: dict[str, Any], listen: Callable[..., Listener], begun: str
) -> None:
    hearing = [listen("client"), listen("client"), listen("partner"), listen("accountant")]
    deaf = [listen("other"), listen("documents"), listen("colleague"), listen("outsider"), listen("stranger")]
    sent = time.monotonic()
    revision = say(product, people, begun)
    for listener in hearing:
        event = listener.next()
        assert event is not None
        assert (event.kind, event.data) == ("change", {"conversation": begun, "revision": revision})
        assert event.at - sent < 2
    for listener in deaf:
        assert listener.hears_nothing()


def test_typing_is_shown_to_the_others(
    product: Probed, people: dict[str, Any], listen: Callable[..., Listener], begun: str
) -> None:
    typist, colleague = listen("client"), listen("partner")
    product.text(f"/probe/typing?by={people['client']['member']}&conversation={begun}")
    event = colleague.next()
    assert event is not None
    assert event.data == {"conversation": begun, "name": people["client"]["name"]}
    assert typist.hears_nothing()


def test_who_is_not_signed_in_hears_nothing(product: Probed) -> None:
    assert Listener(product, "nonsense").status == 401
    assert Listener(product, "").status == 401


def test_another_site_can_open_nothing(product: Probed, people: dict[str, Any]) -> None:
    session = people["client"]["session"]
    assert Listener(product, session, "Sec-Fetch-Site: cross-site").status == 403
    assert Listener(product, session, "Sec-Fetch-Site: same-site").status == 403
    assert Listener(product, session, "Sec-Fetch-Site: same-origin").status == 200


def test_it_is_only_read(product: Probed) -> None:
    connection = product.connection()
    connection.request("POST", "/live", body=b"x")
    answer = connection.getresponse()
    assert (answer.status, answer.headers["Allow"]) == (405, "GET")


def test_what_a_browser_says_it_received_gives_it_nothing(
    product: Probed, people: dict[str, Any], listen: Callable[..., Listener], begun: str
) -> None:
    say(product, people, begun)
    assert listen("other", f"Last-Event-ID: {begun}:1").hears_nothing()


def test_a_sixth_page_replaces_the_first(listen: Callable[..., Listener]) -> None:
    pages = [listen("reader") for _ in range(6)]
    replaced = pages[0].next()
    assert replaced is not None
    assert replaced.kind == "replaced"
    assert pages[0].next() is None
    assert all(page.hears_nothing(0.1) for page in pages[1:])


def test_an_ended_membership_ends_its_streams_within_a_second(
    product: Probed, people: dict[str, Any], listen: Callable[..., Listener], begun: str
) -> None:
    ended, other = listen("partner"), listen("client")
    before = time.monotonic()
    product.text(f"/probe/end?by={people['admin']['member']}&member={people['partner']['member']}")
    revoked = ended.next()
    assert revoked is not None
    assert revoked.kind == "revoked"
    assert revoked.at - before < 1
    assert ended.next() is None
    say(product, people, begun)
    assert other.next() is not None
    assert Listener(product, people["partner"]["session"]).status == 401


def test_streams_cost_no_thread_and_leave_nothing_behind(
    product: Probed, people: dict[str, Any], listen: Callable[..., Listener]
) -> None:
    assert product.process is not None
    proc = Path(f"/proc/{product.process.pid}")
    listen("client").close()
    threads, files = len(list((proc / "task").iterdir())), len(list((proc / "fd").iterdir()))
    for _ in range(30):
        listener = Listener(product, people["client"]["session"])
        listener.next()
        listener.close()
    deadline = time.monotonic() + 5
    while len(list((proc / "fd").iterdir())) > files + 2:
        assert time.monotonic() < deadline
        time.sleep(0.05)
    assert len(list((proc / "task").iterdir())) <= threads


def test_open_streams_do_not_keep_the_server_from_ending(product: Probed, people: dict[str, Any]) -> None:
    """Last of this file: it ends the server, and starts it again for whoever else would come."""
    names = ("client", "accountant", "other", "stranger")
    listeners = [Listener(product, people[name]["session"]) for name in names]
    for listener in listeners:
        listener.next()
    assert product.process is not None
    before = time.monotonic()
    product.process.send_signal(signal.SIGTERM)
    for listener in listeners:
        goodbye = listener.next()
        assert goodbye is not None
        assert goodbye.kind == "goodbye"
        assert listener.next() is None
    product.process.wait(timeout=10)
    assert time.monotonic() - before < 5
    assert product.process.returncode == 0
    product.start()
