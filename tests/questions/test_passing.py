"""*A colleague knows*: that colleague is told, and nobody else; it is theirs until somebody answers."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from comptoir.conversations.actions.message import edit_message
from comptoir.conversations.actions.receipt import mark_seen
from comptoir.conversations.models import Message
from comptoir.conversations.queries import counters
from comptoir.notifications.announcing import work_announcements_off
from comptoir.notifications.assessment import assessed
from comptoir.notifications.models import Channel, Delivery
from comptoir.questions.actions.answers import pass_on_question
from tests.conversations.facts import again
from tests.questions.asked import answer, ask, now_of
from tests.world import NOW

if TYPE_CHECKING:
    from pytest_django.fixtures import SettingsWrapper

    from comptoir.people.models import Company, Membership
    from comptoir.questions.actions.asking import Asked

LATER = NOW + timedelta(hours=3)


@pytest.fixture(autouse=True)
def _with_a_mail_server(settings: SettingsWrapper) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"


@pytest.fixture
def asked(accountant: Membership, sophie: Membership, partner: Membership, bakery: Company) -> Asked:
    """Seen by both who may answer, so that nobody is told of the questions themselves any more."""
    asked = ask(accountant, bakery)
    for member in (sophie, partner):
        mark_seen(asked.conversation.pk, by=member, at=NOW)
    work_announcements_off(now=NOW)
    Delivery.objects.all().delete()
    return asked


def passed(asked: Asked, by: Membership, to: Membership) -> Message:
    pass_on_question(asked.questions[0].pk, by=by, at=NOW, to_id=to.pk)
    work_announcements_off(now=NOW)
    return Message.objects.filter(kind="passed_on").latest("position")


def told(message: Message) -> list[str]:
    rows = Delivery.objects.filter(message=message, channel=Channel.EMAIL).select_related(
        "member__person", "conversation", "message", "mail"
    )
    return [one.member.person.email.partition("@")[0] for one in assessed(rows, now=LATER).now]


def test_the_colleague_alone_is_told(asked: Asked, sophie: Membership, partner: Membership) -> None:
    line = passed(asked, sophie, partner)
    assert (line.body, line.author) == (partner.person.name, sophie)
    assert told(line) == ["partner"]
    assert (now_of(asked.questions[0]).passed_by, now_of(asked.questions[0]).passed_at) == (sophie, NOW)
    assert counters(partner).to_handle == counters(partner).unread == 1
    assert counters(sophie).unread == 0


@pytest.mark.parametrize("why", ["seen", "answered", "passed back"])
def test_not_where_it_is_needed_no_more(
    why: str, asked: Asked, sophie: Membership, partner: Membership
) -> None:
    line = passed(asked, sophie, partner)
    if why == "seen":
        mark_seen(asked.conversation.pk, by=partner, at=NOW)
    elif why == "answered":
        answer(sophie, asked.questions[0])
    else:
        assert told(passed(asked, partner, sophie)) == ["client"]
    assert told(line) == []


def test_the_list_still_tells_what_was_said_last(
    asked: Asked, accountant: Membership, sophie: Membership, partner: Membership
) -> None:
    passed(asked, sophie, partner)
    edit_message(asked.message.pk, by=accountant, at=NOW, body="Deux mots")
    assert again(asked.conversation).last_line == "Deux mots"
