"""The product as it runs: unread, an e-mail, an answer as Gmail writes it, by LMTP and by IMAP, and one message.

Between the storing of the answer and its reading the process is killed.
"""

from __future__ import annotations

import imaplib
import os
import smtplib
import subprocess
import sys
import time
import uuid
from typing import TYPE_CHECKING

import pytest

from tests.browser.product import ROOT
from tests.correspondence.gmail import answer_of
from tests.crash.load import ask
from tests.crash.test_kill import begun
from tests.notifications.smtp_server import free_port
from tests.notifications.test_whole_way import AT_ONCE, Telling, until

if TYPE_CHECKING:
    from collections.abc import Iterator
    from email.message import EmailMessage
    from pathlib import Path

IMAP_PORT = os.environ.get("COMPTOIR_TEST_IMAP_PORT", "")
pytestmark = [
    pytest.mark.servers,
    pytest.mark.skipif(not IMAP_PORT, reason="bin/test starts the IMAP server."),
]
SERVER = "mx.talmont.example"


class Answering(Telling):
    """Mails go out to a server of the test's, and come in by LMTP and by IMAP."""

    def __init__(self, data: Path) -> None:
        super().__init__(data)
        self.lmtp = free_port()
        self.user = f"u{uuid.uuid4().hex[:12]}"
        self.no_jobs = False

    def environment(self) -> dict[str, str]:
        return {
            **super().environment(),
            "COMPTOIR_MAIL_IN": "in.talmont.example",
            "COMPTOIR_MAIL_IN_AUTHSERV_ID": SERVER,
            "COMPTOIR_MAIL_IN_LMTP": f"127.0.0.1:{self.lmtp}",
            "COMPTOIR_MAIL_IN_IMAP": f"imap://{self.user}:secret@127.0.0.1:{IMAP_PORT}/INBOX",
        }

    def receive_only(self) -> subprocess.Popen[bytes]:
        """`comptoir receive` as a process of its own, without jobs."""
        command = [sys.executable, "-P", "-m", "comptoir", "receive"]
        return subprocess.Popen(command, cwd=self.data, env=self.environment(), stdout=subprocess.PIPE)

    def mail_about(self, conversation: str) -> EmailMessage | None:
        told = [mail for mail in self.box.taken if conversation in str(mail["References"])]
        return next((mail for mail in told if "r-" in str(mail["Reply-To"])), None)


@pytest.fixture
def answering(tmp_path: Path) -> Iterator[Answering]:
    product = Answering(tmp_path)
    product.facts = product.prepare()
    subprocess.run([sys.executable, "-c", AT_ONCE], cwd=ROOT, env=product.environment(), check=True)
    product.box.start()
    yield product
    product.stop()
    product.box.stop()


def deliver(port: int, raw: bytes, sender: str, recipient: str) -> None:
    with smtplib.LMTP("127.0.0.1", port, timeout=60) as server:
        server.sendmail(sender, [recipient], raw)


def texts(product: Answering, token: str, conversation: str) -> list[str]:
    status, answer = ask(product.port, "GET", f"/api/v1/conversations/{conversation}/messages", token)
    assert status == 200
    return sorted(message["body"] for message in answer["items"])


def test_an_answer_by_mail_becomes_one_message(answering: Answering) -> None:
    token = answering.command("token", answering.facts["people"]["accountant"]["email"])
    answering.start()
    conversation = begun(answering, token)
    until(lambda: answering.mail_about(conversation))
    mail = answering.mail_about(conversation)
    assert mail is not None
    raw = answer_of(mail, "Professionnelle. La facture est au nom de la société.", server=SERVER)
    before = texts(answering, token, conversation)
    answering.kill()
    # Taken by a process that reads nothing, and killed as soon as it has said so.
    taking = answering.receive_only()
    assert taking.stdout is not None
    assert b"takes mails" in taking.stdout.readline()
    deliver(answering.lmtp, raw, str(mail["To"]), str(mail["Reply-To"]).rpartition("<")[2].rstrip(">"))
    taking.kill()
    taking.wait()
    taking.stdout.close()
    answering.start()
    after = sorted([*before, "Professionnelle. La facture est au nom de la société."])
    until(lambda: texts(answering, token, conversation) == after)
    # And once more by IMAP, with what servers on that way put on top.
    with imaplib.IMAP4("127.0.0.1", int(IMAP_PORT)) as box:
        box.login(answering.user, "secret")
        assert box.append("INBOX", "", "", b"Received: from mx by imap.example; today\r\n" + raw)[0] == "OK"
        until(lambda: box.select("INBOX", readonly=True)[1] == [b"0"])
    time.sleep(5)
    assert texts(answering, token, conversation) == after
