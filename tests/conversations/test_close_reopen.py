"""*Arrêter conversation*: readable for ever, waiting for nobody; a company closes only what it began."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from comptoir.conversations.actions.conversation import close_conversation, reopen_conversation
from comptoir.conversations.refusals import BegunByTheOffice
from comptoir.core.errors import NotAllowed, NotFound
from tests.conversations.facts import again, history, positions, texts, waits
from tests.world import NOW, Cast, fresh, say

if TYPE_CHECKING:
    from comptoir.conversations.models import Conversation
    from comptoir.people.models import Membership

LATER = NOW + timedelta(hours=1)


def test_a_closed_one_says_when_and_by_whom_and_waits_for_nobody(
    wondered: Conversation, sophie: Membership
) -> None:
    closed = close_conversation(wondered.pk, by=sophie, at=LATER)
    now = again(wondered)
    assert closed.revision == now.revision == 2
    assert (now.is_open, now.closed_at, now.closed_by_id) == (False, LATER, sophie.pk)
    assert waits(wondered) == ""
    assert texts(wondered) == ["Pouvez-vous regarder ?", "<closed>"]
    assert history(wondered) == ["conversation.started", "conversation.closed"]


def test_the_line_does_not_count_as_a_message_of_the_list(wondered: Conversation, sophie: Membership) -> None:
    close_conversation(wondered.pk, by=sophie, at=LATER)
    now = again(wondered)
    assert (now.last_position, now.last_message_at, now.last_line) == (1, NOW, "Pouvez-vous regarder ?")


def test_twice_changes_nothing_more(
    wondered: Conversation, sophie: Membership, accountant: Membership
) -> None:
    close_conversation(wondered.pk, by=sophie, at=NOW)
    close_conversation(wondered.pk, by=accountant, at=LATER)
    now = again(wondered)
    assert (now.closed_at, now.closed_by_id, now.revision) == (NOW, sophie.pk, 2)
    assert history(wondered).count("conversation.closed") == 1


# Who may close: what a client began, what the office began, and what is private between sophie and the accountant.
CLOSERS = {
    "admin": "yes yes yes",
    "accountant": "yes yes yes",
    "assistant": "no no no",
    "client": "yes begun yes",
    "partner": "yes begun gone",
    "documents": "gone gone gone",
    "reader": "gone gone gone",
    "colleague": "gone gone gone",
    "other": "gone gone gone",
    "outsider": "gone gone gone",
    "stranger": "gone gone gone",
}
REFUSAL = {"no": NotAllowed, "begun": BegunByTheOffice, "gone": NotFound}


@pytest.mark.parametrize("part", CLOSERS)
def test_who_may_close(
    cast: Cast, wondered: Conversation, asked: Conversation, confided: Conversation, part: str
) -> None:
    by = fresh(getattr(cast, part))
    for conversation, expected in zip((wondered, asked, confided), CLOSERS[part].split(), strict=True):
        if expected == "yes":
            assert not close_conversation(conversation.pk, by=by, at=NOW).is_open
            continue
        with pytest.raises(REFUSAL[expected]) as refusal:
            close_conversation(conversation.pk, by=by, at=NOW)
        assert type(refusal.value) is REFUSAL[expected]
        assert (again(conversation).is_open, again(conversation).revision) == (True, 1)


# ── Opened again ─────────────────────────────────────────────────────────
@pytest.mark.parametrize(
    ("part", "expected"), [("client", "office"), ("partner", "office"), ("accountant", "")]
)
def test_whose_reopening_raises_the_alarm(
    cast: Cast, wondered: Conversation, accountant: Membership, part: str, expected: str
) -> None:
    close_conversation(wondered.pk, by=accountant, at=NOW)
    reopen_conversation(wondered.pk, by=fresh(getattr(cast, part)), at=LATER)
    now = again(wondered)
    assert (now.is_open, now.closed_at, now.closed_by, now.reopened_at) == (True, None, None, LATER)
    assert waits(wondered) == expected
    assert texts(wondered) == ["Pouvez-vous regarder ?", "<closed>", "<reopened>"]
    assert positions(wondered) == [1, 2, 3]
    assert history(wondered)[-1] == "conversation.reopened"


def test_reopening_an_open_one_changes_nothing(wondered: Conversation, sophie: Membership) -> None:
    reopen_conversation(wondered.pk, by=sophie, at=LATER)
    assert (again(wondered).revision, again(wondered).reopened_at) == (1, None)


def test_it_is_written_in_again_afterwards(wondered: Conversation, sophie: Membership) -> None:
    close_conversation(wondered.pk, by=sophie, at=NOW)
    reopen_conversation(wondered.pk, by=sophie, at=NOW)
    say(wondered, sophie, "Encore")
    assert texts(wondered)[-1] == "Encore"
    assert again(wondered).last_position == 4


REOPENERS = {
    "admin": "yes yes",
    "accountant": "yes yes",
    "assistant": "no no",
    "client": "yes yes",
    "partner": "yes gone",
    "documents": "gone gone",
    "reader": "gone gone",
    "colleague": "gone gone",
    "outsider": "gone gone",
}


@pytest.mark.parametrize("part", REOPENERS)
def test_who_may_reopen(
    cast: Cast, asked: Conversation, confided: Conversation, accountant: Membership, part: str
) -> None:
    by = fresh(getattr(cast, part))
    for conversation, expected in zip((asked, confided), REOPENERS[part].split(), strict=True):
        close_conversation(conversation.pk, by=accountant, at=NOW)
        if expected == "yes":
            assert reopen_conversation(conversation.pk, by=by, at=NOW).is_open
        else:
            with pytest.raises(REFUSAL[expected]):
                reopen_conversation(conversation.pk, by=by, at=NOW)
            assert not again(conversation).is_open


def test_whoever_may_not_close_or_reopen_is_told_so_in_every_state(
    asked: Conversation, assistant: Membership, accountant: Membership
) -> None:
    """Also where nothing would change: an answer must not depend on luck."""
    with pytest.raises(NotAllowed):
        reopen_conversation(asked.pk, by=assistant, at=NOW)
    close_conversation(asked.pk, by=accountant, at=NOW)
    with pytest.raises(NotAllowed):
        close_conversation(asked.pk, by=assistant, at=NOW)
