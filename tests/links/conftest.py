"""A link in Sophie's mailbox, to one of several conversations that are hers."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.test import Client

from comptoir.notifications.actions.item_links import make_item_link
from comptoir.people.secrets import digest_of
from tests.notifications.conftest import mailbox, tell
from tests.world import NOW, begin, fresh

if TYPE_CHECKING:
    from comptoir.conversations.models import Conversation
    from comptoir.people.models import Company, Membership
    from comptoir.people.one_time import Made

__all__ = ["mailbox", "tell"]

PHONE, LAPTOP = digest_of("phone"), digest_of("laptop")
A_MINUTE = timedelta(minutes=1)


@pytest.fixture
def asked(accountant: Membership, bakery: Company) -> Conversation:
    return begin(accountant, bakery, subject="Facture du Moulin").conversation


@pytest.fixture
def private(sophie: Membership, accountant: Membership, bakery: Company) -> Conversation:
    return begin(sophie, bakery, subject="Une affaire privée", to=accountant).conversation


@pytest.fixture
def made(asked: Conversation, private: Conversation, sophie: Membership) -> Made:
    return make_item_link(asked, to=sophie, at=NOW)


def link_to(conversation: Conversation, member: Membership) -> Made:
    return make_item_link(conversation, to=fresh(member), at=NOW)


def opened(secret: str) -> Client:
    """A browser in which the button was pressed."""
    browser = Client()
    assert browser.post("/open", {"secret": secret}).status_code == 302
    return browser
