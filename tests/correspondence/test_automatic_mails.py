"""What programs send: noted, never posted, never answered; bounces mark the address; two instances stop by themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from comptoir.conversations.models import Conversation, Message
from comptoir.core.ids import new_id
from comptoir.correspondence.models import InboundMail, State, Transport
from comptoir.correspondence.reading import read
from comptoir.correspondence.storing import take_in
from comptoir.notifications.links import ways_to
from comptoir.notifications.mails import written_mail
from comptoir.notifications.models import AddressState, Announcement, Channel, Delivery, Mail
from comptoir.people.models import Office
from tests.correspondence import letters
from tests.mailbox.mails import CORPUS
from tests.world import NOW

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pytest_django.fixtures import SettingsWrapper

    from comptoir.people.models import Membership

    Receive = Callable[..., InboundMail]

pytestmark = pytest.mark.django_db

ALL = sorted(CORPUS.glob("automatic/*/*.eml"))
DSN = """\
Final-Recipient: rfc822; {recipient}
Action: failed
Status: {status}
Diagnostic-Code: smtp; 550 5.1.1 no such mailbox
"""


@pytest.mark.parametrize("path", ALL, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_the_corpus_posts_nothing_and_is_answered_by_nothing(
    path: Path, sophie: Membership, talk: Conversation, address: str, settings: SettingsWrapper
) -> None:
    """As hard as it gets: to a good address, from its owner, with everything proven."""
    settings.BASE_URL = "https://comptoir.bureau-lambert.be"  # type: ignore[attr-defined]  # whose mails they answer
    before = Message.objects.count(), Announcement.objects.count()
    raw = _from_owner(path.read_bytes(), sophie.person.email)
    (row,) = take_in(raw, transport=Transport.LMTP, at=NOW, recipients=[address])
    read(row.pk, at=NOW)
    assert InboundMail.objects.get(pk=row.pk).state == State.AUTOMATIC
    assert (Message.objects.count(), Announcement.objects.count()) == before
    assert talk.pk


def _from_owner(raw: bytes, owner: str) -> bytes:
    result = f"Authentication-Results: {letters.SERVER}; dmarc=pass header.from={owner.rpartition('@')[2]}"
    return f"{result}\r\n".encode() + raw


def test_an_instance_takes_another_s_mail_for_what_it_is(
    sophie: Membership, talk: Conversation, address: str, settings: SettingsWrapper
) -> None:
    """The person's address at the other instance is a reply address of ours: it writes, we do not write back."""
    message = Message.objects.of(talk.pk).get()
    delivery = Delivery(
        office_id=talk.office_id,
        member=sophie,
        conversation=talk,
        message=message,
        channel=Channel.EMAIL,
        due_at=NOW,
        created_at=NOW,
    )
    settings.BASE_URL = "https://other.example"
    office = Office.objects.get(pk=talk.office_id)
    ways = ways_to([delivery], at=NOW)
    mail = written_mail(
        Mail(pk=new_id()), [delivery], office=office, ways=ways, reply_to="r-x@in.other.example"
    )
    settings.BASE_URL = "https://talmont.example"
    before = Message.objects.count(), Announcement.objects.count()
    (row,) = take_in(mail.message().as_bytes(), transport=Transport.LMTP, at=NOW, recipients=[address])
    read(row.pk, at=NOW)
    row.refresh_from_db()
    assert (row.state, row.kind) == (State.AUTOMATIC, "list")
    assert (Message.objects.count(), Announcement.objects.count()) == before


def test_our_own_mail_come_back_is_a_loop(sophie: Membership, address: str, receive: Receive) -> None:
    row = receive(letters.Mail(sophie.person.email, address, message_id=f"<{new_id()}@talmont.example>"))
    assert (row.state, row.kind) == (State.AUTOMATIC, "loop")


def bounce(recipient: str, mail: Mail, *, status: str = "5.1.1", host: str = "talmont.example") -> bytes:
    return "\r\n".join(
        [
            "From: MAILER-DAEMON@mx.example",
            "To: post@talmont.example",
            "Subject: Undelivered Mail Returned to Sender",
            'Content-Type: multipart/report; report-type=delivery-status; boundary="b"',
            "MIME-Version: 1.0",
            "",
            "--b",
            "Content-Type: text/plain",
            "",
            "It could not be delivered.",
            "--b",
            "Content-Type: message/delivery-status",
            "",
            "Reporting-MTA: dns; mx.example",
            "",
            DSN.format(recipient=recipient, status=status).replace("\n", "\r\n"),
            "--b",
            "Content-Type: text/rfc822-headers",
            "",
            f"Message-ID: <{mail.pk}@{host}>",
            "",
            "--b--",
            "",
        ]
    ).encode()


def came_back(raw: bytes) -> InboundMail:
    (row,) = take_in(
        raw, transport=Transport.LMTP, at=NOW, recipients=["post@talmont.example"], envelope_sender=""
    )
    read(row.pk, at=NOW)
    return InboundMail.objects.get(pk=row.pk)


@pytest.fixture
def sent(sophie: Membership) -> Mail:
    return Mail.objects.create(person=sophie.person, office_id=sophie.office_id, made_at=NOW)


def test_a_bounce_marks_the_address(sophie: Membership, sent: Mail) -> None:
    row = came_back(bounce(sophie.person.email, sent))
    assert (row.state, row.office_id) == (State.AUTOMATIC, sophie.office_id)
    assert AddressState.objects.get(pk=sophie.person_id).bounced_at == NOW
    sent.refresh_from_db()
    assert sent.bounced_at == NOW


@pytest.mark.parametrize("which", ["another mail", "another recipient", "another host", "for now"])
def test_a_report_that_is_not_about_this_mail_marks_nobody(
    which: str, sophie: Membership, partner: Membership, sent: Mail
) -> None:
    raw = {
        "another mail": bounce(sophie.person.email, Mail(pk=new_id())),
        "another recipient": bounce(partner.person.email, sent),
        "another host": bounce(sophie.person.email, sent, host="elsewhere.example"),
        "for now": bounce(sophie.person.email, sent, status="4.2.2"),
    }[which]
    assert came_back(raw).state == State.AUTOMATIC
    assert not AddressState.objects.exists()


def test_forged_mails_to_guessed_addresses_send_none(receive: Receive) -> None:
    before = Announcement.objects.count()
    for n in range(100):
        row = receive(letters.Mail(f"x{n}@elsewhere.example", f"guess{n}@in.talmont.example"))
        assert row.state == State.KEPT
    assert (Announcement.objects.count(), Delivery.objects.count()) == (before, 0)
