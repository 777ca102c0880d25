"""A mail server that is there, and the jobs' work done by hand at a moment of the test's own."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.test import Client

from comptoir.notifications.actions.devices import allow_push
from comptoir.notifications.announcing import work_announcements_off
from comptoir.notifications.delivering import deliver_mails
from tests.core.https_server import certificate
from tests.notifications.push_server import PushService
from tests.notifications.smtp_server import Mailbox
from tests.world import NOW, signed_in

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from pathlib import Path

    from pytest_django.fixtures import SettingsWrapper

    from comptoir.notifications.models import PushDevice
    from comptoir.people.models import Membership
    from tests.notifications.pushes import Allow


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


@pytest.fixture
def service(tmp_path: Path, settings: SettingsWrapper) -> Iterator[PushService]:
    chain = certificate(tmp_path)
    made = PushService(chain)
    settings.EXTRA_CA_FILE, settings.PRIVATE_HOSTS = str(chain), ["localhost"]
    settings.PUSH_HOSTS = [f"localhost:{made.server_port}"]
    settings.BASE_URL = "https://talmont.example"
    made.start()
    yield made
    made.stop()


@pytest.fixture
def allow(service: PushService) -> Allow:
    """Signs somebody in on a device and lets it be woken."""

    def allow(member: Membership, name: str = "phone") -> PushDevice:
        session = signed_in(Client(), member).session.session_key
        given = service.subscription(name)
        return allow_push(**given, by=member, at=NOW, label=f"Chrome, {name}", session_key=session)  # type: ignore[arg-type]

    return allow
