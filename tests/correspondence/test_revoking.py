"""Addresses for answers, ended: by oneself, by the office, with the membership. The next mail brings a new one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.urls import reverse

from comptoir.activity.models import Event
from comptoir.correspondence.fetching import note_fetched, note_mailbox_away
from comptoir.correspondence.models import InboundMail, State
from comptoir.notifications.reply_addresses import reply_address
from comptoir.people.actions.memberships import end_membership
from tests.correspondence.letters import Mail
from tests.world import NOW, fresh

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client
    from pytest_django.fixtures import SettingsWrapper

    from comptoir.conversations.models import Conversation
    from comptoir.people.models import Membership
    from tests.world import Cast

    Browser = Callable[[Membership], Client]
    Receive = Callable[..., InboundMail]

pytestmark = pytest.mark.django_db


def buttons(sophie: Membership, accountant: Membership) -> list[tuple[Membership, str, str]]:
    """Who presses it, on which page, and where it leads."""
    return [
        (sophie, reverse("telling"), reverse("telling_revoke", args=[sophie.pk])),
        (
            accountant,
            reverse("company", args=[sophie.company_id]),
            reverse("addresses_revoke", args=[sophie.pk]),
        ),
    ]


@pytest.mark.parametrize("place", [0, 1], ids=["by herself", "by the office"])
def test_what_was_given_before_is_over(
    place: int, browser_of: Browser, cast: Cast, talk: Conversation, receive: Receive
) -> None:
    sophie = fresh(cast.client)
    before = reply_address(sophie, talk, at=NOW)
    by, page, where = buttons(sophie, fresh(cast.accountant))[place]
    browser = browser_of(by)
    assert where in browser.get(page).content.decode()
    assert browser.post(where).status_code == 302
    row = receive(Mail(sophie.person.email, before))
    assert (row.state, row.reason) == (State.KEPT, "expired")
    after = reply_address(sophie, talk, at=NOW)
    assert after != before
    assert receive(Mail(sophie.person.email, after)).state == State.POSTED
    assert Event.objects.get(verb="reply_addresses.revoked").facts == {"number": 1}


def test_the_end_of_a_membership_ends_them(
    admin: Membership, sophie: Membership, address: str, receive: Receive
) -> None:
    end_membership(sophie.pk, by=admin, at=NOW)
    assert receive(Mail(sophie.person.email, address)).reason == "expired"


def test_no_buttons_where_no_mail_comes_in(
    browser_of: Browser, accountant: Membership, sophie: Membership, settings: SettingsWrapper
) -> None:
    settings.MAIL_IN = ""
    mine = browser_of(sophie).get(reverse("telling")).content.decode()
    theirs = browser_of(accountant).get(reverse("company", args=[sophie.company_id])).content.decode()
    assert "/addresses" not in mine + theirs


# ── What an administrator is told of the ways in ─────────────────────────
def shown(browser: Client) -> str:
    return str(browser.get(reverse("settings_deliveries")).content.decode())


def test_tells_how_the_mailbox_is(browser_of: Browser, admin: Membership, settings: SettingsWrapper) -> None:
    settings.MAIL_IN_IMAP = "imap+ssl://post:geheim@imap.talmont.example/INBOX"
    settings.MAIL_IN_LMTP = "127.0.0.1:2424"
    browser = browser_of(admin)
    note_mailbox_away(error="[AUTHENTICATIONFAILED] no", at=NOW)
    text = shown(browser)
    for words in ("imap.talmont.example", "127.0.0.1:2424", "[AUTHENTICATIONFAILED]", "in.talmont.example"):
        assert words in text
    assert "geheim" not in text
    note_fetched(at=NOW)
    assert "AUTHENTICATIONFAILED" not in shown(browser)


def test_tells_that_nobody_is_believed(
    browser_of: Browser, admin: Membership, settings: SettingsWrapper
) -> None:
    assert "AUTHSERV_ID" not in shown(browser_of(admin))
    settings.MAIL_IN_AUTHSERV_ID = ""
    assert "AUTHSERV_ID" in shown(browser_of(admin))


def test_tells_that_none_come_in(browser_of: Browser, admin: Membership, settings: SettingsWrapper) -> None:
    settings.MAIL_IN = ""
    assert "COMPTOIR_MAIL_IN)" in shown(browser_of(admin))
