"""Two instances, each of which has an address of the other's for a person: one mail each, and then silence."""

from __future__ import annotations

import json
import smtplib
import subprocess
import sys
import time
import uuid
from email import message_from_bytes
from email.policy import default
from typing import TYPE_CHECKING

import pytest
from aiosmtpd.controller import Controller

from tests.browser.product import PREPARED, ROOT
from tests.crash.load import ask
from tests.crash.test_kill import Crashing
from tests.notifications.smtp_server import free_port
from tests.notifications.test_whole_way import until

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from aiosmtpd.smtp import SMTP, Envelope, Session

pytestmark = [pytest.mark.servers]
SERVER = "mx.between.example"
SAID_BY_PROGRAMS = ["Auto-Submitted", "X-Auto-Response-Suppress", "List-Unsubscribe", "List-Unsubscribe-Post"]
SILENCE = 8.0  # seconds; a mail takes two or three from one to the other


class Instance(Crashing):
    def __init__(self, data: Path, name: str, relay: int) -> None:
        super().__init__(data)
        self.settings = "tests.settings_hurried"
        self.name, self.relay, self.smtp = name, relay, free_port()
        self.sender = f"post@{name}.example"
        self.wired: dict[str, str] = {}

    def environment(self) -> dict[str, str]:
        return {
            **super().environment(),
            "COMPTOIR_BASE_URL": f"http://{self.name}.example:{self.port}",
            "COMPTOIR_FROM_EMAIL": f"Bureau <{self.sender}>",
            "COMPTOIR_EMAIL_URL": f"smtp://127.0.0.1:{self.relay}",
            "COMPTOIR_MAIL_IN": f"in.{self.name}.example",
            "COMPTOIR_MAIL_IN_AUTHSERV_ID": SERVER,
            "COMPTOIR_MAIL_IN_SMTP": f"127.0.0.1:{self.smtp}",
        }

    def wire(self, *more: str) -> None:
        people = self.facts["people"]
        words = [people["client"]["member"], people["accountant"]["member"], *more]
        ran = subprocess.run(
            [sys.executable, "-m", "tests.correspondence.wired", *words],
            cwd=ROOT,
            env=self.environment(),
            stdout=subprocess.PIPE,
            check=True,
        )
        self.wired |= json.loads(ran.stdout)


class Relay:
    """The mail servers between the two: they find every sender proven, and pass the mail on to whose address it is."""

    def __init__(self) -> None:
        self.port = free_port()
        self.instances: list[Instance] = []
        self.passed: list[str] = []  # to which instance
        self.strips = False
        self.controller = Controller(self, hostname="127.0.0.1", port=self.port)

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802, ARG002 -- aiosmtpd's
        assert isinstance(envelope.content, bytes)
        mail = message_from_bytes(envelope.content, policy=default)
        if self.strips:
            for name in SAID_BY_PROGRAMS:
                del mail[name]
        domain = str(mail["From"]).rpartition("@")[2].rstrip(">")
        result = f"Authentication-Results: {SERVER}; dmarc=pass header.from={domain}\r\n".encode()
        try:
            self._pass_on(envelope, result + mail.as_bytes())
        except OSError:  # it is still starting: the other comes again
            return "451 Later"
        return "250 OK"

    def _pass_on(self, envelope: Envelope, raw: bytes) -> None:
        for one in self.instances:
            own = [address for address in envelope.rcpt_tos if address.endswith(f".{one.name}.example")]
            if own:
                with smtplib.SMTP("127.0.0.1", one.smtp, timeout=60) as server:
                    server.sendmail(envelope.mail_from or "", own, raw)
                self.passed.append(one.name)


@pytest.fixture
def relay(tmp_path: Path) -> Iterator[Relay]:
    between = Relay()
    for name in ("north", "south"):
        (tmp_path / name).mkdir()
        instance = Instance(tmp_path / name, name, between.port)
        PREPARED.clear()  # two houses that know nothing of each other, down to their ids and secrets
        instance.facts = instance.prepare()
        instance.wire()
        between.instances.append(instance)
    north, south = between.instances
    north.wire(south.wired["address"], south.sender, north.wired["talk"])
    south.wire(north.wired["address"], north.sender, south.wired["talk"])
    between.controller.start()
    yield between
    for instance in between.instances:
        instance.stop()
    between.controller.stop()


def said(instance: Instance, token: str) -> int:
    where = f"/api/v1/conversations/{instance.wired['talk']}/messages"
    status, answer = ask(instance.port, "GET", where, token)
    assert status == 200
    return len(answer["items"])


def test_one_mail_each_and_then_silence(relay: Relay) -> None:
    # The client of each is there as the sender of the other.
    senders = {"north": "post@south.example", "south": "post@north.example"}
    tokens = {one.name: one.command("token", senders[one.name]) for one in relay.instances}
    for instance in relay.instances:
        instance.start()
    until(lambda: len(relay.passed) >= 2)
    time.sleep(SILENCE)
    assert sorted(relay.passed) == ["north", "south"]
    assert [said(one, tokens[one.name]) for one in relay.instances] == [1, 1]

    # And it is what they say of themselves that stops them: without it they talk on.
    relay.strips = True
    north = relay.instances[0]
    message = {"id": str(uuid.uuid4()), "body": "Encore"}
    where = f"/api/v1/conversations/{north.wired['talk']}/messages"
    assert ask(north.port, "POST", where, tokens["north"], message)[0] == 201
    until(lambda: len(relay.passed) >= 6)
