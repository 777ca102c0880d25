"""The product as it runs, with a wire to every server that it needs, and people who write all the while."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit, urlunsplit

from tests.browser.product import ROOT
from tests.core.https_server import certificate
from tests.correspondence.imap_account import PORT, Account
from tests.crash.load import PATIENCE, Sender
from tests.crash.test_kill import Crashing
from tests.notifications.push_server import PushService
from tests.notifications.smtp_server import Mailbox
from tests.serving.wire import Wire

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

OUTAGE = float(os.environ.get("COMPTOIR_TEST_OUTAGE", "6"))  # seconds
PAUSE = 0.2  # seconds between two messages of one sender


class House(Crashing):
    def __init__(self, data: Path, *, valkey: str = "") -> None:
        super().__init__(data)
        self.settings = "tests.settings_hurried"
        chain = certificate(data)
        self.box, self.service, self.account = Mailbox(), PushService(chain), Account()
        self.wires = {
            "mail": Wire(f"smtp://127.0.0.1:{self.box.port}"),
            "push": Wire(f"https://127.0.0.1:{self.service.server_port}"),
            "imap": Wire(f"imap://127.0.0.1:{PORT}"),
        }
        self.more = {
            "COMPTOIR_EMAIL_URL": f"smtp://127.0.0.1:{self.wires['mail'].port}",
            "COMPTOIR_BASE_URL": self.address,
            "COMPTOIR_PUSH_HOSTS": f"localhost:{self.wires['push'].port}",
            "COMPTOIR_PRIVATE_HOSTS": "localhost",
            "COMPTOIR_CA_FILE": str(chain),
            "COMPTOIR_MAIL_IN_IMAP": f"imap://{self.account.user}:secret@127.0.0.1:{self.wires['imap'].port}/INBOX",
        }
        if valkey:
            self.wires["valkey"] = Wire(valkey)
            self.more["COMPTOIR_VALKEY_URL"] = f"redis://127.0.0.1:{self.wires['valkey'].port}/0"
        self.tokens: list[str] = []

    def behind_a_wire(self) -> None:
        """From now on, after it was prepared, its database too."""
        own = urlsplit(self.database)
        wire = self.wires["postgresql"] = Wire(self.database)
        self.database = urlunsplit(own._replace(netloc=f"{own.username}@127.0.0.1:{wire.port}"))

    def ready(self) -> None:
        self.facts = self.prepare()
        if self.database:
            self.behind_a_wire()
        self.box.start()
        self.service.start()
        given = self.service.subscription("phone")
        path = urlsplit(given["endpoint"]).path
        given["endpoint"] = f"https://localhost:{self.wires['push'].port}{path}"
        self.tell("at_once", self.facts["people"]["client"]["member"], json.dumps(given))
        accountant = self.facts["people"]["accountant"]["email"]
        self.tokens = [self.command("token", accountant) for _ in range(2)]
        self.start()

    def tell(self, *words: str) -> Any:
        """What stands in its database, asked in its own surroundings."""
        ran = subprocess.run(
            [sys.executable, "-m", "tests.outages.inside", *words],
            cwd=ROOT,
            env=self.environment(),
            stdout=subprocess.PIPE,
            check=True,
        )
        return json.loads(ran.stdout)

    @contextmanager
    def load(self, conversation: str) -> Iterator[list[Sender]]:
        senders = [
            Sender(self.port, token, conversation, n, PAUSE, patience=PATIENCE + OUTAGE)
            for n, token in enumerate(self.tokens)
        ]
        for sender in senders:
            sender.start()
        try:
            yield senders
        finally:
            for sender in senders:
                sender.stopping.set()
            for sender in senders:
                sender.join(timeout=240)

    def end(self) -> None:
        self.stop()
        self.box.stop()
        self.service.stop()
        self.account.client.logout()
        for wire in self.wires.values():
            wire.close()
            wire.cut()
