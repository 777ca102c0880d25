"""Each server that we need goes away under load and comes back: within two minutes all is well, and nothing came twice.

Seconds in the suite; `COMPTOIR_TEST_OUTAGE=600` makes them the ten minutes of the promise.
"""

from __future__ import annotations

import os
import time
from collections import Counter
from typing import TYPE_CHECKING

import pytest
from django.db import connection

from tests.correspondence.imap_account import PORT
from tests.crash.load import everything
from tests.crash.test_kill import begun
from tests.live.listener import Listener
from tests.outages.house import OUTAGE, House
from tests.outages.judging import RECOVERY, arrivals, judge, recovery, seconds_until
from tests.outages.writing import Writing

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.crash.load import Sender

pytestmark = [
    pytest.mark.servers,
    pytest.mark.skipif(not PORT, reason="bin/test starts the servers."),
]

VALKEY = os.environ.get("COMPTOIR_TEST_VALKEY_URL", "")
A_WHILE = 2.0  # in which each server is used, before it goes away
FAR = ["mail", "push", "imap"]


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    made = House(tmp_path_factory.mktemp("outages"), valkey=os.environ.get("COMPTOIR_TEST_VALKEY_URL", ""))
    try:
        made.ready()
        yield made
    finally:
        made.end()


@pytest.mark.parametrize("how", ["cut", "refuse"])
def test_mail_push_and_mailbox_are_away(house: House, how: str) -> None:
    talk = begun(house, house.tokens[0])
    client = house.facts["people"]["client"]
    writing = Writing(house, client["email"], house.tell("address", client["member"], talk))
    with house.load(talk) as senders:
        writing.start()
        seconds_until(lambda: all(arrivals(house).values()))
        time.sleep(A_WHILE)
        for name in FAR:
            getattr(house.wires[name], how)()
        time.sleep(OUTAGE)
        for name in FAR:
            house.wires[name].mend()
        took = recovery(house, set(FAR))
        writing.end()
    say(f"Mail, push and mailbox ({how})", took)
    judge(house, talk, senders)
    seconds_until(lambda: house.account.count("INBOX") == 0)
    assert_read_once(house, talk, writing)


def assert_read_once(house: House, talk: str, writing: Writing) -> None:
    bodies = [message["body"] for message in everything(house.port, house.tokens[0], talk)]
    by_mail = Counter(body for body in bodies if body.startswith("Par mail"))
    assert set(by_mail.values()) == {1}
    # More than twenty in an hour from one sender are kept for somebody to look at.
    seconds_until(lambda: house.tell("mails_in") >= writing.sent)


def test_a_slow_world(house: House) -> None:
    """Nothing is away, and all of it takes its time: nothing comes twice either."""
    talk = begun(house, house.tokens[0])
    for name in FAR:
        house.wires[name].delay = 0.3
    with house.load(talk) as senders:
        recovery(house, {"mail", "push"})
        time.sleep(A_WHILE)
    for name in FAR:
        house.wires[name].mend()
    judge(house, talk, senders)


def said(senders: list[Sender]) -> int:
    return sum(len(sender.acknowledged) for sender in senders)


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite's database is a file.")
@pytest.mark.parametrize("how", ["cut", "refuse"])
def test_the_database_is_away(house: House, how: str) -> None:
    """What was acknowledged is there, what was not is sent again under its key, and is told of once."""
    talk = begun(house, house.tokens[0])
    with house.load(talk) as senders:
        seconds_until(lambda: said(senders))
        time.sleep(A_WHILE)
        getattr(house.wires["postgresql"], how)()
        time.sleep(OUTAGE)
        before = said(senders)
        house.wires["postgresql"].mend()
        took = {"messages": seconds_until(lambda: said(senders) > before)} | recovery(house, {"mail", "push"})
    say(f"PostgreSQL ({how})", took)
    judge(house, talk, senders)


@pytest.mark.skipif(not VALKEY, reason="bin/test starts it.")
def test_valkey_is_away(house: House) -> None:
    """Messages go on; pages are told that they must ask by themselves, and hear again when it is back."""
    talk, session = begun(house, house.tokens[0]), house.facts["people"]["client"]["session"]
    with house.load(talk) as senders:
        listener = hearing(house, session)
        house.wires["valkey"].refuse()
        assert hears(listener, "degraded") < 10
        before = said(senders)
        time.sleep(OUTAGE)
        assert said(senders) > before + 3
        house.wires["valkey"].mend()
        took = {kind: hears(listener, kind) for kind in ("sync", "change")}
        listener.close()
    say("Valkey (refuse)", took)
    judge(house, talk, senders)


def hearing(house: House, session: str) -> Listener:
    """A stream of a server that hears the others."""
    while True:
        listener = Listener(house, session)
        hello = listener.next()
        if hello is not None and not hello.data["degraded"]:
            return listener
        listener.close()
        time.sleep(0.2)


def hears(listener: Listener, kind: str) -> float:
    """Seconds until it does; all that was said before it is read away at once."""
    began = time.monotonic()
    while (event := listener.next(RECOVERY)) is not None and event.kind != kind:
        assert time.monotonic() - began < RECOVERY
    assert event is not None, "The stream ended."
    return time.monotonic() - began


def say(what: str, took: dict[str, float]) -> None:
    seconds = ", ".join(f"{name} {value:.1f} s" for name, value in took.items())
    print(f"{what} away for {OUTAGE:.0f} s, under load; back after: {seconds}")  # noqa: T201 -- the figures that are published
