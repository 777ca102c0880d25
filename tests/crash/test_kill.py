"""30 times `kill -9` while messages are sent: nothing acknowledged is lost, and nothing is there twice."""

from __future__ import annotations

import hashlib
import os
import random
import subprocess
import sys
import time
import uuid
from typing import TYPE_CHECKING
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pytest
from django.db import connection

from tests.browser.product import ROOT, Prepared, Product
from tests.crash.load import Sender, ask, everything

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = [pytest.mark.servers]

KILLS = int(os.environ.get("COMPTOIR_TEST_KILLS", "30"))
SENDERS = 4
SEED = 20261124


class Crashing(Product):
    """On the database of this run: a file of its own, or a database of its own on the test's PostgreSQL."""

    def __init__(self, data: Path) -> None:
        super().__init__(data)
        self.kind = connection.vendor
        self.database = own_postgres() if self.kind == "postgresql" else ""

    def new_database(self, like: Prepared | None = None) -> None:
        if self.database:
            create(self.database, like=kept_name(like) if like else "template1")

    def keep_database(self, kept: Prepared) -> None:
        if self.database:
            own = urlsplit(self.database)
            create(urlunsplit(own._replace(path=f"/{kept_name(kept)}")), like=own.path[1:])

    def environment(self) -> dict[str, str]:
        more = {"COMPTOIR_DATABASE_URL": self.database} if self.database else {}
        return {**super().environment(), **more}

    def command(self, *words: str) -> str:
        ran = subprocess.run(
            [sys.executable, "-m", "comptoir", *words],
            cwd=ROOT,
            env=self.environment(),
            stdout=subprocess.PIPE,
            check=True,
            text=True,
        )
        return ran.stdout.strip()


def own_postgres() -> str:
    """The address of a database that is not there yet."""
    address = urlsplit(os.environ["COMPTOIR_TEST_POSTGRES_URL"])
    return urlunsplit(address._replace(path=f"/crash_{uuid.uuid4().hex[:12]}"))


def kept_name(kept: Prepared) -> str:
    return f"kept_{hashlib.sha256(str(kept.data).encode()).hexdigest()[:12]}"


def create(database: str, *, like: str) -> None:
    with psycopg.connect(os.environ["COMPTOIR_TEST_POSTGRES_URL"], autocommit=True) as server:
        server.execute(f'CREATE DATABASE "{urlsplit(database).path[1:]}" TEMPLATE "{like}"')


@pytest.fixture
def crashing(tmp_path: Path) -> Iterator[Crashing]:
    product = Crashing(tmp_path)
    product.facts = product.prepare()
    yield product
    product.stop()


def test_thirty_kills_lose_nothing_and_double_nothing(crashing: Crashing) -> None:
    client = crashing.facts["people"]["client"]["email"]
    tokens = [crashing.command("token", client) for _ in range(SENDERS)]  # the limit is a token's
    token = tokens[0]
    crashing.start()
    conversation = begun(crashing, token)
    senders = [Sender(crashing.port, own, conversation, number) for number, own in enumerate(tokens)]
    for sender in senders:
        sender.start()
    chance = random.Random(SEED)  # noqa: S311 -- repeatable, no secret
    for _kill in range(KILLS):
        time.sleep(chance.uniform(0.1, 0.9))
        crashing.kill()
        crashing.start()
    for sender in senders:
        sender.stopping.set()
    for sender in senders:
        sender.join(timeout=240)
    judge(senders, everything(crashing.port, token, conversation))


def begun(product: Crashing, token: str) -> str:
    start = {
        "id": str(uuid.uuid4()),
        "company": product.facts["bakery"],
        "audience": "shared",
        "subject": "Under load",
        "body": "The first",
        "message_id": str(uuid.uuid4()),
        "expects_answer": False,
    }
    status, answer = ask(product.port, "POST", "/api/v1/conversations", token, start)
    assert status == 201, answer
    return str(answer["id"])


def judge(senders: list[Sender], stored: list[dict[str, object]]) -> None:
    """Acknowledged = stored, each once, with its own text, each sender's in the order in which they were sent."""
    assert [problem for sender in senders for problem in sender.problems] == []
    keys = [str(message["id"]) for message in stored]
    assert len(keys) == len(set(keys))
    acknowledged = {key for sender in senders for key in sender.acknowledged}
    assert acknowledged - set(keys) == set()
    sent = {key: body for sender in senders for key, body in sender.sent.items()}
    assert {
        key: body for key, body in zip(keys, (m["body"] for m in stored), strict=True) if key in sent
    } == {key: body for key, body in sent.items() if key in set(keys)}
    for sender in senders:
        order = [key for key in keys if key in sender.sent]
        assert order == [key for key in sender.sent if key in set(order)]
    assert len(acknowledged) > 10 * SENDERS, "too little was sent for the test to mean anything"
    print(f"{KILLS} kills, {len(sent)} sent, {len(acknowledged)} acknowledged, 0 lost, 0 twice")  # noqa: T201 -- the figure that is published
