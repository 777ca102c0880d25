"""A mail server that is there, and the jobs' work done by hand at a moment of the test's own."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from comptoir.notifications.announcing import work_announcements_off
from comptoir.notifications.delivering import deliver_mails
from tests.notifications.smtp_server import Mailbox
from tests.world import NOW

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from pytest_django.fixtures import SettingsWrapper


@pytest.fixture
def mailbox(settings: SettingsWrapper) -> Iterator[Mailbox]:
    box = Mailbox()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", box.port, 3
    settings.BASE_URL = "https://talmont.example"
    settings.DEFAULT_FROM_EMAIL = "Comptoir <post@talmont.example>"
    box.start()
    yield box
    box.stop()


class Teller:
    """The worker, whenever a test calls it."""

    def at(self, moment: datetime) -> None:
        work_announcements_off(now=moment)
        deliver_mails(lambda: moment)

    def after(self, **more: float) -> datetime:
        moment = NOW + timedelta(**more)
        self.at(moment)
        return moment


@pytest.fixture
def tell(mailbox: Mailbox) -> Teller:
    return Teller()
