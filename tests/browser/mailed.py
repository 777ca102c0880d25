"""A product whose mails go to a real mail server, and what its people find in their mailboxes."""

from __future__ import annotations

import re
import subprocess
import sys
import time
from typing import TYPE_CHECKING, NamedTuple

from tests.browser.product import ROOT, Product
from tests.notifications.smtp_server import Mailbox

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Page

PATIENCE = 120.0
WAY = re.compile(r"(http\S+/open#\S+)\s+Code : (\d{4} \d{4})")
AT_ONCE = """
import django; django.setup()
from comptoir.notifications.models import OfficePolicy
from comptoir.people.models import Office
for office in Office.objects.all():
    OfficePolicy.objects.create(office=office, delay_minutes=0, text_in_mails="subject")
"""


class Way(NamedTuple):
    """To one conversation, as a mail in French gives it."""

    link: str
    code: str


class Mailed(Product):
    """Tells of what is unread at once rather than after two hours, with the subject of each conversation."""

    def __init__(self, data: Path) -> None:
        super().__init__(data)
        self.box = Mailbox()

    def environment(self) -> dict[str, str]:
        more = {
            "COMPTOIR_EMAIL_URL": f"smtp://127.0.0.1:{self.box.port}",
            "COMPTOIR_BASE_URL": self.address,
        }
        return {**super().environment(), **more}

    def begin(self) -> None:
        self.facts = self.prepare()
        subprocess.run([sys.executable, "-c", AT_ONCE], cwd=ROOT, env=self.environment(), check=True)
        self.box.start()
        self.start()

    def end(self) -> None:
        self.stop()
        self.box.stop()

    def email(self, part: str) -> str:
        found: str = self.facts["people"][part]["email"]
        return found

    def way(self, part: str, *, about: str, page: Page) -> Way:
        """What stands below these words in this person's mails, as soon as it does. The page goes on meanwhile."""
        end = time.monotonic() + PATIENCE
        while not (found := self._way(self.email(part), about)):
            assert time.monotonic() < end, self.log.read_text()
            page.wait_for_timeout(200)
        return found

    def _way(self, email: str, about: str) -> Way | None:
        for mail in list(self.box.taken):
            body = mail.get_body(("plain",))
            assert body is not None
            _, is_there, below = str(body.get_content()).partition(about)
            if mail["To"] == email and is_there and (found := WAY.search(below)):
                return Way(found[1], found[2])
        return None
