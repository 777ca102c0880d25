"""Mails come in at `in.talmont.example`, and what they become is looked at."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from comptoir.correspondence.models import InboundMail, Transport
from comptoir.correspondence.reading import read
from comptoir.correspondence.storing import take_in
from comptoir.notifications.reply_addresses import reply_address
from tests.correspondence.letters import SERVER
from tests.world import NOW, begin

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from pathlib import Path

    from pytest_django.fixtures import SettingsWrapper

    from comptoir.conversations.models import Conversation
    from comptoir.people.models import Company, Membership
    from tests.correspondence.letters import Mail


@pytest.fixture(autouse=True)
def mail_in(settings: SettingsWrapper, tmp_path: Path) -> None:
    settings.MAIL_IN, settings.MAIL_IN_AUTHSERV_ID = "in.talmont.example", SERVER
    settings.BASE_URL = "https://talmont.example"
    settings.FILES = tmp_path / "files"


@pytest.fixture
def talk(accountant: Membership, bakery: Company) -> Conversation:
    return begin(accountant, bakery).conversation


@pytest.fixture
def address(sophie: Membership, talk: Conversation) -> str:
    """To which Sophie answers in that conversation."""
    return reply_address(sophie, talk, at=NOW)


@pytest.fixture
def receive() -> Callable[..., InboundMail]:
    """A mail comes in, as the server hands it over, and the job reads it."""

    def received(mail: Mail, *, at: datetime = NOW, envelope_sender: str | None = None) -> InboundMail:
        (row,) = take_in(
            mail.bytes(),
            transport=Transport.LMTP,
            at=at,
            recipients=[mail.to],
            envelope_sender=mail.sender if envelope_sender is None else envelope_sender,
        )
        read(row.pk, at=at)
        return InboundMail.objects.get(pk=row.pk)

    return received
