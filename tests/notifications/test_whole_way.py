"""The product as it runs: a message, a mail server that is away, a `kill -9`, and one e-mail within two minutes."""

from __future__ import annotations

import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest

from tests.browser.product import ROOT
from tests.crash.load import ask
from tests.crash.test_kill import Crashing, begun
from tests.notifications.smtp_server import Mailbox

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = [pytest.mark.servers]

PATIENCE = 120.0
SOME_LOOKS = 6.0  # seconds, in which the product looks three times whom it has to tell
AT_ONCE = """
import django; django.setup()
from comptoir.notifications.models import OfficePolicy
from comptoir.people.models import Office
for office in Office.objects.all(): OfficePolicy.objects.create(office=office, delay_minutes=0)
"""


class Telling(Crashing):
    def __init__(self, data: Path) -> None:
        super().__init__(data)
        self.settings = "tests.settings_hurried"
        self.box = Mailbox()

    def environment(self) -> dict[str, str]:
        return {
            **super().environment(),
            "COMPTOIR_EMAIL_URL": f"smtp://127.0.0.1:{self.box.port}",
            "COMPTOIR_BASE_URL": self.address,
        }


@pytest.fixture
def telling(tmp_path: Path) -> Iterator[Telling]:
    product = Telling(tmp_path)
    product.facts = product.prepare()
    subprocess.run([sys.executable, "-c", AT_ONCE], cwd=ROOT, env=product.environment(), check=True)
    yield product
    product.stop()
    product.box.stop()


def test_a_message_becomes_one_mail(telling: Telling) -> None:
    token = telling.command("token", telling.facts["people"]["accountant"]["email"])
    telling.start()
    conversation = begun(telling, token)
    time.sleep(SOME_LOOKS)  # the mail server is away
    telling.kill()
    telling.box.start()
    telling.start()
    until(lambda: mailed(telling, conversation) >= 2)
    time.sleep(SOME_LOOKS)  # and nothing comes twice
    assert mailed(telling, conversation) == 2
    until(lambda: ticks(telling, token, conversation) == {"delivered"})


def mailed(telling: Telling, conversation: str) -> int:
    """How many mails tell of it alone; the cast's other conversations have theirs."""
    return sum(conversation in str(mail["References"]) for mail in telling.box.taken)


def ticks(telling: Telling, token: str, conversation: str) -> set[str]:
    status, answer = ask(telling.port, "GET", f"/api/v1/conversations/{conversation}/messages", token)
    assert status == 200
    return {message["state"] for message in answer["items"]}


def until(happens: object) -> None:
    end = time.monotonic() + PATIENCE
    while not happens():  # type: ignore[operator]
        assert time.monotonic() < end
        time.sleep(1)
