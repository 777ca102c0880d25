"""The address of a group hears of a message where nobody who answers for the dossier can be told, and only then."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from comptoir.conversations.actions.conversation import mark_handled
from comptoir.core.worker import run_one
from comptoir.notifications.actions.addresses import note_bounce
from comptoir.people.actions.companies import archive_company
from comptoir.people.actions.memberships import end_membership
from comptoir.people.models import Company, Group
from tests.world import NOW, begin, fresh

if TYPE_CHECKING:
    from collections.abc import Callable
    from uuid import UUID

    from comptoir.people.models import Membership
    from tests.notifications.conftest import Teller
    from tests.notifications.smtp_server import Mailbox
    from tests.world import Cast

ADDRESS = "team@talmont.example"


@pytest.fixture
def team(cast: Cast, bakery: Company) -> Group:
    """The bakery is held by a group of nobody, which has an address."""
    team = Group.objects.create(office=bakery.office, name="Team", fallback_email=ADDRESS)
    Company.objects.filter(pk=bakery.pk).update(group=team)
    return team


def everybody_gone(cast: Cast) -> None:
    for one in (cast.accountant, cast.assistant):
        end_membership(one.pk, by=fresh(cast.admin), at=NOW)


def nobody_reached(cast: Cast) -> None:
    for one in (cast.accountant, cast.assistant):
        note_bounce(one.person.email, reason="550 5.1.1 Unknown", at=NOW)


def work() -> None:
    while run_one("test"):
        pass


def to_team(mailbox: Mailbox) -> list[str]:
    return [mail.get_body(("plain",)).get_content() for mail in mailbox.taken if mail["To"] == ADDRESS]


@pytest.mark.parametrize("why", [everybody_gone, nobody_reached])
def test_where_nobody_can_be_told(  # noqa: PLR0917 -- its cast
    mailbox: Mailbox, tell: Teller, cast: Cast, team: Group, sophie: Membership, why: Callable[[Cast], None]
) -> None:
    why(cast)
    talk = begin(
        sophie, Company.objects.get(pk=cast.bakery.pk), subject="Secret", body="Confidential"
    ).conversation
    tell.at(NOW)
    work()
    (text,) = to_team(mailbox)
    assert f"/desk/c/{talk.pk}" in text
    assert not [
        word for word in ("Secret", "Confidential", cast.bakery.name, sophie.person.name) if word in text
    ]
    assert mailbox.taken[0]["Auto-Submitted"] == "auto-generated"


def handled(cast: Cast, talk_id: UUID) -> None:
    mark_handled(talk_id, by=fresh(cast.admin), at=NOW)


def archived(cast: Cast, _: UUID) -> None:
    archive_company(cast.bakery.pk, by=fresh(cast.admin), at=NOW)


CHANGES: dict[str, Callable[[Cast, UUID], object]] = {
    "handled": handled,
    "archived": archived,
    "no address": lambda *_: Group.objects.update(fallback_email=""),
}


@pytest.mark.parametrize("change", CHANGES)
def test_not_what_is_settled_meanwhile(  # noqa: PLR0917 -- its cast
    mailbox: Mailbox, tell: Teller, cast: Cast, team: Group, sophie: Membership, change: str
) -> None:
    everybody_gone(cast)
    talk = begin(sophie, Company.objects.get(pk=cast.bakery.pk)).conversation
    tell.at(NOW)
    CHANGES[change](cast, talk.pk)
    work()
    assert to_team(mailbox) == []


def test_not_where_somebody_is_told(
    mailbox: Mailbox, tell: Teller, cast: Cast, team: Group, sophie: Membership
) -> None:
    begin(sophie, Company.objects.get(pk=cast.bakery.pk))
    tell.at(NOW)
    work()
    assert to_team(mailbox) == []
