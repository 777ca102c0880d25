"""Who is told of what: by hand, for everybody of the cast."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from comptoir.conversations.actions.conversation import (
    assign_conversation,
    close_conversation,
    reopen_conversation,
)
from comptoir.conversations.actions.receipt import mark_seen
from comptoir.notifications.announcing import work_announcements_off
from comptoir.notifications.models import Announcement, Channel, Delivery, PushDevice
from comptoir.people.actions.memberships import end_membership
from comptoir.people.models import Company
from tests.world import NOW, begin, fresh, say

if TYPE_CHECKING:
    from pytest_django.fixtures import SettingsWrapper

    from comptoir.people.models import Membership
    from tests.world import Cast


def told(**only: object) -> set[str]:
    """The names before the @ of whom the outbox has rows for."""
    work_announcements_off(now=NOW)
    rows = Delivery.objects.filter(**only).values_list("member__person__email", flat=True)
    return {email.partition("@")[0] for email in rows}


@pytest.mark.parametrize(
    ("by", "to", "who"),
    [
        ("accountant", None, {"client", "partner"}),
        ("accountant", "client", {"client"}),
        ("accountant", "reader", {"reader"}),
        ("client", None, {"partner", "accountant", "assistant"}),
        ("client", "accountant", {"accountant"}),
        ("client", "partner", {"partner", "accountant", "assistant"}),
    ],
)
def test_of_a_conversation_begun(cast: Cast, by: str, to: str | None, who: set[str]) -> None:
    begin(fresh(getattr(cast, by)), cast.bakery, to=fresh(getattr(cast, to)) if to else None)
    assert told() == who


def test_of_an_answer(cast: Cast, sophie: Membership, accountant: Membership, bakery: Company) -> None:
    talk = begin(sophie, bakery, to=accountant).conversation
    told()
    answer = say(talk, accountant, "Oui")
    assert told(message=answer) == {"client"}


def test_whom_it_was_given_to(cast: Cast, sophie: Membership, admin: Membership, bakery: Company) -> None:
    talk = begin(sophie, bakery).conversation
    assign_conversation(talk.pk, by=admin, at=NOW, assignee_id=admin.pk)
    assert "admin" in told(message=say(talk, sophie, "Encore"))


def test_an_administrator_where_nobody_else_is_left(cast: Cast, sophie: Membership, bakery: Company) -> None:
    for one in (cast.accountant, cast.assistant):
        end_membership(one.pk, by=fresh(cast.admin), at=NOW)
    begin(sophie, Company.objects.get(pk=bakery.pk))
    assert told() == {"partner", "admin"}


def test_an_administrator_who_manages_the_dossier(cast: Cast) -> None:
    begin(fresh(cast.stranger), cast.elsewhere)
    assert told() == {"outsider"}


def test_nobody_who_saw_it_already(
    cast: Cast, sophie: Membership, accountant: Membership, bakery: Company
) -> None:
    talk = begin(accountant, bakery).conversation
    mark_seen(talk.pk, by=sophie, at=NOW)
    assert told() == {"partner"}


def test_a_reopening(cast: Cast, sophie: Membership, accountant: Membership, bakery: Company) -> None:
    """A client's is an alarm at the office; the office's own asks nobody to read anything."""
    talk = begin(accountant, bakery, to=sophie).conversation
    close_conversation(talk.pk, by=accountant, at=NOW)
    told()
    reopen_conversation(talk.pk, by=sophie, at=NOW)
    assert told(is_urgent=True) == {"accountant"}
    close_conversation(talk.pk, by=accountant, at=NOW)
    before = Delivery.objects.count()
    reopen_conversation(talk.pk, by=accountant, at=NOW)
    told()
    assert Delivery.objects.count() == before


def test_once_however_often_it_is_announced(cast: Cast, accountant: Membership, bakery: Company) -> None:
    begin(accountant, bakery)
    announced = Announcement.objects.get()
    told()
    assert (Delivery.objects.count(), Announcement.objects.count()) == (2, 0)
    Announcement.objects.create(event_id=announced.event_id, office_id=announced.office_id)
    told()
    assert (Delivery.objects.count(), Announcement.objects.count()) == (2, 0)


def test_one_that_cannot_be_told_of_keeps_nobody_waiting(
    cast: Cast, accountant: Membership, bakery: Company
) -> None:
    lost = Announcement.objects.create(event_id=accountant.pk, office_id=accountant.office_id)
    begin(accountant, bakery)
    assert told() == {"client", "partner"}
    assert Announcement.objects.get() == lost


def test_no_mail_without_a_server(
    cast: Cast, accountant: Membership, bakery: Company, settings: SettingsWrapper
) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
    begin(accountant, bakery)
    assert told() == set()
    assert Announcement.objects.count() == 0


def test_a_push_to_whoever_has_a_device(
    cast: Cast, accountant: Membership, sophie: Membership, bakery: Company
) -> None:
    PushDevice.objects.create(person=sophie.person, endpoint="https://push.example/1", made_at=NOW)
    begin(accountant, bakery)
    assert told(channel=Channel.PUSH) == {"client"}
    assert Delivery.objects.get(channel=Channel.PUSH).due_at == NOW
