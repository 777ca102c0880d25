"""Token × From × DMARC, all 27, through the whole path. Expected by hand: one of them posts."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

import pytest

from comptoir.activity.models import Event
from comptoir.conversations.models import Conversation, Message
from comptoir.correspondence.models import InboundMail, State
from comptoir.notifications.models import Announcement, ReplyAddress
from comptoir.notifications.reply_addresses import GOOD_FOR, reply_address
from comptoir.people.models import Office
from tests.correspondence.letters import SERVER, Mail
from tests.world import NOW, begin

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytest_django.fixtures import SettingsWrapper

    from comptoir.people.models import Company, Membership
    from tests.world import Cast

    Receive = Callable[..., InboundMail]

pytestmark = pytest.mark.django_db

TOKENS = ("valid", "other conversation", "none")
SENDERS = ("owner", "other member", "stranger")
DMARC = ("pass", "fail", "absent")
POSTS = ("valid", "owner", "pass")


CELLS = [pytest.param(cell, id=" ".join(cell)) for cell in product(TOKENS, SENDERS, DMARC)]


def written(cell: tuple[str, str, str], cast: Cast, talk: Conversation) -> Mail:
    token, sender, dmarc = cell
    other = begin(cast.accountant, cast.bakery, subject="Autre").conversation
    to = {
        "valid": reply_address(cast.client, talk, at=NOW),
        "other conversation": reply_address(cast.client, other, at=NOW),
        "none": f"r-{'a' * 26}@in.talmont.example",
    }
    by = {
        "owner": cast.client.person.email,
        "other member": cast.partner.person.email,
        "stranger": "nobody@elsewhere.example",
    }
    found = "" if dmarc == "absent" else dmarc
    return Mail(by[sender], to[token], dmarc=found, answers=[f"<{talk.pk}@talmont.example>"])


@pytest.mark.parametrize("cell", CELLS)
def test_one_cell_posts(cell: tuple[str, str, str], cast: Cast, talk: Conversation, receive: Receive) -> None:
    mail = written(cell, cast, talk)
    before = Message.objects.count(), Announcement.objects.count()
    row = receive(mail)
    posted = Message.objects.count() - before[0]
    assert (row.state, posted) == ((State.POSTED, 1) if cell == POSTS else (State.KEPT, 0))
    assert Announcement.objects.count() - before[1] == posted  # nobody is answered or told of the others
    # Whoever nobody knows, at an address that nobody gave out: of two offices neither is shown it.
    is_nobodys = cell[:2] == ("none", "stranger")
    assert row.office_id == (None if is_nobodys else cast.admin.office_id)
    assert Event.objects.filter(verb="mail.kept", subject_id=row.pk).exists() is not (
        posted == 1 or is_nobodys
    )
    assert bool(row.reason) is not bool(posted)
    if row.message is not None:
        assert (row.message.author_id, row.message.conversation_id) == (cast.client.pk, talk.pk)
        assert row.message.body == "Professionnelle."


def test_an_only_office_is_shown_what_nobody_knows(cast: Cast, receive: Receive) -> None:
    Office.objects.exclude(pk=cast.admin.office_id).delete()
    row = receive(Mail("nobody@elsewhere.example", f"r-{'a' * 26}@in.talmont.example"))
    assert (row.state, row.reason, row.office_id) == (State.KEPT, "unknown_address", cast.admin.office_id)


def test_a_stranger_with_the_owner_s_name_is_a_stranger(
    sophie: Membership, address: str, receive: Receive
) -> None:
    row = receive(Mail(f'"{sophie.person.email}" <evil@elsewhere.example>', address))
    assert (row.state, row.reason, row.message) == (State.KEPT, "stranger", None)


def test_two_senders_are_none(sophie: Membership, address: str, receive: Receive) -> None:
    row = receive(Mail(f"{sophie.person.email}, evil@elsewhere.example", address, dmarc="pass"))
    assert (row.state, row.message) == (State.KEPT, None)


@pytest.mark.parametrize(
    "forged",
    [
        "mx.evil.example; dmarc=pass header.from={domain}",
        "mx.talmont.example.evil.example; dmarc=pass header.from={domain}",
        '"mx.evil.example; mx.talmont.example"; dmarc=pass header.from={domain}',
        "(mx.talmont.example) mx.evil.example; dmarc=pass header.from={domain}",
        "mx.talmont.example; dmarc=pass header.from=elsewhere.example",
        "mx.talmont.example; spf=pass smtp.mailfrom={domain}; dkim=pass header.d={domain}",
    ],
)
def test_results_that_the_sender_wrote_count_for_nothing(
    forged: str, sophie: Membership, address: str, receive: Receive
) -> None:
    domain = sophie.person.email.rpartition("@")[2]
    headers = {"Authentication-Results": forged.format(domain=domain)}
    row = receive(Mail(sophie.person.email, address, dmarc="", headers=headers))
    assert (row.state, row.message) == (State.KEPT, None)


def test_our_server_s_no_beats_a_forged_yes(sophie: Membership, address: str, receive: Receive) -> None:
    domain = sophie.person.email.rpartition("@")[2]
    headers = {"Authentication-Results": f"{SERVER}; dmarc=pass header.from={domain}"}
    row = receive(Mail(sophie.person.email, address, dmarc="fail", headers=headers))
    assert (row.state, row.reason) == (State.KEPT, "forged")


def test_without_the_name_of_our_server_nobody_is_believed(
    sophie: Membership, address: str, receive: Receive, settings: SettingsWrapper
) -> None:
    settings.MAIL_IN_AUTHSERV_ID = ""
    assert receive(Mail(sophie.person.email, address)).reason == "not_proven"


def test_a_private_conversation_is_the_owner_s_only(cast: Cast, bakery: Company, receive: Receive) -> None:
    private = begin(cast.accountant, bakery, to=cast.client).conversation
    address = reply_address(cast.client, private, at=NOW)
    # The partner does not see it: to the table they are a stranger.
    assert receive(Mail(cast.partner.person.email, address)).reason == "stranger"
    assert receive(Mail(cast.client.person.email, address)).state == State.POSTED


def test_an_address_ends(sophie: Membership, talk: Conversation, address: str, receive: Receive) -> None:
    late = receive(Mail(sophie.person.email, address), at=NOW + GOOD_FOR)
    assert (late.state, late.reason, late.office_id) == (State.KEPT, "expired", sophie.office_id)
    ReplyAddress.objects.update(revoked_at=NOW)
    revoked = receive(Mail(sophie.person.email, address))
    assert (revoked.state, revoked.reason, revoked.conversation_id) == (State.KEPT, "expired", talk.pk)


def test_a_mail_that_names_no_thread_counts_by_its_address(
    sophie: Membership, address: str, receive: Receive
) -> None:
    assert receive(Mail(sophie.person.email, address)).state == State.POSTED
