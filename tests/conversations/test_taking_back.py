"""A message that is deleted asks for nothing any more; what else was said still does."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from comptoir.conversations.actions.conversation import close_conversation, reopen_conversation
from comptoir.conversations.actions.message import delete_message
from comptoir.conversations.models import Message
from tests.conversations.facts import again, waits
from tests.world import NOW, begin, say

if TYPE_CHECKING:
    from comptoir.people.models import Company, Membership

pytestmark = pytest.mark.django_db


def test_the_only_question_taken_back_waits_for_nobody(accountant: Membership, bakery: Company) -> None:
    started = begin(accountant, bakery)
    assert again(started.conversation).awaiting_client_since is not None

    delete_message(started.message.pk, by=accountant, at=NOW)

    assert again(started.conversation).awaiting_client_since is None
    assert not again(started.conversation).to_be_seen


def test_another_question_of_the_same_side_still_waits(accountant: Membership, bakery: Company) -> None:
    started = begin(accountant, bakery)
    second = say(started.conversation, accountant, "Et ce reçu ?", expects_answer=True)

    delete_message(second.pk, by=accountant, at=NOW)

    assert again(started.conversation).awaiting_client_since is not None


def test_a_client_s_message_taken_back_waits_no_more_for_the_office(
    accountant: Membership, sophie: Membership, bakery: Company
) -> None:
    started = begin(accountant, bakery)
    first, second = (say(started.conversation, sophie, text) for text in ("Un", "Deux"))

    delete_message(second.pk, by=sophie, at=NOW)
    assert again(started.conversation).awaiting_office_since is not None
    delete_message(first.pk, by=sophie, at=NOW)
    assert again(started.conversation).awaiting_office_since is None
    assert Message.objects.of(started.conversation.pk).filter(deleted_at=None).count() == 1


def test_an_answer_taken_back_leaves_the_question_open(
    accountant: Membership, sophie: Membership, bakery: Company
) -> None:
    started = begin(accountant, bakery)
    answer = say(started.conversation, sophie, "Oui")
    assert waits(started.conversation) == "office"

    delete_message(answer.pk, by=sophie, at=NOW)

    assert waits(started.conversation) == "client"


def test_so_does_the_office_s(accountant: Membership, sophie: Membership, bakery: Company) -> None:
    started = begin(sophie, bakery)
    answer = say(started.conversation, accountant, "Non")
    assert waits(started.conversation) == ""

    delete_message(answer.pk, by=accountant, at=NOW)

    assert waits(started.conversation) == "office"


def test_what_was_settled_by_closing_does_not_come_back(
    accountant: Membership, sophie: Membership, bakery: Company
) -> None:
    started = begin(accountant, bakery)
    answer = say(started.conversation, sophie, "Oui")
    close_conversation(started.conversation.pk, by=accountant, at=NOW)
    reopen_conversation(started.conversation.pk, by=accountant, at=NOW)

    delete_message(answer.pk, by=sophie, at=NOW)

    assert waits(started.conversation) == ""


def test_a_client_s_reopening_is_an_alarm_of_its_own(
    accountant: Membership, sophie: Membership, bakery: Company
) -> None:
    started = begin(accountant, bakery)
    close_conversation(started.conversation.pk, by=accountant, at=NOW)
    late = say(started.conversation, sophie, "Encore ceci", reopening=True)

    delete_message(late.pk, by=sophie, at=NOW)

    assert waits(started.conversation) == "office"
