"""Access, and what was read, are asked again at the moment of sending."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from comptoir.conversations.actions.conversation import close_conversation, mark_handled
from comptoir.conversations.actions.message import delete_message, post_message
from comptoir.conversations.actions.receipt import mark_seen
from comptoir.core.ids import new_id
from comptoir.notifications.actions.telling import set_mails
from comptoir.notifications.models import Delivery, State
from comptoir.people.actions.companies import archive_company
from comptoir.people.actions.memberships import change_profile, end_membership
from comptoir.people.models import Person
from tests.world import NOW, begin, fresh, say

if TYPE_CHECKING:
    from collections.abc import Callable

    from comptoir.conversations.actions.conversation import Started
    from comptoir.people.models import Company, Membership
    from tests.notifications.conftest import Teller
    from tests.notifications.smtp_server import Mailbox
    from tests.world import Cast

DUE = NOW + timedelta(hours=2)
CHANGES: dict[str, Callable[[Cast, Started], object]] = {
    "ended": lambda cast, _: end_membership(cast.client.pk, by=fresh(cast.admin), at=NOW),
    "archived": lambda cast, _: archive_company(cast.bakery.pk, by=fresh(cast.admin), at=NOW),
    "another profile": lambda cast, _: change_profile(
        cast.client.pk, by=fresh(cast.admin), at=NOW, profile="document_processing"
    ),
    "deactivated": lambda cast, _: Person.objects.filter(pk=cast.client.person_id).update(is_active=False),
    "deleted": lambda cast, begun: delete_message(begun.message.pk, by=fresh(cast.accountant), at=NOW),
    "read elsewhere": lambda cast, begun: mark_seen(begun.conversation.pk, by=fresh(cast.client), at=NOW),
    "no mails wished": lambda cast, _: set_mails(
        cast.client.person_id, office_id=cast.client.office_id, at=NOW, on=False
    ),
}


@pytest.mark.parametrize("change", CHANGES, ids=str)
def test_nothing_leaves(  # noqa: PLR0917 -- its cast
    mailbox: Mailbox, tell: Teller, cast: Cast, change: str, accountant: Membership, bakery: Company
) -> None:
    begun = begin(accountant, bakery, to=fresh(cast.client))
    tell.at(NOW)
    assert Delivery.objects.get().state == State.WAITING
    CHANGES[change](cast, begun)
    tell.at(DUE)
    assert mailbox.taken == []
    assert Delivery.objects.get().state == State.SKIPPED


def test_access_that_ends_while_the_line_is_opened(  # noqa: PLR0917 -- its cast
    mailbox: Mailbox,
    tell: Teller,
    cast: Cast,
    accountant: Membership,
    bakery: Company,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    begin(accountant, bakery, to=fresh(cast.client))
    tell.at(NOW)
    from comptoir.notifications.sending import Post  # noqa: PLC0415 -- what is watched

    opening = Post.open

    def slow(post: Post) -> object:
        outcome = opening(post)
        end_membership(cast.client.pk, by=fresh(cast.admin), at=NOW)
        return outcome

    monkeypatch.setattr(Post, "open", slow)
    tell.at(DUE)
    assert mailbox.taken == []


def test_access_that_ends_while_it_is_handed_over(
    mailbox: Mailbox, tell: Teller, cast: Cast, accountant: Membership, bakery: Company
) -> None:
    """Too late for this mail; but the message is not called delivered to somebody without access."""
    begun = begin(accountant, bakery, to=fresh(cast.client))
    tell.at(NOW)
    member = Delivery.objects.select_related("member").get().member
    mailbox.while_data = None
    tell.at(DUE - timedelta(minutes=1))
    type(member).objects.filter(pk=member.pk).update(profile="document_processing")
    tell.at(DUE)
    begun.message.refresh_from_db()
    assert begun.message.delivered_at is None


# ── The office ───────────────────────────────────────────────────────────
def test_the_staff_get_their_digest_at_eight(
    mailbox: Mailbox, tell: Teller, sophie: Membership, bakery: Company
) -> None:
    begin(sophie, bakery)
    tell.at(NOW)
    tell.after(hours=20)
    told = {mail["To"] for mail in mailbox.taken}
    assert told == {"partner@demo.example"}
    tell.at((NOW + timedelta(days=1)).replace(hour=8, minute=0))
    told = {mail["To"] for mail in mailbox.taken}
    # Who holds the dossier, and not every administrator of the office.
    assert told == {"partner@demo.example", "accountant@demo.example", "assistant@demo.example"}


@pytest.mark.parametrize("way", ["handled", "answered"])
def test_what_a_colleague_settled_is_nobodys_digest(  # noqa: PLR0917 -- its cast
    mailbox: Mailbox, tell: Teller, sophie: Membership, admin: Membership, bakery: Company, way: str
) -> None:
    talk = begin(sophie, bakery, at=NOW).conversation
    tell.at(NOW)
    if way == "handled":
        mark_handled(talk.pk, by=admin, at=NOW)
    else:
        say(talk, admin, "Voilà")
    tell.at((NOW + timedelta(days=1)).replace(hour=8, minute=0))
    assert [mail["To"] for mail in mailbox.taken if "client" not in mail["To"]] == ["partner@demo.example"]


def test_a_late_answer_is_told_at_once(
    mailbox: Mailbox, tell: Teller, sophie: Membership, accountant: Membership, bakery: Company
) -> None:
    talk = begin(accountant, bakery, to=sophie).conversation
    close_conversation(talk.pk, by=accountant, at=NOW)
    mark_seen(talk.pk, by=sophie, at=NOW)
    at = NOW + timedelta(hours=1)
    post_message(talk.pk, by=sophie, at=at, key=new_id(), body="Encore ceci", reopening=True)
    tell.at(at)
    assert mailbox.recipients == [accountant.person.email]
    assert Delivery.objects.filter(state=State.SENT, is_urgent=True).count() == 1
