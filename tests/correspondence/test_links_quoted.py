"""A client's answer quotes the mail that it answers, with the link in it: whoever of the office reads it gets no key."""

from __future__ import annotations

from email.message import EmailMessage
from typing import TYPE_CHECKING

import pytest

from comptoir.mailbox.links import secrets_in
from comptoir.notifications.actions.item_links import make_item_link, open_item
from comptoir.people.one_time import LinkExpired
from tests.correspondence.letters import Mail
from tests.world import NOW

if TYPE_CHECKING:
    from collections.abc import Callable

    from comptoir.conversations.models import Conversation
    from comptoir.people.models import Membership

SECRET = "qL3x-_9aZ" * 4 + "1234567"  # 43 characters, as one has
ADDRESS = f"https://talmont.example/open#{SECRET}"
BROWSER = "b" * 64


def quoting(text: str) -> str:
    return f"Oui.\n\nLe lun. 23 nov. 2026, Talmont a écrit :\n{text}\n"


@pytest.mark.parametrize("sender", ["sophie", "stranger"])
def test_a_link_that_was_quoted_opens_nothing(
    sender: str, sophie: Membership, talk: Conversation, address: str, receive: Callable[..., object]
) -> None:
    made = make_item_link(talk, to=sophie, at=NOW)
    who = sophie.person.email if sender == "sophie" else "somebody@mail.example"
    receive(Mail(who, address, quoting(f"> https://talmont.example/open#{made.secret}")))
    with pytest.raises(LinkExpired):
        open_item(made.secret, browser=BROWSER, at=NOW)


def test_one_that_is_open_stays_open_where_it_was_opened(
    sophie: Membership, talk: Conversation, address: str, receive: Callable[..., object]
) -> None:
    made = make_item_link(talk, to=sophie, at=NOW)
    other = make_item_link(talk, to=sophie, at=NOW)
    open_item(made.secret, browser=BROWSER, at=NOW)
    receive(Mail(sophie.person.email, address, quoting(f"> https://talmont.example/open#{made.secret}")))
    assert open_item(made.secret, browser=BROWSER, at=NOW).pk == sophie.pk
    assert open_item(other.secret, browser=BROWSER, at=NOW).pk == sophie.pk


def plain(text: str) -> EmailMessage:
    mail = EmailMessage()
    mail["From"], mail["Message-ID"] = "a@mail.example", "<1@mail.example>"
    mail.set_content(text)
    return mail


def html(text: str) -> EmailMessage:
    mail = plain("Oui.")
    mail.add_alternative(f'<p>Oui.</p><blockquote><a href="{text}">Ouvrir</a></blockquote>', subtype="html")
    return mail


def within(mail: EmailMessage) -> EmailMessage:
    outer = plain("Transmis.")
    outer.add_attachment(mail)
    return outer


def encoded(text: str) -> EmailMessage:
    mail = EmailMessage()
    mail.set_content(f"Oui. Été.\n{text}", cte="base64")
    return mail


@pytest.mark.parametrize(
    "mail",
    [
        plain(f"> {ADDRESS}\n"),
        plain(f"> {ADDRESS[:50]}\n> {ADDRESS[50:]}\n"),
        html(ADDRESS),
        html(f"https://filter.example/?url={ADDRESS.replace('#', '%23')}&data=x"),
        within(plain(ADDRESS)),
        within(html(ADDRESS)),
        encoded(ADDRESS),
    ],
    ids=["plain", "wrapped", "html", "rewritten", "forwarded", "forwarded html", "base64"],
)
def test_it_is_found_however_a_program_carries_it(mail: EmailMessage) -> None:
    assert SECRET in secrets_in(mail.as_bytes())


def test_nothing_is_found_where_there_is_none() -> None:
    assert secrets_in(plain("Oui, facture #2026-0144.").as_bytes()) == frozenset()
    assert secrets_in(b"\xff\x00 no mail at all") == frozenset()
