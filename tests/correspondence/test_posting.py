"""An accepted reply: its text, its files, once, also after closing; and when it is none after all."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from comptoir.conversations.actions.conversation import close_conversation
from comptoir.conversations.models import Conversation, Message, MessageAttachment
from comptoir.correspondence.models import InboundMail, State, Transport
from comptoir.correspondence.reading import read
from comptoir.correspondence.storing import take_in
from comptoir.files.models import Attachment
from comptoir.files.scanner import ScannerAway
from comptoir.notifications.reply_addresses import reply_address
from comptoir.people.actions.memberships import end_membership
from comptoir.people.models import Person
from tests.correspondence.letters import PDF, Mail
from tests.world import NOW, begin, fresh

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytest_django.fixtures import SettingsWrapper

    from comptoir.people.models import Company, Membership
    from tests.world import Cast

    Receive = Callable[..., InboundMail]

pytestmark = pytest.mark.django_db
QUOTED = """Oui, c'est professionnel.

Le lun. 23 nov. 2026 à 14:05, Talmont <r-x@in.talmont.example> a écrit :

> —— Répondez au-dessus de cette ligne ——
>
> Bonjour,
"""


def bodies(talk: Conversation) -> list[str]:
    return list(
        Message.objects.of(talk.pk).filter(kind="text").order_by("position").values_list("body", flat=True)
    )


def test_the_quote_is_cut(sophie: Membership, talk: Conversation, address: str, receive: Receive) -> None:
    receive(Mail(sophie.person.email, address, QUOTED))
    assert bodies(talk)[1:] == ["Oui, c'est professionnel."]


def test_twice_by_one_way_is_one_mail(
    sophie: Membership, talk: Conversation, address: str, receive: Receive
) -> None:
    mail = Mail(sophie.person.email, address, files=[("facture.pdf", PDF)])
    receive(mail)
    assert take_in(mail.bytes(), transport=Transport.LMTP, at=NOW, recipients=[address]) == []
    assert len(bodies(talk)) == 2


def test_twice_by_two_ways_is_one_message(
    sophie: Membership, talk: Conversation, address: str, receive: Receive
) -> None:
    mail = Mail(sophie.person.email, address, files=[("facture.pdf", PDF)])
    receive(mail)
    mail.headers["Received"] = (
        "from mx.elsewhere.example by imap.elsewhere.example; Thu, 12 Nov 2026 09:30:00 +0100"
    )
    assert receive(mail).state == State.REPEATED
    assert len(bodies(talk)) == 2
    assert Attachment.objects.count() == 1


def test_a_job_that_runs_twice_posts_once(
    sophie: Membership, talk: Conversation, address: str, receive: Receive
) -> None:
    row = receive(Mail(sophie.person.email, address))
    read(row.pk, at=NOW)
    InboundMail.objects.filter(pk=row.pk).update(state=State.NEW)  # as if the note of it had been lost
    read(row.pk, at=NOW)
    assert len(bodies(talk)) == 2


def test_files_are_taken_and_refused_by_name(
    sophie: Membership, talk: Conversation, address: str, receive: Receive
) -> None:
    files = [("facture.pdf", PDF), ("setup.exe", b"MZ" + b"\0" * 64), ("logiciel.xyz", b"abc")]
    row = receive(Mail(sophie.person.email, address, files=files))
    assert row.message is not None
    hung = MessageAttachment.objects.filter(message=row.message)
    assert [one.attachment.name for one in hung] == ["facture.pdf"]
    assert [file["name"] for file in row.refused_files] == ["setup.exe", "logiciel.xyz"]
    assert all(file["refused"] for file in row.refused_files)
    assert row.message.body.endswith("setup.exe, logiciel.xyz]")
    assert b"setup.exe" in row.raw.content  # never lost


def test_a_scanner_that_is_away_loses_nothing(
    sophie: Membership, talk: Conversation, address: str, settings: SettingsWrapper
) -> None:
    settings.CLAMD = "127.0.0.1:1"
    mail = Mail(sophie.person.email, address, files=[("facture.pdf", PDF)])
    (row,) = take_in(mail.bytes(), transport=Transport.LMTP, at=NOW, recipients=[address])
    with pytest.raises(ScannerAway):
        read(row.pk, at=NOW)
    settings.CLAMD = ""
    read(row.pk, at=NOW)
    assert len(bodies(talk)) == 2


def test_whoever_may_not_hand_in_files_still_writes(cast: Cast, bakery: Company, receive: Receive) -> None:
    private = begin(cast.accountant, bakery, to=cast.reader).conversation
    address = reply_address(fresh(cast.reader), private, at=NOW)
    row = receive(Mail(cast.reader.person.email, address, files=[("facture.pdf", PDF)]))
    assert (row.state, len(row.refused_files)) == (State.POSTED, 1)


def test_a_long_text_comes_whole(sophie: Membership, address: str, receive: Receive) -> None:
    row = receive(Mail(sophie.person.email, address, "mot " * 8000))
    assert row.message is not None
    assert len(row.message.body) <= 20_000
    (file,) = MessageAttachment.objects.filter(message=row.message)
    assert (file.attachment.name, file.attachment.size > 31_000) == ("message.txt", True)


def test_a_late_answer_reopens_and_alarms(
    sophie: Membership, accountant: Membership, talk: Conversation, address: str, receive: Receive
) -> None:
    close_conversation(talk.pk, by=accountant, at=NOW)
    later = NOW + timedelta(days=3)
    assert receive(Mail(sophie.person.email, address), at=later).state == State.POSTED
    talk.refresh_from_db()
    assert (talk.closed_at, talk.reopened_at, talk.awaiting_office_since) == (None, later, later)


def test_whoever_lost_access_writes_nothing(
    cast: Cast, admin: Membership, talk: Conversation, address: str, receive: Receive
) -> None:
    end_membership(cast.client.pk, by=admin, at=NOW)
    row = receive(Mail(cast.client.person.email, address))
    assert (row.state, row.message) == (State.KEPT, None)
    assert len(bodies(talk)) == 1


def test_whoever_is_deactivated_writes_nothing(cast: Cast, address: str, receive: Receive) -> None:
    Person.objects.filter(pk=cast.client.person_id).update(is_active=False)
    assert receive(Mail(cast.client.person.email, address)).reason == "no_access"


def test_nothing_at_all_is_kept(sophie: Membership, address: str, receive: Receive) -> None:
    assert receive(Mail(sophie.person.email, address, "\n\n")).reason == "empty"


def test_the_staff_answer_by_mail_as_well(
    cast: Cast, accountant: Membership, bakery: Company, receive: Receive
) -> None:
    talk = begin(cast.client, bakery).conversation
    row = receive(Mail(accountant.person.email, reply_address(accountant, talk, at=NOW)))
    talk.refresh_from_db()
    assert (row.state, talk.awaiting_office_since) == (State.POSTED, None)


def test_an_assistant_has_no_address(assistant: Membership, talk: Conversation) -> None:
    assert reply_address(assistant, talk, at=NOW) == ""


def test_one_address_brings_so_many_and_no_more(
    sophie: Membership, talk: Conversation, address: str, receive: Receive
) -> None:
    rows = [receive(Mail(sophie.person.email, address, f"Message {n}")) for n in range(22)]
    assert [row.state for row in rows] == [State.POSTED] * 20 + [State.KEPT] * 2
    assert rows[-1].reason == "too_many"
    assert receive(Mail(sophie.person.email, address), at=NOW + timedelta(hours=2)).state == State.POSTED
