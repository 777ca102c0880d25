"""*Handled*: nothing is to be answered; ends what waits for one's own side, for all of it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from comptoir.conversations.actions.conversation import close_conversation, mark_handled
from comptoir.conversations.refusals import ConversationClosed
from comptoir.core.errors import NotAllowed, NotFound
from tests.conversations.facts import again, history, texts, waits
from tests.world import NOW, Cast, fresh, say

if TYPE_CHECKING:
    from comptoir.conversations.models import Conversation
    from comptoir.people.models import Membership

LATER = NOW + timedelta(hours=1)


@pytest.mark.parametrize("part", ["client", "partner"])
def test_a_client_ends_what_waits_for_the_client(cast: Cast, asked: Conversation, part: str) -> None:
    assert waits(asked) == "client"
    handled = mark_handled(asked.pk, by=fresh(getattr(cast, part)), at=LATER)
    assert (waits(asked), handled.revision, again(asked).revision) == ("", 2, 2)
    assert history(asked)[-1] == "conversation.handled"
    assert texts(asked) == ["Pouvez-vous regarder ?"]


def test_a_client_ends_what_was_to_be_looked_at(announced: Conversation, sophie: Membership) -> None:
    assert waits(announced) == "look"
    mark_handled(announced.pk, by=sophie, at=LATER)
    assert waits(announced) == ""


@pytest.mark.parametrize("part", ["accountant", "admin"])
def test_the_office_ends_what_waits_for_the_office(cast: Cast, wondered: Conversation, part: str) -> None:
    assert waits(wondered) == "office"
    mark_handled(wondered.pk, by=fresh(getattr(cast, part)), at=LATER)
    assert waits(wondered) == ""


def test_neither_side_ends_what_waits_for_the_other(
    asked: Conversation, wondered: Conversation, sophie: Membership, accountant: Membership
) -> None:
    mark_handled(asked.pk, by=accountant, at=LATER)
    mark_handled(wondered.pk, by=sophie, at=LATER)
    assert (waits(asked), waits(wondered)) == ("client", "office")
    assert (again(asked).revision, again(wondered).revision) == (1, 1)
    assert history(asked) == history(wondered) == ["conversation.started"]


def test_twice_changes_nothing_more(asked: Conversation, sophie: Membership) -> None:
    mark_handled(asked.pk, by=sophie, at=NOW)
    mark_handled(asked.pk, by=sophie, at=LATER)
    assert (again(asked).revision, history(asked).count("conversation.handled")) == (2, 1)


def test_the_next_message_waits_again(
    asked: Conversation, sophie: Membership, accountant: Membership
) -> None:
    mark_handled(asked.pk, by=sophie, at=NOW)
    say(asked, accountant, "Et ceci ?", expects_answer=True, at=LATER)
    assert (waits(asked), again(asked).awaiting_client_since) == ("client", LATER)


def test_who_may_not(cast: Cast, asked: Conversation, confided: Conversation) -> None:
    refused = [(asked, "assistant", NotAllowed), (confided, "assistant", NotAllowed)]
    refused += [(asked, part, NotFound) for part in ("documents", "reader", "colleague", "other", "outsider")]
    refused += [
        (confided, part, NotFound) for part in ("partner", "documents", "reader", "colleague", "other")
    ]
    for conversation, part, refusal in refused:
        with pytest.raises(refusal):
            mark_handled(conversation.pk, by=fresh(getattr(cast, part)), at=NOW)
    assert (waits(asked), waits(confided)) == ("client", "office")


def test_not_in_a_closed_conversation(
    asked: Conversation, accountant: Membership, sophie: Membership
) -> None:
    close_conversation(asked.pk, by=accountant, at=NOW)
    with pytest.raises(ConversationClosed):
        mark_handled(asked.pk, by=sophie, at=NOW)
