"""Two web processes on one PostgreSQL: what one changes, the pages at the other hear."""

from __future__ import annotations

import json
import os
import threading
import time
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import psycopg
import pytest

from tests.live.listener import Listener
from tests.serving.probed import Probed
from tests.serving.wire import Wire

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.servers

POSTGRES = "COMPTOIR_TEST_POSTGRES_URL"
VALKEY = "COMPTOIR_TEST_VALKEY_URL"


@pytest.fixture(scope="module")
def wire() -> Iterator[Wire]:
    """To a database that is made for this file, and that can be taken away."""
    address = os.environ.get(POSTGRES) or pytest.skip(f"{POSTGRES} is not set; bin/test sets it")
    with psycopg.connect(address, autocommit=True) as server:
        server.execute("DROP DATABASE IF EXISTS two_processes WITH (FORCE)")
        server.execute("CREATE DATABASE two_processes")
    line = Wire(address)
    yield line
    line.listener.close()
    line.cut()


@pytest.fixture(scope="module", params=["postgresql", "valkey"])
def pair(
    request: pytest.FixtureRequest, wire: Wire, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Probed, Probed]]:
    user = urlsplit(os.environ[POSTGRES]).username
    more = {"COMPTOIR_DATABASE_URL": f"postgres://{user}@127.0.0.1:{wire.port}/two_processes"}
    more["COMPTOIR_SECRET_KEY"] = "the same in both, as for any two processes of one product"
    if request.param == "valkey":
        more["COMPTOIR_VALKEY_URL"] = os.environ[VALKEY]
    one = Probed(tmp_path_factory.mktemp("one"), **more)
    two = Probed(tmp_path_factory.mktemp("two"), **more)
    facts = tmp_path_factory.getbasetemp() / "two_processes.json"
    if not facts.exists():
        facts.write_text(json.dumps(one.prepare_with("tests.browser.prepare")))
    one.facts = two.facts = json.loads(facts.read_text())
    starting = [threading.Thread(target=product.start) for product in (one, two)]  # both at once
    for thread in starting:
        thread.start()
    for thread in starting:
        thread.join()
    yield one, two
    one.stop()
    two.stop()


@pytest.fixture
def people(pair: tuple[Probed, Probed]) -> dict[str, Any]:
    found: dict[str, Any] = pair[0].facts["people"]
    return found


def opened(product: Probed, session: str) -> Listener:
    """A stream of a server that hears the other."""
    deadline = time.monotonic() + 20
    while True:
        listener = Listener(product, session)
        hello = listener.next()
        assert hello is not None
        if not hello.data["degraded"]:
            return listener
        listener.close()
        assert time.monotonic() < deadline
        time.sleep(0.2)


def test_a_change_made_at_one_is_told_at_the_other(
    pair: tuple[Probed, Probed], people: dict[str, Any]
) -> None:
    one, two = pair
    here, there = (opened(product, people["accountant"]["session"]) for product in pair)
    stranger = opened(two, people["stranger"]["session"])
    conversation = one.text(f"/probe/begin?by={people['client']['member']}&company={one.facts['bakery']}")
    for listener in (here, there):
        event = listener.next()
        assert event is not None
        assert event.data["conversation"] == conversation
    assert stranger.hears_nothing()
    for listener in (here, there, stranger):
        listener.close()


def test_an_access_ended_at_one_ends_the_streams_at_the_other(
    pair: tuple[Probed, Probed], people: dict[str, Any]
) -> None:
    one, two = pair
    who = "documents" if "COMPTOIR_VALKEY_URL" in one.more else "reader"
    listener = opened(two, people[who]["session"])
    before = time.monotonic()
    one.text(f"/probe/end?by={people['admin']['member']}&member={people[who]['member']}")
    revoked = listener.next()
    assert revoked is not None
    assert revoked.kind == "revoked"
    assert revoked.at - before < 1


@pytest.mark.parametrize("how", ["is_cut", "is_silent"])
def test_without_a_database_it_says_so_within_two_seconds_and_recovers(
    pair: tuple[Probed, Probed], people: dict[str, Any], wire: Wire, how: str
) -> None:
    one, _ = pair
    listener = opened(one, people["client"]["session"])
    if how == "is_cut":
        wire.cut()
    else:
        wire.is_silent = True
    try:
        time.sleep(0.2)
        before = time.monotonic()
        answer = one.get("/healthz")
        assert (answer.status, json.loads(answer.read())["database"]) == (503, "gone")
        assert time.monotonic() - before < 2
        if how == "is_cut":
            assert {one.get("/probe/count").status for _ in range(3)} == {503}
            assert time.monotonic() - before < 4
    finally:
        wire.mend()
    deadline = time.monotonic() + 30
    while one.get("/healthz").status != 200:
        assert time.monotonic() < deadline
        time.sleep(0.2)
    conversation = one.text(f"/probe/begin?by={people['client']['member']}&company={one.facts['bakery']}")
    while (event := listener.next(15)) is not None and event.kind != "change":
        assert event.kind in {"degraded", "sync"}
    assert event is not None
    assert event.data["conversation"] == conversation
